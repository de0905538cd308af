import { JavaList } from "./java-list";
import { JavaRegex } from "../../aws/java-pattern/java-regex";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { valueText } from "./value-text";

type StringMethod = (text: string, args: readonly unknown[]) => unknown;

/** A method whose arguments are all text. */
function withText(method: (text: string, first: string, second: string) => unknown): StringMethod {
  return (text, [first, second]) => method(text, valueText(first), valueText(second));
}

/** The methods of `java.lang.String`. Regular expressions are Java's. */
export const STRING_METHODS: ReadonlyMap<string, StringMethod> = new Map<string, StringMethod>([
  ["length", (text) => text.length],
  ["isEmpty", (text) => text === ""],
  ["isBlank", (text) => text.trim() === ""],
  ["toLowerCase", (text) => text.toLowerCase()],
  ["toUpperCase", (text) => text.toUpperCase()],
  ["trim", (text) => text.replace(JAVA_TRIM, "")],
  ["strip", (text) => text.trim()],
  ["intern", (text) => text],
  ["concat", withText((text, other) => text + other)],
  ["contains", withText((text, part) => text.includes(part))],
  ["startsWith", (text, [prefix, from]) => text.startsWith(valueText(prefix), Number(from ?? 0))],
  ["endsWith", withText((text, suffix) => text.endsWith(suffix))],
  ["equalsIgnoreCase", withText((text, other) => text.toLowerCase() === other.toLowerCase())],
  ["compareTo", withText(compare)],
  ["indexOf", (text, [part, from]) => text.indexOf(valueText(part), Number(from ?? 0))],
  ["lastIndexOf", (text, [part, from]) => text.lastIndexOf(valueText(part), Number(from ?? Infinity))],
  ["charAt", (text, [index]) => text[position(text, index, text.length - 1)]],
  ["substring", substring],
  ["subSequence", substring],
  ["repeat", (text, [count]) => text.repeat(Number(count))],
  ["replace", withText((text, part, replacement) => text.replaceAll(part, () => replacement))],
  [
    "replaceAll",
    withText((text, pattern, replacement) => JavaRegex.compile(pattern).replaceAll(text, replacement)),
  ],
  [
    "replaceFirst",
    withText((text, pattern, replacement) => JavaRegex.compile(pattern).replaceFirst(text, replacement)),
  ],
  ["matches", withText((text, pattern) => JavaRegex.compile(pattern).matches(text))],
  [
    "split",
    (text, [pattern, limit]) =>
      new JavaList(JavaRegex.compile(valueText(pattern)).split(text, Number(limit ?? 0))),
  ],
  ["hashCode", hashCode],
]);

/** Java trims all that is not above a space. */
const JAVA_TRIM = /^[\0-\x20]+|[\0-\x20]+$/g;

function position(text: string, index: unknown, last: number): number {
  if (typeof index !== "number" || index < 0 || index > last) {
    throw new MappingTemplateError(
      `index ${valueText(index)} is out of bounds for a string of ${text.length}`,
    );
  }
  return index;
}

function substring(text: string, [from, to]: readonly unknown[]): string {
  const end = position(text, to ?? text.length, text.length);
  return text.slice(position(text, from, end), end);
}

function compare(text: string, other: string): number {
  const shorter = Math.min(text.length, other.length);
  for (let index = 0; index < shorter; index += 1) {
    const difference = text.charCodeAt(index) - other.charCodeAt(index);
    if (difference !== 0) {
      return difference;
    }
  }
  return text.length - other.length;
}

function hashCode(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  }
  return hash;
}
