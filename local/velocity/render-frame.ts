import { isValueMap, JavaArray, JavaCollection, MapEntry } from "./java-values";
import { RenderingLimitError, requireCharacters } from "./rendering-limits";

/** Computes a value; null or undefined for none. */
export type Evaluate = (frame: RenderFrame) => unknown;

/** Prints a part of a template. It throws a StopCommand for what `#break` and `#stop` leave out. */
export type Render = (frame: RenderFrame) => void;

/** API Gateway's limit for a payload, in bytes. */
const MAX_OUTPUT = 10 * 1024 * 1024;

/**
 * Parts of a template, with weights for long texts and large lists: about a second's work. Counted, not timed, so that a
 * template ends everywhere alike. What AWS does with endless templates is not recorded.
 */
const MAX_STEPS = 10_000_000;

/** What one rendering holds: its variables and what it has printed. */
export class RenderFrame {
  private output = "";
  private stepsLeft = MAX_STEPS;

  constructor(
    public readonly variables: Map<string, unknown>,
    /** What the template's author should know, such as a call of a method that does not exist. */
    public readonly notes: Set<string>,
  ) {}

  /** @throws RenderingLimitError once the rendering's steps are used up */
  public spend(steps: number): void {
    this.stepsLeft -= steps;
    if (this.stepsLeft < 0) {
      throw new RenderingLimitError("more than 10,000,000 steps of rendering, this gateway's limit");
    }
  }

  /** @throws RenderingLimitError when the output grows beyond what API Gateway can carry */
  public print(text: string): void {
    this.output += text;
    if (text.length > 1000) this.spend(text.length / 1000);
    if (this.output.length > MAX_OUTPUT) throw outputTooLarge();
  }

  /** What was printed. @throws RenderingLimitError where it has more bytes than characters, and so too many */
  public finish(): string {
    const { output } = this;
    if (output.length * 3 > MAX_OUTPUT && Buffer.byteLength(output) > MAX_OUTPUT) throw outputTooLarge();
    return output;
  }

  /** What `render` prints, kept out of the output. */
  public capture(render: Render): string {
    const before = this.output;
    this.output = "";
    try {
      render(this);
      return this.output;
    } finally {
      this.output = before;
    }
  }
}

function outputTooLarge(): RenderingLimitError {
  return new RenderingLimitError("the template renders to more than 10 MiB (10485760 bytes)", true);
}

/** What `#break` and `#stop` throw: it ends loops and blocks up to the one that is meant, out of strings too. */
export class StopCommand extends Error {
  public override readonly name = "StopCommand";

  /** @param ends a certain loop, whatever is nearest, or the whole template */
  constructor(private readonly ends: object | "nearest" | "all") {
    super("#break or #stop");
  }

  public endsLoop(loop: object): boolean {
    return this.ends === "nearest" || this.ends === loop;
  }

  public get endsBlock(): boolean {
    return this.ends === "nearest";
  }
}

/** Characters that are worked through about as fast as a part of a template is rendered. */
const CHARACTERS_A_STEP = 64;
const ITEMS_A_STEP = 2;

/** More than a payload of 10 MiB can hold as JSON. */
const MAX_NESTED_ITEMS = 8_000_000;

/**
 * The steps that it takes to go through a value once.
 * @throws RenderingLimitError over 8,000,000 items within each other, which lists that hold each other twice soon have
 */
export function weightOf(value: unknown): number {
  if (typeof value === "string") return textWeight(value);
  return typeof value === "object" && value !== null ? itemsWeight(value, { left: MAX_NESTED_ITEMS }) : 0;
}

/** Whether going through a value takes more than the step that its part of the template takes anyway. */
export function isLarge(value: unknown): boolean {
  return typeof value === "string"
    ? value.length > CHARACTERS_A_STEP
    : typeof value === "object" && value !== null;
}

/** @throws RenderingLimitError over 32 Mi characters */
function textWeight({ length }: string): number {
  requireCharacters(length);
  return length / CHARACTERS_A_STEP;
}

/** How many parts a template has, or a part of it: those within others count too. */
export function templateWeight(part: unknown): number {
  if (typeof part !== "object" || part === null) return 0;
  const inner = Object.values(part).reduce<number>((sum, value) => sum + templateWeight(value), 0);
  return inner + ("type" in part ? 1 : 0);
}

/** How many items may still be gone through. */
interface ItemBudget {
  left: number;
}

function itemsWeight(value: object, budget: ItemBudget): number {
  let weight = 0;
  for (const item of itemsOf(value)) {
    // It prints as "(this Collection)".
    if (item === value) continue;
    budget.left -= 1;
    if (budget.left < 0) {
      throw new RenderingLimitError(
        "a value of more than 8,000,000 items within each other, this gateway's limit",
      );
    }
    weight += 1 / ITEMS_A_STEP;
    if (typeof item === "string") weight += textWeight(item);
    else if (typeof item === "object" && item !== null) weight += itemsWeight(item, budget);
  }
  return weight;
}

function itemsOf(value: object): Iterable<unknown> {
  if (value instanceof JavaCollection || value instanceof JavaArray) return value.items;
  if (value instanceof MapEntry) return [value.key, value.value];
  return isValueMap(value) ? [...value.keys(), ...value.values()] : [];
}
