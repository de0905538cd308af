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
  toWhole,
} from "../value";
import { charactersOf } from "./string-functions";

/** Functions over lists, sets, maps and objects, and conversions. @see https://developer.hashicorp.com/terraform/language/functions */
export const COLLECTION_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  concat: (...lists) => lists.flatMap(toList),
  merge: (...maps) =>
    Object.fromEntries(maps.filter(isPresent).flatMap((map) => Object.entries(toObject(map)))),
  length,
  lookup,
  element: (list, index) => element(toList(list), toWhole(index)),
  index: (list, value) => indexOf(toList(list), value),
  slice: (list, from, to) => slice(toList(list), toWhole(from), toWhole(to)),
  coalesce: (...values) => firstOf(ofOneType(values), isFilled),
  coalescelist: (...lists) => firstOf(lists.map(toList), (list) => list.length > 0),
  compact: (list) => ofOneType([...toList(list), ""]).filter(isFilled),
  contains: (list, value) => includes(toList(list), present(value)),
  distinct: (list) => distinct(ofOneType(toList(list))),
  flatten: (list) => toList(list).flat(Infinity),
  keys: (map) => sortedKeys(toObject(map)),
  values: (map) => sortedKeys(toObject(map)).map((key) => toObject(map)[key]),
  zipmap: (keys, values) => zip(toList(keys), toList(values)),
  one: (list) => one(toList(list)),
  range,
  reverse: (list) => toList(list).toReversed(),
  sort: (list) => toList(list).map(toText).sort(compareBytes),
  setunion: (...sets) => toSet(sets.flatMap(toList)),
  setsubtract: (...sets) => ofSets(sets, (item, [, what = []]) => !includes(what, item)),
  setintersection: (...sets) => ofSets(sets, (item, all) => all.every((set) => includes(set, item))),
  max: (...values) => Math.max(...values.map(toNumber)),
  min: (...values) => Math.min(...values.map(toNumber)),
  abs: (value) => Math.abs(toNumber(value)),
  ceil: (value) => Math.ceil(toNumber(value)),
  floor: (value) => Math.floor(toNumber(value)),
  alltrue: (list) => !toList(list).map(toBoolean).includes(false),
  anytrue: (list) => toList(list).map(toBoolean).includes(true),
  toset: (list) => toSet(toList(list)),
  tolist: (list) => ofOneType(toList(list)),
  tomap: (map) => zip(Object.keys(toObject(map)), ofOneType(Object.values(toObject(map)))),
  tostring: (value) => (value === null ? null : toText(value)),
  tonumber: (value) => (value === null ? null : toNumber(value)),
  tobool: (value) => (value === null ? null : toBoolean(value)),
  sensitive: (value) => value,
  nonsensitive: (value) => value,
};

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function isFilled(value: unknown): boolean {
  return isPresent(value) && value !== "";
}

function present(value: unknown): unknown {
  if (isPresent(value)) return value;
  throw new ExpressionError("the value is null");
}

function length(value: unknown): number {
  if (typeof value === "string") return charactersOf(value).length;
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

function slice(list: readonly unknown[], from: number, to: number): readonly unknown[] {
  if (from >= 0 && from <= to && to <= list.length) return list.slice(from, to);
  throw new ExpressionError(`there is no ${from} to ${to} in a list of ${list.length}`);
}

function firstOf<Value>(values: readonly Value[], accepts: (value: Value) => boolean): Value {
  const found = values.find(accepts);
  if (found === undefined) throw new ExpressionError("every argument is null or empty");
  return found;
}

function distinct(list: readonly unknown[]): unknown[] {
  return list.filter((item, index) => list.findIndex((other) => equals(other, item)) === index);
}

/** One type for all, as lists, sets and maps have it: among texts, numbers and booleans become texts. */
export function ofOneType(values: readonly unknown[]): readonly unknown[] {
  const types = new Set(values.filter(isPresent).map((value) => typeof value));
  if (types.size < 2) return values;
  if (!types.has("string") || types.has("object")) throw new ExpressionError("the values differ in type");
  return values.map((value) => (isPresent(value) ? toText(value) : value));
}

/** Sets have the order in which Terraform walks them; that of lists and objects can't be relied on. */
export function toSet(list: readonly unknown[]): readonly unknown[] {
  return distinct(ofOneType(list)).toSorted((left, right) => {
    if (typeof left === "string" && typeof right === "string") return compareBytes(left, right);
    if (!isPresent(left) || !isPresent(right)) return Number(!isPresent(left)) - Number(!isPresent(right));
    return Number(left) - Number(right);
  });
}

/** The members of the first set that are accepted; all sets have one type. */
function ofSets(
  sets: readonly unknown[],
  accepts: (item: unknown, sets: readonly (readonly unknown[])[]) => boolean,
): readonly unknown[] {
  const lists = sets.map(toList);
  const typed = ofOneType(lists.flat());
  let end = 0;
  const all = lists.map(({ length: size }) => typed.slice(end, (end += size)));
  return toSet(all[0] ?? []).filter((item) => accepts(item, all));
}

function includes(list: readonly unknown[], value: unknown): boolean {
  return list.some((item) => equals(item, value));
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
