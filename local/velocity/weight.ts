import type { TemplateNode } from "../../aws/velocity/template-node";
import { JavaArray, JavaCollection } from "./java-list";
import { MapEntry } from "./map-entry";
import { RenderingLimitError } from "./rendering-limit-error";
import { requireCharacters } from "./rendering-limits";
import { isValueMap } from "./value-map";

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
export function textWeight({ length }: string): number {
  requireCharacters(length);
  return length / CHARACTERS_A_STEP;
}

/** How many parts a template has, those within others among them. */
export function templateWeight(nodes: readonly TemplateNode[]): number {
  return partsIn(nodes);
}

function partsIn(part: unknown): number {
  if (typeof part !== "object" || part === null) return 0;
  const inner = Object.values(part).reduce<number>((sum, value) => sum + partsIn(value), 0);
  return inner + ("type" in part ? 1 : 0);
}

function itemsWeight(value: object, budget: { left: number }): number {
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
