import type { Render } from "./compiler";
import { RenderingLimitError } from "./rendering-limit-error";

/** API Gateway's limit for a payload, in bytes. */
const MAX_OUTPUT = 10 * 1024 * 1024;

/**
 * Parts of a template, with weights for long texts and large lists: about a second's work. Counted, not timed, so that a
 * template ends everywhere alike. What AWS does with endless templates is not recorded.
 */
const MAX_STEPS = 10_000_000;

/** What one rendering holds: its variables and what it has printed. */
export class RenderFrame {
  public output = "";
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
