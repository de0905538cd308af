import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { JavaClass } from "./java-class";
import { JavaArray, JavaCharacter } from "./java-values";
import { OBJECT } from "./object-methods";

/** What kind of character a character is, by Java's names. */
export const CHARACTER_TYPES = {
  isDigit: (text: string) => /^\p{Nd}$/u.test(text),
  isLetter: (text: string) => /^\p{L}$/u.test(text),
  isLetterOrDigit: (text: string) => /^[\p{L}\p{Nd}]$/u.test(text),
  isUpperCase: (text: string) => /^\p{Uppercase}$/u.test(text),
  isLowerCase: (text: string) => /^\p{Lowercase}$/u.test(text),
  isTitleCase: (text: string) => /^\p{Lt}$/u.test(text),
  isSpaceChar: (text: string) => /^\p{Z}$/u.test(text),
  isWhitespace: (text: string) => /^(?![\u00a0\u2007\u202f])[\p{Z}\t-\r\x1c-\x1f]$/u.test(text),
  isISOControl: (text: string) => /^[\0-\x1f\x7f-\x9f]$/.test(text),
  isDefined: (text: string) => /^\P{Cn}$/u.test(text),
} as const;

/** `java.lang.Character`. Left out: what Java's own names and Unicode's bidirectional text need. */
export const CHARACTER = JavaClass.define<JavaCharacter>(
  "java.lang.Character",
  [OBJECT, "Comparable"],
  {
    "charValue()": (character) => character,
    "compareTo(Character)": ({ value }, other: JavaCharacter) => difference(value, other.value),
    "compareTo(Object)": () => {
      throw new MappingTemplateError("ClassCastException: a Character is compared with what is none");
    },
  },
  {
    ...typeTests(),
    "isAlphabetic(int)": (point: number) => /^\p{Alphabetic}$/u.test(String.fromCodePoint(point)),
    "isHighSurrogate(char)": (unit: string) => /^[\ud800-\udbff]$/.test(unit),
    "isLowSurrogate(char)": (unit: string) => /^[\udc00-\udfff]$/.test(unit),
    "isSurrogate(char)": (unit: string) => /^[\ud800-\udfff]$/.test(unit),
    "isValidCodePoint(int)": (point: number) => point >= 0 && point <= 0x10ffff,
    "compare(char,char)": difference,
    "digit(char,int)": digit,
    "digit(int,int)": (point: number, radix: number) => digit(String.fromCodePoint(point), radix),
    "forDigit(int,int)": (value: number, radix: number) =>
      new JavaCharacter(value >= 0 && value < radix ? value.toString(radix) : "\0"),
    "getNumericValue(char)": (unit: string) => digit(unit, 36),
    "getNumericValue(int)": (point: number) => digit(String.fromCodePoint(point), 36),
    "hashCode(char)": (unit: string) => unit.charCodeAt(0),
    "charCount(int)": (point: number) => (point >= 0x10000 ? 2 : 1),
    "toChars(int)": (point: number) =>
      new JavaArray(
        String.fromCodePoint(point)
          .split("")
          .map((unit) => new JavaCharacter(unit)),
        "char",
      ),
    "toLowerCase(char)": (unit: string) => new JavaCharacter(lower(unit)),
    "toLowerCase(int)": (point: number) => lower(String.fromCodePoint(point)).codePointAt(0),
    "toUpperCase(char)": (unit: string) => new JavaCharacter(upper(unit)),
    "toUpperCase(int)": (point: number) => upper(String.fromCodePoint(point)).codePointAt(0),
    "toString(char)": (unit: string) => unit,
    "toString(int)": (point: number) => String.fromCodePoint(point),
    "valueOf(char)": (unit: string) => new JavaCharacter(unit),
  },
);

/** Each test takes a character or a code point. */
function typeTests(): Record<string, (...args: never[]) => unknown> {
  return Object.fromEntries(
    Object.entries(CHARACTER_TYPES).flatMap(([name, test]): [string, (...args: never[]) => unknown][] => [
      [`${name}(char)`, test],
      [
        `${name}(int)`,
        (point: number) => point >= 0 && point <= 0x10ffff && test(String.fromCodePoint(point)),
      ],
    ]),
  );
}

function difference(left: string, right: string): number {
  return left.charCodeAt(0) - right.charCodeAt(0);
}

function digit(character: string, radix: number): number {
  const value = /^[0-9a-z]$/i.test(character) ? Number.parseInt(character, 36) : -1;
  return value < radix ? value : -1;
}

/** Java's one-to-one case: what becomes two characters stays as it is. */
function upper(character: string): string {
  const result = character.toUpperCase();
  return result.length === character.length ? result : character;
}

function lower(character: string): string {
  const result = character.toLowerCase();
  return result.length === character.length ? result : character;
}
