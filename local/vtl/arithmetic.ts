import { integerValue } from "../../aws/velocity/integer-value";
import { JavaDouble } from "../../aws/velocity/java-double";
import { javaEquals } from "./java-equals";
import type { BinaryOperator } from "../../aws/velocity/template-node";
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
    case "<=":
    case ">":
    case ">=":
      return isNumeric(left) && isNumeric(right) && ordered(operator, primitive(left), primitive(right));
    case "+":
      return typeof left === "string" || typeof right === "string"
        ? valueText(left) + valueText(right)
        : calculate(operator, left, right);
    default:
      return calculate(operator, left, right);
  }
}

/** The number with its sign changed; null for what is no number. */
export function negate(value: unknown): unknown {
  return value instanceof JavaDouble ? new JavaDouble(-value.value) : operate("-", 0, value);
}

function isNumeric(value: unknown): value is Numeric {
  return typeof value === "number" || typeof value === "bigint" || value instanceof JavaDouble;
}

function primitive(value: Numeric): Integer {
  return value instanceof JavaDouble ? value.value : value;
}

/** Numbers by value, values of one type by `equals`, others by their text: `1 == "1"`. */
function looselyEqual(left: unknown, right: unknown): boolean {
  if (left === right) {
    return true;
  }
  if (isNumeric(left) && isNumeric(right)) {
    return primitive(left) == primitive(right);
  }
  const absent = (left ?? null) === null || (right ?? null) === null;
  return !absent && (javaEquals(left, right) || valueText(left) === valueText(right));
}

function ordered(operator: "<" | "<=" | ">" | ">=", left: Integer, right: Integer): boolean {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

type Arithmetic = "+" | "-" | "*" | "/" | "%";

function calculate(operator: Arithmetic, left: unknown, right: unknown): unknown {
  if (!isNumeric(left) || !isNumeric(right)) {
    return null;
  }
  if ((operator === "/" || operator === "%") && Number(primitive(right)) === 0) {
    return null;
  }
  if (left instanceof JavaDouble || right instanceof JavaDouble) {
    return new JavaDouble(onDoubles(operator, Number(primitive(left)), Number(primitive(right))));
  }
  return integerValue(onIntegers(operator, BigInt(left), BigInt(right)));
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
