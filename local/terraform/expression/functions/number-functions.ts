import type { TerraformFunction } from "../expression";
import { ExpressionError } from "../expression-error";
import { describe, toNumber } from "../value";
import { ANY, LIST, NUMBER, WHOLE, isPresent, taking, takingMore } from "./parameters";

/** Functions over numbers. @see https://developer.hashicorp.com/terraform/language/functions */
export const NUMBER_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  abs: taking([NUMBER], Math.abs),
  ceil: taking([NUMBER], (number) => Math.ceil(number) + 0),
  floor: taking([NUMBER], Math.floor),
  log: taking([NUMBER, NUMBER], (number, base) => finite(Math.log(number) / Math.log(base))),
  max: takingMore([NUMBER], NUMBER, (...numbers) => Math.max(...numbers)),
  min: takingMore([NUMBER], NUMBER, (...numbers) => Math.min(...numbers)),
  parseint: taking([ANY, WHOLE], parseInteger),
  pow: taking([NUMBER, NUMBER], (number, power) => finite(Math.pow(number, power))),
  range: takingMore([], NUMBER, range),
  signum: taking([WHOLE], Math.sign),
  sum: taking([LIST], sum),
};

/** As in Go: capital letters are digits of their own in bases above 36. */
const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

function finite(number: number): number {
  if (Number.isFinite(number)) return number;
  throw new ExpressionError(`it gives ${Number.isNaN(number) ? "no number" : "an infinite number"}`);
}

function parseInteger(text: unknown, base: number): number {
  if (typeof text !== "string") throw new ExpressionError(`a string is needed here, not ${describe(text)}`);
  if (base < 2 || base > 62) throw new ExpressionError(`the base is ${base}, and must be from 2 to 62`);
  const digits = Array.from(text.replace(/^[-+]/, ""), (digit) =>
    DIGITS.indexOf(base > 36 ? digit : digit.toLowerCase()),
  );
  if (digits.length === 0 || digits.some((digit) => digit === -1 || digit >= base)) {
    throw new ExpressionError(`${JSON.stringify(text)} is no whole number of base ${base}`);
  }
  const number = digits.reduce((all, digit) => all * base + digit, 0);
  if (number > Number.MAX_SAFE_INTEGER) {
    throw new ExpressionError(`${JSON.stringify(text)} has more digits than the local gateway keeps`);
  }
  return text.startsWith("-") && number > 0 ? -number : number;
}

function sum(list: readonly unknown[]): number {
  if (list.length === 0) throw new ExpressionError("the list is empty");
  return list.reduce((all: number, item) => {
    if (!isPresent(item)) throw new ExpressionError("the list holds a null");
    return all + toNumber(item);
  }, 0);
}

function range(...values: readonly number[]): number[] {
  const [first = 0, second, third] = values;
  if (values.length < 1 || values.length > 3) {
    throw new ExpressionError(`it takes 1 to 3 arguments, not ${values.length}`);
  }
  const [start, end] = second === undefined ? [0, first] : [first, second];
  const step = third ?? (start <= end ? 1 : -1);
  if (start === end) return [];
  if (step === 0) throw new ExpressionError("the step is 0");
  if (step > 0 !== end > start) {
    throw new ExpressionError("the step leads away from the end");
  }
  const count = Math.max(0, Math.ceil((end - start) / step));
  if (count > 1024) throw new ExpressionError("it has more than 1,024 values, which Terraform refuses");
  return Array.from({ length: count }, (_, index) => start + index * step);
}
