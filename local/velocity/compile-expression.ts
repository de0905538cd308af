import type { BinaryOperator, Expression, TemplateNode } from "../../aws/velocity/template-node";
import { operate } from "./arithmetic";
import { compileReference } from "./compile-reference";
import type { Compiler, Evaluate } from "./compiler";
import { integerRange } from "./integer-range";
import { JavaList } from "./java-list";
import type { RenderFrame } from "./render-frame";
import { isLarge, weightOf } from "./weight";

/** Makes the function that computes an expression. A reference without a value is the empty string, as on AWS. */
export function compileExpression(expression: Expression, compiler: Compiler): Evaluate {
  const compile = (part: Expression): Evaluate => compiler.expression(part);
  switch (expression.type) {
    case "literal": {
      const { value } = expression;
      return () => value;
    }
    case "interpolation":
      return compileInterpolation(expression.nodes, expression.isTooLong, compiler);
    case "reference": {
      const reference = compileReference(expression.reference, compiler);
      return (frame) => reference(frame) ?? "";
    }
    case "list": {
      const items = expression.items.map(compile);
      return (frame) => new JavaList(items.map((item) => item(frame)));
    }
    case "range": {
      const [from, to] = [compile(expression.from), compile(expression.to)];
      return (frame) => {
        const range = integerRange(from(frame), to(frame));
        frame.spend(range?.items.length ?? 0);
        return range;
      };
    }
    case "map":
      return compileMap(expression.entries, compiler);
    case "not": {
      const operand = compileCondition(expression.operand, compiler);
      return (frame) => !operand(frame);
    }
    case "binary":
      return compileBinary(expression.operator, expression.left, expression.right, compiler);
  }
}

const ARITHMETIC: ReadonlySet<BinaryOperator> = new Set(["+", "-", "*", "/", "%"]);

/**
 * Makes the function that tells whether a condition holds. A reference holds unless its value is false, even without a value;
 * constants, lists, maps and sums never hold and are not even computed, as in Velocity 1.7.
 */
export function compileCondition(
  expression: Expression,
  compiler: Compiler,
): (frame: RenderFrame) => boolean {
  const value = compiler.expression(expression);
  switch (expression.type) {
    case "reference":
      return (frame) => value(frame) !== false;
    case "not":
      return (frame) => value(frame) === true;
    case "binary":
      return ARITHMETIC.has(expression.operator) ? () => false : (frame) => value(frame) === true;
    case "literal": {
      const holds = expression.value === true;
      return () => holds;
    }
    default:
      return () => false;
  }
}

function compileInterpolation(nodes: TemplateNode[], isTooLong: boolean, compiler: Compiler): Evaluate {
  const render = compiler.nodes(nodes);
  const end = isTooLong ? -1 : undefined;
  return (frame) => frame.capture(render).slice(0, end);
}

function compileMap(entries: [Expression, Expression][], compiler: Compiler): Evaluate {
  const compiled = entries.map(
    ([key, item]) => [compiler.expression(key), compiler.expression(item)] as const,
  );
  return (frame) => new Map(compiled.map(([key, item]) => [key(frame), item(frame)]));
}

function compileBinary(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  compiler: Compiler,
): Evaluate {
  if (operator === "&&" || operator === "||") {
    const [first, second] = [compileCondition(left, compiler), compileCondition(right, compiler)];
    return operator === "&&"
      ? (frame) => first(frame) && second(frame)
      : (frame) => first(frame) || second(frame);
  }
  const [first, second] = [compiler.expression(left), compiler.expression(right)];
  return (frame) => {
    const [one, other] = [first(frame), second(frame)];
    if (isLarge(one) || isLarge(other)) frame.spend(weightOf(one) + weightOf(other));
    return operate(operator, one, other);
  };
}
