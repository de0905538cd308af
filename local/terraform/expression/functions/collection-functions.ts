import { ExpressionError } from "../expression-error";
import type { TerraformFunction } from "../expression";
import {
  type ObjectValue,
  compareBytes,
  describe,
  equals,
  isObject,
  sortedKeys,
  toBoolean,
  toList,
  toNumber,
  toObject,
  toText,
} from "../value";

/** Functions over lists, sets, maps and objects, and conversions. @see https://developer.hashicorp.com/terraform/language/functions */
export const COLLECTION_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  concat: (...lists) => lists.flatMap(toList),
  merge: (...maps) =>
    Object.fromEntries(maps.filter(isPresent).flatMap((map) => Object.entries(toObject(map)))),
  length,
  lookup,
  element: (list, index) => element(toList(list), toNumber(index)),
  index: (list, value) => indexOf(toList(list), value),
  slice: (list, from, to) => toList(list).slice(toNumber(from), toNumber(to)),
  coalesce: (...values) => firstOf(values, (value) => isPresent(value) && value !== ""),
  coalescelist: (...lists) => firstOf(lists, (list) => Array.isArray(list) && list.length > 0),
  compact: (list) => toList(list).filter((value) => isPresent(value) && value !== ""),
  contains: (list, value) => toList(list).some((item) => equals(item, value)),
  distinct: (list) => distinct(toList(list)),
  flatten: (list) => toList(list).flat(Infinity),
  keys: (map) => sortedKeys(toObject(map)),
  values: (map) => valuesOf(toObject(map)),
  zipmap: (keys, values) => zip(toList(keys), toList(values)),
  one: (list) => one(toList(list)),
  range,
  reverse: (list) => toList(list).toReversed(),
  sort: (list) => toList(list).map(toText).sort(compareBytes),
  setunion: (...sets) => distinct(sets.flatMap(toList)),
  setsubtract: (from, what) => toList(from).filter((item) => !includes(what, item)),
  setintersection: (first, ...others) =>
    toList(first).filter((item) => others.every((other) => includes(other, item))),
  max: (...values) => Math.max(...values.map(toNumber)),
  min: (...values) => Math.min(...values.map(toNumber)),
  abs: (value) => Math.abs(toNumber(value)),
  ceil: (value) => Math.ceil(toNumber(value)),
  floor: (value) => Math.floor(toNumber(value)),
  alltrue: (list) => toList(list).every(toBoolean),
  anytrue: (list) => toList(list).some(toBoolean),
  toset: (list) => inSetOrder(distinct(toList(list))),
  tolist: (list) => toList(list),
  tomap: (map) => toObject(map),
  tostring: (value) => (value === null ? null : toText(value)),
  tonumber: (value) => (value === null ? null : toNumber(value)),
  tobool: (value) => (value === null ? null : toBoolean(value)),
  sensitive: (value) => value,
  nonsensitive: (value) => value,
};

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function length(value: unknown): number {
  if (typeof value === "string") return Array.from(value).length;
  return isObject(value) ? Object.keys(value).length : toList(value).length;
}

function lookup(map: unknown, key: unknown, ...fallback: readonly unknown[]): unknown {
  const name = toText(key);
  const from = toObject(map);
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

function firstOf(values: readonly unknown[], accepts: (value: unknown) => boolean): unknown {
  const found = values.find(accepts);
  if (found === undefined) throw new ExpressionError("every argument is null or empty");
  return found;
}

function distinct(list: readonly unknown[]): unknown[] {
  return list.filter((item, index) => list.findIndex((other) => equals(other, item)) === index);
}

/** Sets of strings are walked in order; other sets have no order that could be relied on. */
function inSetOrder(set: readonly unknown[]): readonly unknown[] {
  return set.every((item) => typeof item === "string") ? set.toSorted(compareBytes) : set;
}

function includes(list: unknown, value: unknown): boolean {
  return toList(list).some((item) => equals(item, value));
}

function valuesOf(map: ObjectValue): unknown[] {
  return sortedKeys(map).map((key) => map[key]);
}

function zip(keys: readonly unknown[], values: readonly unknown[]): ObjectValue {
  if (keys.length !== values.length) throw new ExpressionError("the lists differ in length");
  return Object.fromEntries(keys.map((key, index) => [toText(key), values[index]]));
}

function one(list: readonly unknown[]): unknown {
  if (list.length > 1) throw new ExpressionError(`the list has ${list.length} items instead of one or none`);
  return list[0] ?? null;
}

function range(...values: readonly unknown[]): number[] {
  const [first = 0, second, third] = values.map(toNumber);
  const [start, end] = second === undefined ? [0, first] : [first, second];
  const step = third ?? (start <= end ? 1 : -1);
  if (step === 0) throw new ExpressionError("the step is 0");
  if (step > 0 !== end > start && start !== end) {
    throw new ExpressionError("the step leads away from the end");
  }
  const count = Math.max(0, Math.ceil((end - start) / step));
  if (count > 1024) throw new ExpressionError("it has more than 1,024 values, which Terraform refuses");
  return Array.from({ length: count }, (_, index) => start + index * step);
}
