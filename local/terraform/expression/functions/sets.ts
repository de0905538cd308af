import { compareBytes, equals, isObject, requireKnown, sortedKeys, toText } from "../value";
import { shortestFloat } from "./format-number";
import { ofOneType } from "./one-type";
import { isPresent } from "./parameters";

/** Sets are lists in the order in which Terraform walks a set, without what comes twice. */
export function toSet(list: readonly unknown[]): readonly unknown[] {
  return distinct(ofOneType(list)).toSorted((left, right) => {
    if (typeof left === "string" && typeof right === "string") return compareBytes(left, right);
    if (!isPresent(left) || !isPresent(right)) return Number(!isPresent(left)) - Number(!isPresent(right));
    if (typeof left !== "object") return Number(left) - Number(right);
    return compareBytes(sortKey(left), sortKey(right));
  });
}

/** The members of the first set that are accepted, by their keys; all sets have one type. */
export function ofSets(
  sets: readonly (readonly unknown[])[],
  accepts: (key: unknown, sets: readonly ReadonlySet<unknown>[]) => boolean,
): readonly unknown[] {
  requireKnown(sets);
  const typed = ofOneType(sets.flat());
  let end = 0;
  const all = sets.map(({ length: size }) => typed.slice(end, (end += size)));
  const keys = all.map((set) => new Set(set.map(keyOf)));
  return toSet(all[0] ?? []).filter((item) => accepts(keyOf(item), keys));
}

/** Without what comes again; whether a made-up text does can't be told. */
export function distinct(list: readonly unknown[]): readonly unknown[] {
  if (list.length > 1) requireKnown(list);
  const found = new Map<unknown, unknown>();
  for (const item of list) {
    const key = keyOf(item);
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}

/** The same for values of one type that are equal. */
export function keyOf(item: unknown): unknown {
  return typeof item === "object" && item !== null ? sortKey(item) : item;
}

export function includes(list: readonly unknown[], value: unknown): boolean {
  return list.some((item) => equals(item, value));
}

/**
 * Terraform orders lists and objects in a set by the texts that it hashes.
 * @see https://github.com/zclconf/go-cty/blob/main/cty/set_internals.go
 */
function sortKey(value: unknown): string {
  if (!isPresent(value)) return "~";
  if (typeof value === "number") return shortestFloat(value);
  if (typeof value === "boolean") return value ? "T" : "F";
  if (Array.isArray(value)) return `<${value.map((item) => `${sortKey(item)};`).join("")}>`;
  if (!isObject(value)) return JSON.stringify(toText(value));
  const members = sortedKeys(value).map((key) => `${JSON.stringify(key)}:${sortKey(value[key])};`);
  return `{${members.join("")}}`;
}
