import { ExpressionError } from "./expression-error";
import { requireKnownKeys } from "./unknown-arguments";
import { type ObjectValue, isObject, sortedKeys, toList } from "./value";

/** What a `for` goes through: the items of a list with their index, or those of a map in the order of their keys. */
export function entriesOf(collection: unknown): (readonly [key: unknown, value: unknown])[] {
  requireKnownKeys(collection);
  if (!isObject(collection)) return toList(collection).map((value, index) => [index, value] as const);
  return sortedKeys(collection).map((key) => [key, collection[key]] as const);
}

/** Of one key there may be several, in a list. */
export function grouped(results: readonly (readonly [string, unknown])[]): ObjectValue {
  const groups = new Map<string, unknown[]>();
  for (const [key, value] of results) {
    const values = groups.get(key) ?? [];
    values.push(value);
    groups.set(key, values);
  }
  return Object.fromEntries(groups);
}

/** Throws `ExpressionError` for a key that comes twice. */
export function unique(results: readonly (readonly [string, unknown])[]): ObjectValue {
  const keys = new Set<string>();
  for (const [key] of results) {
    if (keys.has(key)) throw new ExpressionError(`the key ${JSON.stringify(key)} comes twice`);
    keys.add(key);
  }
  return Object.fromEntries(results);
}
