import { JavaDouble } from "../../aws/velocity/java-number";
import { JavaCharacter } from "./java-character";
import { JavaList } from "./java-list";
import { MapEntry } from "./map-entry";
import { MapView } from "./map-view";
import { isValueMap, type ValueMap } from "./value-map";

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
