import type { Compiler, Outcome, Render } from "./compiler";
import { ForeachLoop } from "./foreach-loop";
import { JavaList } from "./java-list";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import type { RenderFrame } from "./render-frame";
import type { Expression, TemplateNode } from "../../aws/velocity/template-node";
import { isValueMap } from "./value-map";

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MAX_ITERATIONS = 1000;

/** The variables that a loop takes for itself and gives back at its end. */
const LOOP_VARIABLES = ["foreach", "velocityCount", "velocityHasNext"];

/**
 * Makes the function that does a `#foreach` over a list's items or a map's values; over anything else nothing is printed.
 * It throws a MappingTemplateError on more than 1,000 elements.
 */
export function compileForeach(
  variable: string,
  expression: Expression,
  nodes: TemplateNode[],
  compiler: Compiler,
): Render {
  const list = compiler.expression(expression);
  const body = compiler.nodes(nodes);
  return (frame) => {
    const items = elements(list(frame));
    if (items.length > MAX_ITERATIONS) {
      throw new MappingTemplateError(
        `#foreach over ${items.length} elements; at most ${MAX_ITERATIONS} are allowed`,
      );
    }
    const restore = remember(frame, [variable, ...LOOP_VARIABLES]);
    const outcome = loop(frame, variable, items, body);
    restore();
    return outcome;
  };
}

function elements(value: unknown): unknown[] {
  if (value instanceof JavaList) {
    return [...value.items];
  }
  return isValueMap(value) ? [...value.values()] : [];
}

function loop(frame: RenderFrame, variable: string, items: unknown[], body: Render): Outcome {
  const { variables } = frame;
  const parent = variables.get("foreach");
  const position = new ForeachLoop(items.length, parent instanceof ForeachLoop ? parent : undefined);
  variables.set("foreach", position);
  for (const item of items) {
    position.index += 1;
    variables.set(variable, item);
    variables.set("velocityCount", position.count);
    variables.set("velocityHasNext", position.hasNext);
    const outcome = body(frame);
    if (outcome !== "done") {
      return outcome === "stop" ? "stop" : "done";
    }
  }
  return "done";
}

function remember(frame: RenderFrame, names: string[]): () => void {
  const saved = names.map((name) => [name, frame.variables.get(name)] as const);
  return () => {
    for (const [name, value] of saved) {
      if (value === undefined) {
        frame.variables.delete(name);
      } else {
        frame.variables.set(name, value);
      }
    }
  };
}
