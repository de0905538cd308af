import { evaluate } from "../expression/evaluate";
import { parseTemplate } from "../expression/parse";
import type { Scope } from "../expression/expression";
import { ExpressionError, UnknownValueError } from "../expression/expression-error";
import { bounded, isObject, toText } from "../expression/value";
import { StackError } from "../stack-error";
import { LostExpression } from "./lost-expression";

/** Value of a piece of Terraform JSON, each string and key of which is a template. Throws `StackError` at `address`. */
export function evaluateJson(value: unknown, scope: Scope, address: string): unknown {
  return bounding(value, address, () =>
    inExpression(address, value, () => bounded(valueOf(value, scope, address))),
  );
}

/** Goes through a value. Throws `StackError` at `address` where JavaScript's bounds, of calls and of sizes, end that. */
export function bounding<Result>(value: unknown, address: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StackError({ address, wrong: "is nested too deep or grows too large", got: value });
  }
}

function valueOf(value: unknown, scope: Scope, address: string): unknown {
  if (value instanceof LostExpression) throw lost(value, address);
  if (typeof value === "string") return evaluateText(value, scope, address);
  if (Array.isArray(value)) {
    return value.map((item, index) => valueOf(item, scope, `${address}[${index}]`));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      evaluateText(key, scope, address, true),
      valueOf(item, scope, `${address}.${key}`),
    ]),
  );
}

function lost({ references }: LostExpression, address: string): StackError {
  const needed = references.length === 0 ? "" : ` (it needs ${references.join(", ")})`;
  return new StackError({
    address,
    wrong: `is known only after an apply${needed}, and the plan does not hold its text`,
    mend: "Put the plan into the folder of its configuration, so that both are read",
    isUnknown: true,
  });
}

function evaluateText(text: string, scope: Scope, address: string, isKey = false): unknown {
  return inExpression(address, text, () => {
    const value = evaluate(parseTemplate(text), scope);
    return isKey ? toText(value) : value;
  });
}

function inExpression<Result>(address: string, got: unknown, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof ExpressionError) {
      throw new StackError({ address, wrong: `can't be worked out: ${error.message}`, got });
    }
    throw error instanceof UnknownValueError ? error.neededAt(address, got) : error;
  }
}
