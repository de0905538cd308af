import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import type {
  BinaryExpression,
  BinaryOperator,
  Expression,
  Reference,
  ReferenceStep,
  TemplateNode,
} from "../../aws/velocity/template-node";
import { operate } from "./arithmetic";
import { callMethod, readIndex, readProperty } from "./introspection";
import { JavaList } from "./java-values";
import { type Evaluate, isLarge, type Render, type RenderFrame, StopCommand, weightOf } from "./render-frame";

/** Makes the function that renders the parts of a template, which stand within expressions, in double quotes. */
export type CompileNodes = (nodes: TemplateNode[]) => Render;

const ARITHMETIC: ReadonlySet<BinaryOperator> = new Set(["+", "-", "*", "/", "%"]);

/** Far more than `#foreach` may walk, and little enough to hold. */
const MAX_RANGE = 100_000;

/** As in Velocity, a block inside itself is rendered so many times and then gives nothing. */
const MAX_DEPTH = 2;

/** Makes the function that computes an expression. A reference without a value is the empty string, as on AWS. */
export function compileExpression(expression: Expression, nodes: CompileNodes): Evaluate {
  const compile = (part: Expression): Evaluate => compileExpression(part, nodes);
  switch (expression.type) {
    case "literal": {
      const { value } = expression;
      return () => value;
    }
    case "interpolation": {
      const render = nodes(expression.nodes);
      const end = expression.isTooLong ? -1 : undefined;
      return (frame) => frame.capture(render).slice(0, end);
    }
    case "reference": {
      const reference = compileReference(expression.reference, nodes);
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
    case "map": {
      const entries = expression.entries.map(([key, item]) => [compile(key), compile(item)] as const);
      return (frame) => new Map(entries.map(([key, item]) => [key(frame), item(frame)]));
    }
    case "not": {
      const operand = compileCondition(expression.operand, nodes);
      return (frame) => !operand(frame);
    }
    case "binary":
      return compileBinary(expression, nodes);
  }
}

/**
 * Makes the function that tells whether a condition holds. A reference holds unless its value is false, even without a value;
 * constants, lists, maps and sums never hold and are not even computed, as in Velocity 1.7.
 */
export function compileCondition(
  expression: Expression,
  nodes: CompileNodes,
): (frame: RenderFrame) => boolean {
  const value = compileExpression(expression, nodes);
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

function compileBinary({ operator, left, right }: BinaryExpression, nodes: CompileNodes): Evaluate {
  if (operator === "&&" || operator === "||") {
    const [first, second] = [compileCondition(left, nodes), compileCondition(right, nodes)];
    return operator === "&&"
      ? (frame) => first(frame) && second(frame)
      : (frame) => first(frame) || second(frame);
  }
  const [first, second] = [compileExpression(left, nodes), compileExpression(right, nodes)];
  return (frame) => {
    const [one, other] = [first(frame), second(frame)];
    if (isLarge(one) || isLarge(other)) frame.spend(weightOf(one) + weightOf(other));
    return operate(operator, one, other);
  };
}

/**
 * `[from..to]`, upwards or downwards, both ends included; null unless both are integers.
 *
 * @throws MappingTemplateError over 100,000 numbers
 */
function integerRange(from: unknown, to: unknown): JavaList | null {
  if (typeof from !== "number" || typeof to !== "number") return null;
  const step = to < from ? -1 : 1;
  const length = Math.abs(to - from) + 1;
  if (length > MAX_RANGE) throw new MappingTemplateError(`the range [${from}..${to}] is too long`);
  return new JavaList(Array.from({ length }, (_, index) => from + index * step));
}

/** Makes the function that gives a reference's value; null or undefined where some step leads nowhere. */
export function compileReference(reference: Reference, nodes: CompileNodes): Evaluate {
  const { variable } = reference;
  const steps = reference.steps.map((step) => compileStep(step, nodes));
  if (steps.length === 0) return compileVariable(variable);
  return (frame) => {
    let value = frame.variables.get(variable);
    for (const step of steps) {
      if (value === null || value === undefined) return null;
      value = step(value, frame);
    }
    return value;
  };
}

function compileVariable(name: string): Evaluate {
  return (frame) => {
    const value = frame.variables.get(name);
    return value instanceof DefinedBlock ? value.render(frame) : value;
  };
}

function compileStep(
  step: ReferenceStep,
  nodes: CompileNodes,
): (target: unknown, frame: RenderFrame) => unknown {
  switch (step.type) {
    case "property": {
      const { name } = step;
      return (target, frame) => {
        const value = readProperty(target, name);
        if (isLarge(value) && typeof target === "string") frame.spend(weightOf(target));
        return value;
      };
    }
    case "index": {
      const index = compileExpression(step.index, nodes);
      return (target, frame) => {
        const key = index(frame);
        if (typeof key === "object") frame.spend(weightOf(target));
        return readIndex(target, key);
      };
    }
    case "method": {
      const { name } = step;
      const args = step.args.map((argument) => compileExpression(argument, nodes));
      return (target, frame) => {
        const given = args.map((argument) => argument(frame));
        return callMethod(target, name, given, frame);
      };
    }
  }
}

/** What `#define` binds a variable to: rendered anew, with the variables of that moment, wherever the variable stands. */
export class DefinedBlock {
  private depth = 0;

  constructor(private readonly body: Render) {}

  public render(frame: RenderFrame): string {
    if (this.depth >= MAX_DEPTH) return "";
    this.depth += 1;
    const text = frame.capture((inner) => {
      try {
        this.body(inner);
      } catch (error) {
        if (!(error instanceof StopCommand && error.endsBlock)) throw error;
      }
    });
    this.depth -= 1;
    return text;
  }
}
