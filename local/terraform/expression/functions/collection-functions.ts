import { ExpressionError } from "../expression-error";
import type { TerraformFunction } from "../expression";
import {
  type ObjectValue,
  compareBytes,
  describe,
  equals,
  isObject,
  requireKnown,
  sortedKeys,
  toList,
  toObject,
} from "../value";
import { charactersOf } from "./characters";
import { ofOneType } from "./one-type";
import {
  ANY,
  BOOLEANS,
  LIST,
  NULLABLE,
  OBJECT,
  PRESENT_TEXTS,
  TEXT,
  TEXTS,
  WHOLE,
  isPresent,
  taking,
  takingMore,
} from "./parameters";
import { distinct, includes, keyOf } from "./sets";

/** Functions over lists, maps and objects. @see https://developer.hashicorp.com/terraform/language/functions */
export const COLLECTION_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  alltrue: taking([BOOLEANS], (list) => list.every((item) => item === true)),
  anytrue: taking([BOOLEANS], (list) => list.includes(true)),
  chunklist: taking([LIST, WHOLE], (list, size) => chunks(ofOneType(list), size)),
  coalesce: takingMore([], NULLABLE, (...values) => firstOf(ofOneType(values), isFilled)),
  coalescelist: takingMore([], NULLABLE, (...lists) =>
    firstOf(lists.filter(isPresent).map(toList), (list) => list.length > 0),
  ),
  compact: taking([TEXTS], (list) => list.filter(isFilled)),
  concat: takingMore([LIST], LIST, (...lists) => lists.flat()),
  contains: taking([LIST, ANY], includes),
  distinct: taking([LIST], (list) => distinct(ofOneType(list))),
  element: taking([LIST, WHOLE], element),
  flatten: taking([LIST], (list) => list.flat(Infinity)),
  index: taking([LIST, ANY], indexOf),
  keys: taking([OBJECT], sortedKeys),
  length: taking([ANY], length),
  list: removed("tolist([…])"),
  lookup: takingMore([OBJECT, TEXT], NULLABLE, lookup),
  map: removed("tomap({…})"),
  matchkeys: taking([LIST, LIST, LIST], matchKeys),
  merge: takingMore([], NULLABLE, (...maps) =>
    Object.fromEntries(maps.filter(isPresent).flatMap((map) => Object.entries(toObject(map)))),
  ),
  one: taking([LIST], one),
  reverse: taking([LIST], (list) => list.toReversed()),
  slice: taking([LIST, WHOLE, WHOLE], slice),
  sort: taking([PRESENT_TEXTS], (list) => list.toSorted(compareBytes)),
  transpose: taking([OBJECT], transpose),
  values: taking([OBJECT], (map) => sortedKeys(map).map((key) => map[key])),
  zipmap: taking([PRESENT_TEXTS, LIST], zip),
};

function isFilled(value: unknown): boolean {
  return isPresent(value) && value !== "";
}

function removed(instead: string): TerraformFunction {
  return () => {
    throw new ExpressionError(`Terraform has it no more; ${instead} is the same`);
  };
}

function length(value: unknown): number {
  if (typeof value === "string") return charactersOf(value).length;
  return isObject(value) ? Object.keys(value).length : toList(value).length;
}

function lookup(from: ObjectValue, name: string, ...fallback: readonly unknown[]): unknown {
  if (fallback.length > 1) throw new ExpressionError("it takes 2 or 3 arguments");
  if (Object.hasOwn(from, name)) return from[name];
  if (fallback.length > 0) return fallback[0];
  throw new ExpressionError(`there is no key ${JSON.stringify(name)}`);
}

/** Wraps around at the end of the list. */
function element(list: readonly unknown[], index: number): unknown {
  if (list.length === 0) throw new ExpressionError("the list is empty");
  return list[((index % list.length) + list.length) % list.length];
}

function indexOf(list: readonly unknown[], value: unknown): number {
  const found = list.findIndex((item) => equals(item, value));
  if (found === -1) throw new ExpressionError(`${describe(value)} is not in the list`);
  return found;
}

function slice(list: readonly unknown[], from: number, to: number): readonly unknown[] {
  if (from >= 0 && from <= to && to <= list.length) return list.slice(from, to);
  throw new ExpressionError(`there is no ${from} to ${to} in a list of ${list.length}`);
}

/** A size of 0 makes one chunk of all. */
function chunks(list: readonly unknown[], size: number): readonly (readonly unknown[])[] {
  if (size < 0) throw new ExpressionError(`the size is ${size}`);
  if (size === 0) return list.length === 0 ? [] : [list];
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, chunk) => list.slice(chunk * size, (chunk + 1) * size));
}

function firstOf<Value>(values: readonly Value[], accepts: (value: Value) => boolean): Value {
  const found = values.find(accepts);
  if (found === undefined) throw new ExpressionError("every argument is null or empty");
  return found;
}

/** The values at whose places are keys that are searched for. */
function matchKeys(
  values: readonly unknown[],
  keys: readonly unknown[],
  wanted: readonly unknown[],
): readonly unknown[] {
  if (values.length !== keys.length) throw new ExpressionError("the values and the keys differ in length");
  requireKnown(keys, wanted);
  const typed = ofOneType([...keys, ...wanted]);
  const search = new Set(typed.slice(keys.length).map(keyOf));
  return ofOneType(values).filter((_, index) => search.has(keyOf(typed[index])));
}

/** From a map of lists of texts, which lists hold each text. */
function transpose(map: ObjectValue): ObjectValue {
  const found = new Map<string, string[]>();
  for (const key of sortedKeys(map)) {
    for (const text of PRESENT_TEXTS.read(map[key])) {
      const keys = found.get(text) ?? [];
      keys.push(key);
      found.set(text, keys);
    }
  }
  return Object.fromEntries(found);
}

function zip(keys: readonly string[], values: readonly unknown[]): ObjectValue {
  if (keys.length !== values.length) throw new ExpressionError("the lists differ in length");
  return Object.fromEntries(keys.map((key, index) => [key, values[index]]));
}

function one(list: readonly unknown[]): unknown {
  if (list.length > 1) throw new ExpressionError(`the list has ${list.length} items instead of one or none`);
  return list[0] ?? null;
}
