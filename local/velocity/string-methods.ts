import { JavaRegex } from "../../aws/java-pattern/java-regex";
import { JavaDouble, JavaFloat } from "../../aws/velocity/java-number";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { CHARACTER_TYPES } from "./character-methods";
import { JavaCharacter } from "./java-character";
import { JavaClass } from "./java-class";
import { javaFormat } from "./java-format";
import { JavaArray, type JavaCollection } from "./java-list";
import { OBJECT } from "./object-methods";
import { requireCharacters, requireItems } from "./rendering-limits";
import { valueText } from "./value-text";

/** The quick test first: a long text may have nothing else. */
function isWhitespace(code: number): boolean {
  return code === 0x20 || CHARACTER_TYPES.isWhitespace(String.fromCharCode(code));
}

/** `java.lang.String`. Regular expressions are Java's. Left out: streams, character sets, Locale. */
export const STRING = JavaClass.define<string>(
  "java.lang.String",
  [OBJECT, "CharSequence", "Comparable"],
  {
    "length()": (text) => text.length,
    "isEmpty()": (text) => text === "",
    "isBlank()": (text) => trimmed(text, isWhitespace) === "",
    "toLowerCase()": (text) => text.toLowerCase(),
    "toUpperCase()": (text) => text.toUpperCase(),
    "trim()": (text) => trimmed(text, (code) => code <= 0x20),
    "strip()": (text) => trimmed(text, isWhitespace),
    "stripLeading()": (text) => trimmed(text, isWhitespace, "start"),
    "stripTrailing()": (text) => trimmed(text, isWhitespace, "end"),
    "intern()": (text) => text,
    "concat(String)": (text, other: string) => text + other,
    "contains(CharSequence)": (text, part: string) => text.includes(part),
    "contentEquals(CharSequence)": (text, other: string) => text === other,
    "startsWith(String)": (text, prefix: string) => text.startsWith(prefix),
    "startsWith(String,int)": (text, prefix: string, from: number) =>
      from >= 0 && text.startsWith(prefix, from),
    "endsWith(String)": (text, suffix: string) => text.endsWith(suffix),
    "equalsIgnoreCase(String)": (text, other: string) => folded(text) === folded(other),
    "compareTo(String)": compareText,
    "compareTo(Object)": () => fail("ClassCastException: a String is compared with what is none"),
    "compareToIgnoreCase(String)": (text, other: string) => compareText(folded(text), folded(other)),
    "regionMatches(int,String,int,int)": (text, at: number, other: string, from: number, length: number) =>
      region(text, at, length) === (region(other, from, length) ?? NaN),
    "regionMatches(boolean,int,String,int,int)": (
      text,
      ignoreCase: boolean,
      at: number,
      other: string,
      from: number,
      length: number,
    ) => {
      const [left, right] = [region(text, at, length), region(other, from, length)];
      if (left === undefined || right === undefined) return false;
      return left === right || (ignoreCase && folded(left) === folded(right));
    },
    "indexOf(String)": (text, part: string) => text.indexOf(part),
    "indexOf(String,int)": (text, part: string, from: number) => text.indexOf(part, from),
    "indexOf(int)": (text, point: number) => indexOfPoint(text, point, 0),
    "indexOf(int,int)": indexOfPoint,
    "lastIndexOf(String)": (text, part: string) => text.lastIndexOf(part),
    "lastIndexOf(String,int)": lastIndexOf,
    "lastIndexOf(int)": (text, point: number) => lastIndexOfPoint(text, point, text.length),
    "lastIndexOf(int,int)": lastIndexOfPoint,
    "charAt(int)": (text, index: number) =>
      new JavaCharacter(text.charAt(position(text, index, text.length - 1))),
    "codePointAt(int)": (text, index: number) => text.codePointAt(position(text, index, text.length - 1)),
    "codePointBefore(int)": (text, index: number) => {
      const end = position(text, index, text.length, 1);
      return Array.from(text.slice(Math.max(end - 2, 0), end))
        .at(-1)
        ?.codePointAt(0);
    },
    "codePointCount(int,int)": (text, from: number, to: number) =>
      Array.from(substring(text, from, to)).length,
    "substring(int)": (text, from: number) => substring(text, from, text.length),
    "substring(int,int)": substring,
    "subSequence(int,int)": substring,
    "repeat(int)": (text, count: number) =>
      count < 0 ? fail(`IllegalArgumentException: count is negative: ${count}`) : repeated(text, count),
    "replace(CharSequence,CharSequence)": (text, part: string, replacement: string) =>
      text.replaceAll(part, limited(replacement, text)),
    "replace(char,char)": (text, unit: string, replacement: string) =>
      text.replaceAll(unit, () => replacement),
    "replaceAll(String,String)": (text, pattern: string, replacement: string) =>
      JavaRegex.compile(pattern).replaceAll(text, replacement, requireCharacters),
    "replaceFirst(String,String)": (text, pattern: string, replacement: string) =>
      JavaRegex.compile(pattern).replaceFirst(text, replacement),
    "matches(String)": (text, pattern: string) => JavaRegex.compile(pattern).matches(text),
    "split(String)": (text, pattern: string) => split(text, pattern, 0),
    "split(String,int)": split,
    "toCharArray()": (text) => new JavaArray(units(text), "char"),
    "getBytes()": (text) => new JavaArray(bytes(text), "byte"),
    "indent(int)": indent,
    "stripIndent()": stripIndent,
    "translateEscapes()": translateEscapes,
    "formatted(Object[])": (text, args: unknown[]) => javaFormat(text, args),
  },
  {
    "format(String,Object[])": javaFormat,
    "join(CharSequence,CharSequence[])": (separator: string, parts: unknown[]) =>
      joined(separator, parts.map(textOrNull)),
    "join(CharSequence,Iterable)": (separator: string, parts: JavaCollection) =>
      joined(separator, parts.items.map(charSequence)),
    "valueOf(Object)": textOrNull,
    "valueOf(boolean)": String,
    "valueOf(char)": String,
    "valueOf(int)": String,
    "valueOf(long)": String,
    "valueOf(float)": (value: number) => new JavaFloat(value).toString(),
    "valueOf(double)": (value: number) => new JavaDouble(value).toString(),
    "valueOf(char[])": (characters: JavaCharacter[]) => characters.join(""),
    "copyValueOf(char[])": (characters: JavaCharacter[]) => characters.join(""),
  },
);

/** `String[]`, what `split` gives. */
export const STRING_ARRAY = JavaClass.define(
  "[Ljava.lang.String;",
  [OBJECT, "Object[]", "CharSequence[]"],
  {},
  {},
  "String[]",
);

/** Java's order of strings: by UTF-16 units; the difference of the first that differ, or of the lengths. */
export function compareText(text: string, other: string): number {
  const shorter = Math.min(text.length, other.length);
  for (let index = 0; index < shorter; index += 1) {
    const difference = text.charCodeAt(index) - other.charCodeAt(index);
    if (difference !== 0) return difference;
  }
  return text.length - other.length;
}

function fail(reason: string): never {
  throw new MappingTemplateError(reason);
}

function textOrNull(value: unknown): string {
  return value === null || value === undefined ? "null" : valueText(value);
}

function charSequence(value: unknown): string {
  return typeof value === "string" || (value ?? null) === null
    ? textOrNull(value)
    : fail("ClassCastException: what is joined must be strings");
}

function repeated(text: string, count: number): string {
  requireCharacters(text.length * count);
  return text.repeat(count);
}

function joined(separator: string, parts: readonly string[]): string {
  requireCharacters(parts.reduce((sum, part) => sum + part.length + separator.length, 0));
  return parts.join(separator);
}

/** Gives the replacement as long as the text that it makes is not too long. */
function limited(replacement: string, { length }: string): () => string {
  let added = length;
  return () => {
    requireCharacters((added += replacement.length));
    return replacement;
  };
}

function bytes(text: string): number[] {
  requireItems(text.length);
  return [...new Int8Array(Buffer.from(text, "utf8"))];
}

function units(value: string): JavaCharacter[] {
  requireItems(value.length);
  return value.split("").map((unit) => new JavaCharacter(unit));
}

function trimmed(value: string, isSpace: (code: number) => boolean, where?: "start" | "end"): string {
  let [start, end] = [0, value.length];
  while (where !== "end" && start < end && isSpace(value.charCodeAt(start))) start += 1;
  while (where !== "start" && end > start && isSpace(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

function folded(value: string): string {
  return value.toUpperCase().toLowerCase();
}

function region(value: string, from: number, length: number): string | undefined {
  return from < 0 || from + length > value.length ? undefined : value.slice(from, from + Math.max(length, 0));
}

function point(code: number): string | undefined {
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function indexOfPoint(value: string, code: number, from: number): number {
  const character = point(code);
  return character === undefined ? -1 : from >= value.length ? -1 : value.indexOf(character, from);
}

function lastIndexOf(value: string, part: string, from: number): number {
  return from < 0 ? -1 : value.lastIndexOf(part, from);
}

function lastIndexOfPoint(value: string, code: number, from: number): number {
  const character = point(code);
  return character === undefined ? -1 : lastIndexOf(value, character, from);
}

function position(value: string, index: number, last: number, first = 0): number {
  return index < first || index > last
    ? fail(`index ${index} is out of bounds for a string of ${value.length}`)
    : index;
}

function substring(value: string, from: number, to: number): string {
  const end = position(value, to, value.length);
  return value.slice(position(value, from, end), end);
}

function split(value: string, pattern: string, limit: number): JavaArray {
  return new JavaArray(JavaRegex.compile(pattern).split(value, limit, requireItems), "String");
}

function lines(value: string): string[] {
  const all = value.split(/\r\n|\r|\n/);
  return all.at(-1) === "" ? all.slice(0, -1) : all;
}

function indent(value: string, count: number): string {
  const all = lines(value);
  requireCharacters(value.length + all.length * count);
  return all
    .map((line) => {
      if (count >= 0) return `${repeated(" ", count)}${line}\n`;
      const stripped = trimmed(line, isWhitespace, "start");
      return `${line.slice(Math.min(-count, line.length - stripped.length))}\n`;
    })
    .join("");
}

/** What Java does with a text block's indentation. */
function stripIndent(value: string): string {
  const all = value.split(/\r\n|\r|\n/);
  const significant = all.filter(
    (line, index) => index === all.length - 1 || trimmed(line, isWhitespace) !== "",
  );
  const indents = significant.map((line) => line.length - trimmed(line, isWhitespace, "start").length);
  const shared = Math.min(...indents);
  return all
    .map((line) =>
      trimmed(line, isWhitespace) === "" ? "" : trimmed(line.slice(shared), isWhitespace, "end"),
    )
    .join("\n");
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  s: " ",
  t: "\t",
  "\n": "",
};

function translateEscapes(value: string): string {
  return value.replace(/\\([0-3]?[0-7]{1,2}|\r\n|[^]|$)/g, (_, escape: string) => {
    if (/^[0-7]/.test(escape)) return String.fromCharCode(Number.parseInt(escape, 8));
    if (escape.startsWith("\r")) return "";
    return (
      ESCAPES[escape] ?? (/["'\\]/.test(escape) ? escape : fail(`IllegalArgumentException: escape ${escape}`))
    );
  });
}
