import { JavaDouble } from "../../aws/velocity/java-number";
import { JavaClass } from "./java-class";
import { isValueMap, JavaArray, JavaCharacter, JavaCollection, JavaList, MapEntry } from "./java-values";

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
  if (value instanceof MapEntry) return `${memberText(value.key)}=${memberText(value.value)}`;
  if (value instanceof JavaArray) return `${ARRAY_TEXT[value.componentType]}@0`;
  return value instanceof JavaClass ? `class ${value.name}` : "";
}

/** The same, but for null. */
export function memberText(value: unknown): string {
  return value === null || value === undefined ? "null" : valueText(value);
}

/**
 * A value as compact JSON. Written as json-smart does [inferred]: control characters and those from
 * U+2000 to U+20FF are escaped, others pass as they are.
 */
export function jsonText(value: unknown): string {
  return written(value, /["\\\0-\x1f\x7f-\x9f\u2000-\u20ff]/g);
}

/** A list out of JSON as it prints: json-smart then escapes slashes, too [inferred]. */
function printedList(list: JavaList): string {
  return written(list, /["\\/\0-\x1f\x7f-\x9f\u2000-\u20ff]/g);
}

function written(value: unknown, special: RegExp): string {
  const parts: string[] = [];
  write(value, special, parts);
  return parts.join("");
}

/** In parts, since joining each level anew would copy the innermost ones hundreds of times. */
function write(value: unknown, special: RegExp, parts: string[]): void {
  if (value instanceof JavaCollection) {
    parts.push("[");
    let separator = "";
    for (const item of value.items) {
      parts.push(separator);
      write(item, special, parts);
      separator = ",";
    }
    parts.push("]");
  } else if (isValueMap(value)) {
    let separator = "{";
    for (const [key, item] of value.entries()) {
      parts.push(separator, quote(String(key), special), ":");
      write(item, special, parts);
      separator = ",";
    }
    parts.push(separator === "{" ? "{}" : "}");
  } else parts.push(writtenScalar(value, special));
}

function writtenScalar(value: unknown, special: RegExp): string {
  if (typeof value === "string") return quote(value, special);
  if (value instanceof JavaDouble) return value.toString().replace(/^-?Infinity$/, "null");
  return typeof value === "bigint" || typeof value === "number"
    ? String(value)
    : JSON.stringify(value ?? null);
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "/": "\\/",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** What JSON.stringify, which is much faster, writes in another way, or may do so. */
const WRITTEN_OTHERWISE = /[/\0-\x07\x0b\x0e-\x1f\x7f-\x9f\u2000-\u20ff\ud800-\udfff]/;

function quote(text: string, special: RegExp): string {
  if (!WRITTEN_OTHERWISE.test(text)) return JSON.stringify(text);
  const escaped = text.replaceAll(
    special,
    (character) =>
      SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
  return `"${escaped}"`;
}
