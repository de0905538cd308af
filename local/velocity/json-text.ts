import { JavaDouble } from "../../aws/velocity/java-number";
import { JavaCollection, type JavaList } from "./java-list";
import { isValueMap } from "./value-map";

/**
 * A value as compact JSON, as `$input.json` gives it. Written as json-smart does [inferred]: control characters and those from
 * U+2000 to U+20FF are escaped, others pass as they are.
 */
export function jsonText(value: unknown): string {
  return written(value, /["\\\0-\x1f\x7f-\x9f\u2000-\u20ff]/g);
}

/** A list out of JSON as it prints: json-smart then escapes slashes, too [inferred]. */
export function printedList(list: JavaList): string {
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
