import { negate, operate } from "./arithmetic";
import { compileReference } from "./compile-reference";
import type { Compiler, Evaluate } from "./compiler";
import { integerRange } from "./integer-range";
import { JavaList } from "./java-list";
import type { BinaryOperator, Expression, TemplateNode } from "./template-node";

/** Makes the function that computes an expression. A reference without a value is the empty string, as on AWS. */
export function compileExpression(expression: Expression, compiler: Compiler): Evaluate {
  const compile = (part: Expression): Evaluate => compiler.expression(part);
  switch (expression.type) {
    case "literal": {
      const { value } = expression;
      return () => value;
    }
    case "interpolation":
      return compileInterpolation(expression.nodes, compiler);
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
      return (frame) => integerRange(from(frame), to(frame));
    }
    case "map":
      return compileMap(expression.entries, compiler);
    case "not": {
      const operand = compile(expression.operand);
      return (frame) => !isTrue(operand(frame));
    }
    case "negate": {
      const operand = compile(expression.operand);
      return (frame) => negate(operand(frame));
    }
    case "binary":
      return compileBinary(expression.operator, compile(expression.left), compile(expression.right));
  }
}

/** Whether a condition holds: everything but false and null does. */
export function isTrue(value: unknown): boolean {
  return value !== false && value !== null && value !== undefined;
}

function compileInterpolation(nodes: TemplateNode[], compiler: Compiler): Evaluate {
  const render = compiler.nodes(nodes);
  return (frame) => frame.capture(() => render(frame));
}

function compileMap(entries: [Expression, Expression][], compiler: Compiler): Evaluate {
  const compiled = entries.map(
    ([key, item]) => [compiler.expression(key), compiler.expression(item)] as const,
  );
  return (frame) => new Map(compiled.map(([key, item]) => [key(frame), item(frame)]));
}

function compileBinary(operator: BinaryOperator, left: Evaluate, right: Evaluate): Evaluate {
  switch (operator) {
    case "&&":
      return (frame) => isTrue(left(frame)) && isTrue(right(frame));
    case "||":
      return (frame) => isTrue(left(frame)) || isTrue(right(frame));
    default:
      return (frame) => operate(operator, left(frame), right(frame));
  }
}
