import { JavaDouble, JavaFloat } from "../../aws/velocity/java-number";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { JavaClass } from "./java-class";
import { OBJECT } from "./object-methods";
import { decode, parseDouble, parseWhole } from "./parse-number";
import { requireBits } from "./rendering-limits";

type Whole = number | bigint;

/** `java.lang.Number`. A byte or a short is held as an Integer, which prints alike. */
const NUMBER = JavaClass.define<Whole | JavaDouble>("java.lang.Number", [OBJECT], {
  "intValue()": (value) => toInt(value),
  "longValue()": (value) => toLong(value),
  "shortValue()": (value) => Number(BigInt.asIntN(16, BigInt(toInt(value)))),
  "byteValue()": (value) => Number(BigInt.asIntN(8, BigInt(toInt(value)))),
  "doubleValue()": (value) => new JavaDouble(toNumber(value)),
  "floatValue()": (value) => new JavaFloat(toNumber(value)),
});

/** `java.lang.Integer`, a number of JavaScript's. */
export const INTEGER = wholeNumber("Integer", "Int", 32n);

/** `java.lang.Long`, a bigint. */
export const LONG = wholeNumber("Long", "Long", 64n);

/** `java.math.BigInteger`, a bigint that no Long can hold. */
export const BIG_INTEGER = JavaClass.define<bigint>("java.math.BigInteger", [NUMBER, "Comparable"], {
  "add(BigInteger)": (value, other: bigint) => value + other,
  "subtract(BigInteger)": (value, other: bigint) => value - other,
  "multiply(BigInteger)": (value, other: bigint) => requireBits(value * other),
  "divide(BigInteger)": (value, other: bigint) => value / other,
  "remainder(BigInteger)": (value, other: bigint) => value % other,
  "abs()": (value) => (value < 0n ? -value : value),
  "negate()": (value) => -value,
  "signum()": (value) => (value < 0n ? -1 : 1),
  "max(BigInteger)": (value, other: bigint) => (value > other ? value : other),
  "min(BigInteger)": (value, other: bigint) => (value < other ? value : other),
  "compareTo(BigInteger)": compare,
  "toString(int)": toRadix,
});

/** `java.lang.Double`. */
export const DOUBLE = floatingPoint("Double", JavaDouble);

/** `java.lang.Float`. */
export const FLOAT = floatingPoint("Float", JavaFloat);

/** `java.lang.Boolean`. */
export const BOOLEAN = JavaClass.define<boolean>(
  "java.lang.Boolean",
  [OBJECT, "Comparable"],
  {
    "booleanValue()": (value) => value,
    "compareTo(Boolean)": (value, other: boolean) => compare(Number(value), Number(other)),
    "compareTo(Object)": wrongType,
  },
  {
    "parseBoolean(String)": parseBoolean,
    "valueOf(String)": parseBoolean,
    "valueOf(boolean)": (value: boolean) => value,
    "toString(boolean)": String,
    "compare(boolean,boolean)": (left: boolean, right: boolean) => compare(Number(left), Number(right)),
    "logicalAnd(boolean,boolean)": (left: boolean, right: boolean) => left && right,
    "logicalOr(boolean,boolean)": (left: boolean, right: boolean) => left || right,
    "logicalXor(boolean,boolean)": (left: boolean, right: boolean) => left !== right,
    "hashCode(boolean)": (value: boolean) => (value ? 1231 : 1237),
  },
);

/** What Integer and Long have in common, which is nearly all. */
function wholeNumber(box: "Integer" | "Long", word: "Int" | "Long", bits: bigint): JavaClass {
  const type = word.toLowerCase();
  const width = Number(bits);
  const wrap = (value: Whole): Whole => {
    const wrapped = BigInt.asIntN(width, BigInt(value));
    return box === "Integer" ? Number(wrapped) : wrapped;
  };
  const unsigned = (value: Whole) => BigInt.asUintN(width, BigInt(value));
  const binary = (value: Whole) => unsigned(value).toString(2).padStart(width, "0");
  const fromBinary = (digits: string) => wrap(BigInt(`0b${digits}`));
  const limit = 1n << (bits - 1n);
  const parse = (text: string, radix = 10) => parseWhole(text, radix, -limit, limit - 1n);
  const parsed = (text: string, radix?: number) => wrap(parse(text, radix));
  const parsedUnsigned = (text: string, radix = 10) => wrap(parseWhole(text, radix, 0n, (1n << bits) - 1n));
  const rotate = (value: Whole, distance: number) => {
    const by = ((distance % width) + width) % width;
    return fromBinary(binary(value).slice(by) + binary(value).slice(0, by));
  };
  return JavaClass.define<Whole>(
    `java.lang.${box}`,
    [NUMBER, "Comparable"],
    { [`compareTo(${box})`]: compare, "compareTo(Object)": wrongType },
    {
      [`parse${word}(String)`]: parsed,
      [`parse${word}(String,int)`]: parsed,
      [`parseUnsigned${word}(String)`]: parsedUnsigned,
      [`parseUnsigned${word}(String,int)`]: parsedUnsigned,
      "valueOf(String)": parsed,
      "valueOf(String,int)": parsed,
      [`valueOf(${type})`]: (value: Whole) => value,
      "decode(String)": (text: string) => wrap(decode(text, parse)),
      [`toString(${type})`]: String,
      [`toString(${type},int)`]: toRadix,
      [`toBinaryString(${type})`]: (value: Whole) => unsigned(value).toString(2),
      [`toOctalString(${type})`]: (value: Whole) => unsigned(value).toString(8),
      [`toHexString(${type})`]: (value: Whole) => unsigned(value).toString(16),
      [`toUnsignedString(${type})`]: (value: Whole) => String(unsigned(value)),
      [`toUnsignedString(${type},int)`]: (value: Whole, radix: number) => toRadix(unsigned(value), radix),
      [`compare(${type},${type})`]: compare,
      [`compareUnsigned(${type},${type})`]: (left: Whole, right: Whole) =>
        compare(unsigned(left), unsigned(right)),
      [`divideUnsigned(${type},${type})`]: (left: Whole, right: Whole) =>
        wrap(unsigned(left) / divisor(unsigned(right))),
      [`remainderUnsigned(${type},${type})`]: (left: Whole, right: Whole) =>
        wrap(unsigned(left) % divisor(unsigned(right))),
      [`sum(${type},${type})`]: (left: Whole, right: Whole) => wrap(BigInt(left) + BigInt(right)),
      [`max(${type},${type})`]: (left: Whole, right: Whole) => (left > right ? left : right),
      [`min(${type},${type})`]: (left: Whole, right: Whole) => (left < right ? left : right),
      [`signum(${type})`]: (value: Whole) => compare(value, 0),
      [`bitCount(${type})`]: (value: Whole) => binary(value).replaceAll("0", "").length,
      [`reverse(${type})`]: (value: Whole) => fromBinary(binary(value).split("").reverse().join("")),
      [`reverseBytes(${type})`]: (value: Whole) =>
        fromBinary((binary(value).match(/.{8}/g) ?? []).reverse().join("")),
      [`rotateLeft(${type},int)`]: rotate,
      [`rotateRight(${type},int)`]: (value: Whole, distance: number) => rotate(value, -distance),
      [`numberOfLeadingZeros(${type})`]: (value: Whole) => `${binary(value)}1`.indexOf("1"),
      [`numberOfTrailingZeros(${type})`]: (value: Whole) =>
        width - 1 - `1${binary(value)}`.lastIndexOf("1") + 1,
      [`highestOneBit(${type})`]: (value: Whole) => fromBinary(binary(value).replace(/(?<=1.*)1/g, "0")),
      [`lowestOneBit(${type})`]: (value: Whole) => wrap(BigInt(value) & -BigInt(value)),
      [`hashCode(${type})`]: (value: Whole) =>
        Number(BigInt.asIntN(32, BigInt(value) ^ (box === "Long" ? BigInt(value) >> 32n : 0n))),
      ...(box === "Integer" && { "toUnsignedLong(int)": unsigned }),
    },
  );
}

function floatingPoint(box: "Double" | "Float", Boxed: new (value: number) => JavaDouble): JavaClass {
  const type = box.toLowerCase();
  const make = (value: number) => new Boxed(value);
  const parse = (text: string) => make(parseDouble(text));
  return JavaClass.define<JavaDouble>(
    `java.lang.${box}`,
    [NUMBER, "Comparable"],
    {
      "isNaN()": ({ value }) => Number.isNaN(value),
      "isInfinite()": ({ value }) => Math.abs(value) === Infinity,
      [`compareTo(${box})`]: ({ value }: JavaDouble, other: JavaDouble) =>
        compareFloating(value, other.value),
      "compareTo(Object)": wrongType,
    },
    {
      [`parse${box}(String)`]: parse,
      "valueOf(String)": parse,
      [`valueOf(${type})`]: make,
      [`toString(${type})`]: (value: number) => make(value).toString(),
      [`compare(${type},${type})`]: compareFloating,
      [`isNaN(${type})`]: Number.isNaN,
      [`isInfinite(${type})`]: (value: number) => Math.abs(value) === Infinity,
      [`isFinite(${type})`]: Number.isFinite,
      [`sum(${type},${type})`]: (left: number, right: number) => make(left + right),
      [`max(${type},${type})`]: (left: number, right: number) => make(Math.max(left, right)),
      [`min(${type},${type})`]: (left: number, right: number) => make(Math.min(left, right)),
    },
  );
}

function wrongType(): never {
  throw new MappingTemplateError("ClassCastException: values of different types are compared");
}

function divisor(value: bigint): bigint {
  if (value === 0n) throw new MappingTemplateError("ArithmeticException: / by zero");
  return value;
}

function compare(left: Whole, right: Whole): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `-0.0` comes before `0.0`, and NaN last. */
function compareFloating(left: number, right: number): number {
  if (Object.is(left, right)) return 0;
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
  return left < right || (left === right && Object.is(left, -0)) ? -1 : 1;
}

function toRadix(value: Whole, radix: number): string {
  return value.toString(radix >= 2 && radix <= 36 ? radix : 10);
}

function parseBoolean(text: string): boolean {
  return text.toLowerCase() === "true";
}

function toNumber(value: Whole | JavaDouble): number {
  return value instanceof JavaDouble ? value.value : Number(value);
}

/** A fraction is cut off, and what is too great becomes the greatest. */
function saturated(value: number, bits: number): bigint {
  const limit = 2 ** (bits - 1);
  if (value >= limit) return BigInt.asIntN(bits, (1n << BigInt(bits - 1)) - 1n);
  return BigInt(Math.max(Math.trunc(value) || 0, -limit));
}

function toInt(value: Whole | JavaDouble): number {
  if (typeof value === "number") return value;
  return Number(value instanceof JavaDouble ? saturated(value.value, 32) : BigInt.asIntN(32, value));
}

function toLong(value: Whole | JavaDouble): bigint {
  return value instanceof JavaDouble ? saturated(value.value, 64) : BigInt.asIntN(64, BigInt(value));
}
