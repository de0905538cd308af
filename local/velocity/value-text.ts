import { JavaDouble } from "../../aws/velocity/java-number";
import { JavaCharacter } from "./java-character";
import { JavaClass } from "./java-class";
import { JavaArray, JavaCollection, JavaList } from "./java-list";
import { printedList } from "./json-text";
import { MapEntry } from "./map-entry";

/** The beginning of an array's text in Java; its address follows, which differs from run to run. */
const ARRAY_TEXT = { String: "[Ljava.lang.String;", Object: "[Ljava.lang.Object;", byte: "[B", char: "[C" };

/**
 * A value's text, as its Java `toString` gives it: maps `{a=b, c=d}`, lists `[a, b]`, lists out of JSON as compact JSON.
 * Null, AWS's own objects and what has no text of its own give the empty string.
 */
export function valueText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "boolean":
    case "bigint":
      return String(value);
    default:
      return objectText(value);
  }
}

function objectText(value: unknown): string {
  if (value instanceof JavaDouble || value instanceof JavaCharacter) return value.toString();
  if (value instanceof JavaList && value.printsAs === "json") return printedList(value);
  if (value instanceof JavaCollection) {
    return `[${value.items.map((item) => (item === value ? "(this Collection)" : memberText(item))).join(", ")}]`;
  }
  if (value instanceof Map) {
    const entries = [...(value as Map<unknown, unknown>)];
    const inMap = (item: unknown): string => (item === value ? "(this Map)" : memberText(item));
    return `{${entries.map(([key, item]) => `${inMap(key)}=${inMap(item)}`).join(", ")}}`;
  }
  if (value instanceof MapEntry) return entryText(value.key, value.value);
  if (value instanceof JavaArray) return `${ARRAY_TEXT[value.componentType]}@0`;
  return value instanceof JavaClass ? `class ${value.name}` : "";
}

function entryText(key: unknown, value: unknown): string {
  return `${memberText(key)}=${memberText(value)}`;
}

function memberText(value: unknown): string {
  return value === null || value === undefined ? "null" : valueText(value);
}
