import { integerValue, JavaDouble, JavaFloat } from "../../aws/velocity/java-number";
import type { BinaryOperator } from "../../aws/velocity/template-node";
import { classOf } from "./class-of";
import { javaEquals } from "./object-methods";
import { requireBits } from "./rendering-limits";
import { valueText } from "./value-text";

type Integer = number | bigint;
type Numeric = Integer | JavaDouble;

/** The result of an arithmetic or comparing operator as Velocity computes it; null where Velocity gives no result. */
export function operate(
  operator: Exclude<BinaryOperator, "&&" | "||">,
  left: unknown,
  right: unknown,
): unknown {
  switch (operator) {
    case "==":
      return looselyEqual(left, right);
    case "!=":
      return !looselyEqual(left, right);
    case "<":
      return isNumeric(left) && isNumeric(right) && compare(left, right) < 0;
    case "<=":
      return isNumeric(left) && isNumeric(right) && compare(left, right) <= 0;
    case ">":
      return isNumeric(left) && isNumeric(right) && compare(left, right) > 0;
    case ">=":
      return isNumeric(left) && isNumeric(right) && compare(left, right) >= 0;
    case "+":
      return typeof left === "string" || typeof right === "string"
        ? valueText(left) + valueText(right)
        : calculate(operator, left, right);
    default:
      return calculate(operator, left, right);
  }
}

function isNumeric(value: unknown): value is Numeric {
  return typeof value === "number" || typeof value === "bigint" || value instanceof JavaDouble;
}

function primitive(value: Numeric): Integer {
  return value instanceof JavaDouble ? value.value : value;
}

/** NaN is neither less nor greater than anything, and so equals everything in Velocity. */
function compare(left: Numeric, right: Numeric): number {
  const [first, second] = [primitive(left), primitive(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Numbers by value, values of one class by `equals`, others by their text: `1 == "1"`. */
function looselyEqual(left: unknown, right: unknown): boolean {
  if (isNumeric(left) && isNumeric(right)) return compare(left, right) === 0;
  if (left === right) return true;
  const absent = (left ?? null) === null || (right ?? null) === null;
  if (absent || javaEquals(left, right)) return !absent;
  return classOf(left) !== classOf(right) && valueText(left) === valueText(right);
}

type Arithmetic = "+" | "-" | "*" | "/" | "%";

function calculate(operator: Arithmetic, left: unknown, right: unknown): unknown {
  if (!isNumeric(left) || !isNumeric(right)) return null;
  if ((operator === "/" || operator === "%") && Number(primitive(right)) === 0) return null;
  if (left instanceof JavaDouble || right instanceof JavaDouble) {
    const Result = isDouble(left) || isDouble(right) ? JavaDouble : JavaFloat;
    return new Result(onDoubles(operator, Number(primitive(left)), Number(primitive(right))));
  }
  if (typeof left === "number" && typeof right === "number") {
    // Bigints are slow, and most numbers are small. A `-0` is none of Java's integers.
    const quick = Math.trunc(onDoubles(operator, left, right)) + 0;
    if (quick === (quick | 0)) return quick;
  }
  const result = requireBits(onIntegers(operator, BigInt(left), BigInt(right)));
  return typeof left === "number" && typeof right === "number" ? integerValue(result) : result;
}

/** With a Float and an integer, Velocity calculates in floats. */
function isDouble(value: Numeric): boolean {
  return value instanceof JavaDouble && !(value instanceof JavaFloat);
}

function onDoubles(operator: Arithmetic, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
  }
}

function onIntegers(operator: Arithmetic, left: bigint, right: bigint): bigint {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
  }
}
