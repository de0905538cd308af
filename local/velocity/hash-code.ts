import { JavaDouble, JavaFloat } from "../../aws/velocity/java-number";
import { JavaCharacter } from "./java-character";
import { JavaList } from "./java-list";
import { MapEntry } from "./map-entry";
import { MapView } from "./map-view";
import { isValueMap } from "./value-map";

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
