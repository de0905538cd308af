import { JavaDouble } from "../../aws/velocity/java-double";
import { JavaList } from "./java-list";
import { printedList } from "./json-text";
import { MapEntry } from "./map-entry";

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
  if (value instanceof JavaDouble) {
    return value.toString();
  }
  if (value instanceof JavaList) {
    return value.printsAs === "json" ? printedList(value) : `[${value.items.map(memberText).join(", ")}]`;
  }
  if (value instanceof Map) {
    const entries = [...(value as Map<unknown, unknown>)];
    return `{${entries.map(([key, item]) => `${memberText(key)}=${memberText(item)}`).join(", ")}}`;
  }
  return value instanceof MapEntry ? `${memberText(value.key)}=${memberText(value.value)}` : "";
}

function memberText(value: unknown): string {
  return value === null || value === undefined ? "null" : valueText(value);
}
