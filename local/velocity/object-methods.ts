import { JavaDouble, JavaFloat } from "../../aws/velocity/java-number";
import { JavaClass } from "./java-class";
import { isValueMap, JavaCharacter, JavaList, MapEntry, MapView, type ValueMap } from "./java-values";
import { valueText } from "./value-text";

/** What every Java object has; `getClass` is the caller's, who knows all classes. */
export const OBJECT = JavaClass.define("java.lang.Object", [], {
  "toString()": valueText,
  "equals(Object)": javaEquals,
  "hashCode()": hashCode,
});

/** Java's `equals`: by content for strings, numbers, lists, sets and maps; values of different types are never equal. */
export function javaEquals(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (left instanceof JavaDouble) {
    return (
      right instanceof JavaDouble &&
      left.constructor === right.constructor &&
      Object.is(left.value, right.value)
    );
  }
  if (left instanceof JavaCharacter) return right instanceof JavaCharacter && left.value === right.value;
  if (left instanceof JavaList) return right instanceof JavaList && listsEqual(left.items, right.items);
  if (left instanceof MapEntry) {
    return right instanceof MapEntry && listsEqual([left.key, left.value], [right.key, right.value]);
  }
  if (left instanceof MapView) {
    return (
      right instanceof MapView && left.part !== "values" && right.part !== "values" && setsEqual(left, right)
    );
  }
  return isValueMap(left) && isValueMap(right) && mapsEqual(left, right);
}

function listsEqual(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => javaEquals(item, right[index]));
}

function setsEqual(left: MapView, right: MapView): boolean {
  const { items } = right;
  return (
    left.items.length === items.length &&
    left.items.every((item) => items.some((other) => javaEquals(item, other)))
  );
}

function mapsEqual(left: ValueMap, right: ValueMap): boolean {
  return (
    left.size === right.size &&
    [...left.entries()].every(([key, item]) => right.has(key) && javaEquals(item, right.get(key)))
  );
}

/** Java's `hashCode`, for values that have one of their content; 0 for others, whose hash code in Java is an address. */
export function hashCode(value: unknown): number {
  switch (typeof value) {
    case "string":
      return ordered(value.length, (index) => value.charCodeAt(index), 0);
    case "number":
      return value;
    case "bigint":
      return folded(value);
    case "boolean":
      return value ? 1231 : 1237;
    default:
      return objectHash(value);
  }
}

function objectHash(value: unknown): number {
  if (value instanceof JavaCharacter) return value.value.charCodeAt(0);
  if (value instanceof JavaFloat) {
    return new DataView(new Float32Array([value.value]).buffer).getInt32(0, true);
  }
  if (value instanceof JavaDouble) {
    return folded(new DataView(new Float64Array([value.value]).buffer).getBigInt64(0, true));
  }
  if (value instanceof JavaList) {
    return ordered(value.items.length, (index) => hashCode(value.items[index]), 1);
  }
  if (value instanceof MapEntry) return hashCode(value.key) ^ hashCode(value.value);
  if (value instanceof MapView) return sum(value.items);
  return isValueMap(value) ? sum(new MapView(value, "entries").items) : 0;
}

function ordered(length: number, hashAt: (index: number) => number, start: number): number {
  let hash = start;
  for (let index = 0; index < length; index += 1) hash = (Math.imul(31, hash) + hashAt(index)) | 0;
  return hash;
}

function sum(items: readonly unknown[]): number {
  return items.reduce<number>((hash, item) => (hash + hashCode(item)) | 0, 0);
}

function folded(value: bigint): number {
  return Number(BigInt.asIntN(32, value ^ (value >> 32n)));
}
