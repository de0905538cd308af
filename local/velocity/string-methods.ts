import { JavaRegex } from "../../aws/java-pattern/java-regex";
import { JavaDouble, JavaFloat } from "../../aws/velocity/java-number";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { JavaClass } from "./java-class";
import { javaFormat } from "./java-format";
import { JavaArray, JavaCharacter, type JavaCollection } from "./java-values";
import { OBJECT } from "./object-methods";
import { requireCharacters, requireItems } from "./rendering-limits";
import { indent, isWhitespace, stripIndent, translateEscapes, trimmed } from "./text-block";
import { memberText } from "./value-text";

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
    "regionMatches(int,String,int,int)": (text, ...region: Region) => regionMatches(text, false, ...region),
    "regionMatches(boolean,int,String,int,int)": regionMatches,
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
      joined(separator, parts.map(memberText)),
    "join(CharSequence,Iterable)": (separator: string, parts: JavaCollection) =>
      joined(separator, parts.items.map(charSequence)),
    "valueOf(Object)": memberText,
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

/** Java's order of strings: by UTF-16 units; the difference of the first that differ, or of the lengths. */
function compareText(text: string, other: string): number {
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

function charSequence(value: unknown): string {
  return typeof value === "string" || (value ?? null) === null
    ? memberText(value)
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

function folded(value: string): string {
  return value.toUpperCase().toLowerCase();
}

type Region = [at: number, other: string, from: number, length: number];

function regionMatches(text: string, ignoreCase: boolean, ...[at, other, from, length]: Region): boolean {
  const [left, right] = [region(text, at, length), region(other, from, length)];
  if (left === undefined || right === undefined) return false;
  return left === right || (ignoreCase && folded(left) === folded(right));
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
