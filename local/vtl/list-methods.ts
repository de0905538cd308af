import { javaEquals } from "./java-equals";
import { JavaList } from "./java-list";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";

type ListMethod = (list: JavaList, args: readonly unknown[]) => unknown;

/** The methods of `java.util.List`. */
export const LIST_METHODS: ReadonlyMap<string, ListMethod> = new Map<string, ListMethod>([
  ["size", (list) => list.items.length],
  ["isEmpty", (list) => list.items.length === 0],
  ["get", (list, [index]) => list.items[place(list, index)]],
  ["set", (list, [index, value]) => list.items.splice(place(list, index), 1, value)[0]],
  ["add", add],
  ["addAll", addAll],
  ["remove", remove],
  ["clear", clear],
  ["contains", (list, [value]) => indexOf(list, value) >= 0],
  [
    "containsAll",
    (list, [other]) => other instanceof JavaList && other.items.every((item) => indexOf(list, item) >= 0),
  ],
  ["indexOf", (list, [value]) => indexOf(list, value)],
  ["lastIndexOf", (list, [value]) => list.items.findLastIndex((item) => javaEquals(item, value))],
  ["subList", (list, [from, to]) => new JavaList(list.items.slice(place(list, from), Number(to)))],
]);

function indexOf(list: JavaList, value: unknown): number {
  return list.items.findIndex((item) => javaEquals(item, value));
}

/** Java counts from the start only. */
function place(list: JavaList, index: unknown, length = list.items.length): number {
  if (typeof index !== "number" || index < 0 || index >= length) {
    throw new MappingTemplateError(
      `index ${String(index)} is out of bounds for a list of ${list.items.length}`,
    );
  }
  return index;
}

function add(list: JavaList, args: readonly unknown[]): unknown {
  if (args.length === 1) {
    list.items.push(args[0]);
    return true;
  }
  list.items.splice(place(list, args[0], list.items.length + 1), 0, args[1]);
  return null;
}

function addAll(list: JavaList, [other]: readonly unknown[]): unknown {
  if (!(other instanceof JavaList)) {
    return null;
  }
  list.items.push(...other.items);
  return other.items.length > 0;
}

/** By place for a number, by content for anything else. */
function remove(list: JavaList, [what]: readonly unknown[]): unknown {
  if (typeof what === "number") {
    return list.items.splice(place(list, what), 1)[0];
  }
  const index = indexOf(list, what);
  if (index >= 0) {
    list.items.splice(index, 1);
  }
  return index >= 0;
}

function clear(list: JavaList): null {
  list.items.length = 0;
  return null;
}
