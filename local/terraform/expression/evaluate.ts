import {
  type BinaryExpression,
  type CallExpression,
  type ConditionalExpression,
  type Expression,
  type ForExpression,
  type Scope,
  type Step,
  withNames,
} from "./expression";
import { ExpressionError, UnknownValueError } from "./expression-error";
import { entriesOf, grouped, unique } from "./for-entries";
import { missingFunction } from "./functions/missing-function";
import { StandIn } from "./stand-in";
import { knownAgain, refuseRevealing, requireFound } from "./unknown-arguments";
import {
  LazyObject,
  type ObjectValue,
  bounded,
  describe,
  equals,
  isObject,
  requireKnown,
  toBoolean,
  toList,
  toNumber,
  toText,
} from "./value";

/** Works out the value of an expression. Throws `ExpressionError`, and `UnknownValueError` for what only AWS knows. */
export function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return bounded(expression.parts.map((part) => toText(evaluate(part, scope))).join(""));
    case "variable":
      return evaluateTraversal(expression, [], scope);
    case "traversal":
      return evaluateTraversal(expression.from, expression.steps, scope);
    case "call":
      return evaluateCall(expression, scope);
    case "list":
      return bounded(expression.items.map((item) => evaluate(item, scope)));
    case "object":
      return bounded(
        Object.fromEntries(
          expression.items.map(([key, value]) => [toText(evaluate(key, scope)), evaluate(value, scope)]),
        ),
      );
    case "unary": {
      const value = evaluate(expression.operand, scope);
      return expression.operator === "!" ? !toBoolean(value) : -toNumber(value);
    }
    case "binary":
      return evaluateBinary(expression, scope);
    case "conditional":
      return evaluateConditional(expression, scope);
    case "for":
      return bounded(evaluateFor(expression, scope));
    case "joined":
      return bounded(toList(evaluateFor(expression.list, scope)).map(toText).join(""));
  }
}

function evaluateTraversal(from: Expression, steps: readonly Step[], scope: Scope): unknown {
  if (from.kind !== "variable") return follow(evaluate(from, scope), steps, scope);
  const { value, used } = scope.resolve([from.name, ...leadingNames(steps)]);
  return follow(value, steps.slice(used - 1), scope);
}

function leadingNames(steps: readonly Step[]): string[] {
  const end = steps.findIndex(({ kind }) => kind !== "attribute");
  return steps.slice(0, end < 0 ? undefined : end).flatMap((step) => ("name" in step ? step.name : []));
}

function follow(value: unknown, steps: readonly Step[], scope: Scope): unknown {
  const [step, ...rest] = steps;
  switch (step?.kind) {
    case undefined:
      return value;
    case "attribute":
      return follow(attributeOf(value, step.name), rest, scope);
    case "index":
      return follow(itemOf(value, evaluate(step.key, scope)), rest, scope);
    case "splat":
      return follow(
        splat(value).map((item) => follow(item, step.rest, scope)),
        rest,
        scope,
      );
  }
}

/** Anything but a list counts as a list of one, and null as an empty one. */
function splat(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (value instanceof StandIn) throw new UnknownValueError(value.address);
  return Array.isArray(value) ? value : [value];
}

function attributeOf(value: unknown, name: string): unknown {
  if (value instanceof LazyObject) return value.attribute(name);
  if (value instanceof StandIn) return value.step(`.${name}`);
  if (isObject(value) && Object.hasOwn(value, name)) return value[name];
  requireKnown(name, ...(isObject(value) ? Object.keys(value) : []));
  throw new ExpressionError(`there is no attribute ${name} in ${describe(value)}`);
}

function itemOf(value: unknown, key: unknown): unknown {
  if (value instanceof StandIn) return value.step(`[${JSON.stringify(key)}]`);
  if (!Array.isArray(value)) {
    requireFound(value, key);
    return attributeOf(value, toText(key));
  }
  const list: readonly unknown[] = value;
  const index = toNumber(key);
  if (!Number.isInteger(index) || index < 0 || index >= list.length) {
    throw new ExpressionError(`there is no index ${index} in a list of ${list.length}`);
  }
  return list[index];
}

function evaluateCall(call: CallExpression, scope: Scope): unknown {
  if (call.name === "try") return firstThatWorks(call.arguments, scope);
  if (call.name === "can") return works(call.arguments, scope);
  const name = call.name.replace(/^core::/, "");
  const called = scope.functions.get(name);
  if (called === undefined) throw missingFunction(call.name);
  const values = call.arguments.map((argument) => evaluate(argument, scope));
  const spread = call.spread ? toList(values.pop()) : [];
  const all = [...values, ...spread];
  refuseRevealing(name, all);
  return inCall(call.name, () => knownAgain(name, all, called(...all)));
}

function inCall(name: string, run: () => unknown): unknown {
  try {
    return bounded(run());
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new ExpressionError(`${name}(): ${error.message}`);
  }
}

function firstThatWorks(expressions: readonly Expression[], scope: Scope): unknown {
  const failures: string[] = [];
  for (const expression of expressions) {
    try {
      return evaluate(expression, scope);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      failures.push(error.message);
    }
  }
  throw new ExpressionError(`try(): no argument works: ${failures.join("; ")}`);
}

function works(expressions: readonly Expression[], scope: Scope): boolean {
  try {
    // Whether it works at the apply, only that tells.
    requireKnown(...expressions.map((expression) => evaluate(expression, scope)));
    return true;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return false;
  }
}

/** Both sides have one type: a number or boolean becomes text where the other side is written as text. */
function evaluateConditional({ condition, yes, no }: ConditionalExpression, scope: Scope): unknown {
  const [needed, other] = toBoolean(evaluate(condition, scope)) ? [yes, no] : [no, yes];
  const value = evaluate(needed, scope);
  const isPrimitive = typeof value === "number" || typeof value === "boolean";
  return isPrimitive && isWrittenAsText(other) ? toText(value) : value;
}

function isWrittenAsText(expression: Expression): boolean {
  return (
    expression.kind === "template" || (expression.kind === "literal" && typeof expression.value === "string")
  );
}

/** Unlike Terraform's, `&&` and `||` look at the right side only when it matters. */
function evaluateBinary({ operator, left, right }: BinaryExpression, scope: Scope): unknown {
  const first = evaluate(left, scope);
  if (operator === "&&") return toBoolean(first) && toBoolean(evaluate(right, scope));
  if (operator === "||") return toBoolean(first) || toBoolean(evaluate(right, scope));
  const second = evaluate(right, scope);
  if (operator === "==") return equals(first, second);
  if (operator === "!=") return !equals(first, second);
  return OPERATIONS[operator]?.(toNumber(first), toNumber(second));
}

const OPERATIONS: Readonly<Record<string, (left: number, right: number) => unknown>> = {
  "<": (left, right) => left < right,
  ">": (left, right) => left > right,
  "<=": (left, right) => left <= right,
  ">=": (left, right) => left >= right,
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / nonZero(right),
  // As Terraform's, of which a division by zero leaves all.
  "%": (left, right) => (right === 0 ? left : left % right),
};

function nonZero(divisor: number): number {
  if (divisor === 0) throw new ExpressionError("division by zero");
  return divisor;
}

function evaluateFor(expression: ForExpression, scope: Scope): unknown {
  const results: [key: string, value: unknown][] = [];
  for (const names of bindings(expression, evaluate(expression.collection, scope))) {
    const inner = withNames(scope, names);
    const { condition, key, value } = expression;
    if (condition !== undefined && !toBoolean(evaluate(condition, inner))) continue;
    results.push([key === undefined ? "" : toText(evaluate(key, inner)), evaluate(value, inner)]);
  }
  if (expression.key === undefined) return results.map(([, value]) => value);
  return expression.grouped ? grouped(results) : unique(results);
}

function bindings({ names }: ForExpression, collection: unknown): ObjectValue[] {
  const [first = "", second] = names;
  return entriesOf(collection).map(([key, value]) =>
    second === undefined ? { [first]: value } : { [first]: key, [second]: value },
  );
}
