import { JavaDouble } from "../../aws/velocity/java-double";
import { JavaList } from "./java-list";

/** Java's `equals`: by content for strings, numbers, lists and maps; values of different types are never equal. */
export function javaEquals(left: unknown, right: unknown): boolean {
  if (left instanceof JavaDouble) {
    return right instanceof JavaDouble && left.value === right.value;
  }
  if (left instanceof JavaList) {
    return right instanceof JavaList && listsEqual(left.items, right.items);
  }
  if (left instanceof Map) {
    return right instanceof Map && mapsEqual(left, right);
  }
  return left === right;
}

function listsEqual(left: unknown[], right: unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => javaEquals(item, right[index]));
}

function mapsEqual(left: Map<unknown, unknown>, right: Map<unknown, unknown>): boolean {
  return (
    left.size === right.size &&
    [...left].every(([key, item]) => right.has(key) && javaEquals(item, right.get(key)))
  );
}
