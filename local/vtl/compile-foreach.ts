import type { Compiler, Outcome, Render } from "./compiler";
import { ForeachLoop } from "./foreach-loop";
import type { JavaIterator } from "./java-list";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import type { RenderFrame } from "./render-frame";
import type { Expression, TemplateNode } from "../../aws/velocity/template-node";
import { iteratorOver } from "./iterator-over";

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MAX_ITERATIONS = 1000;

/** The variables that a loop takes for itself and gives back at its end. */
const LOOP_VARIABLES = ["foreach", "velocityCount", "velocityHasNext"];

/**
 * Makes the function that does a `#foreach` over a collection's items or a map's values; over anything else nothing is printed.
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
    const items = iteratorOver(list(frame));
    if (!items) {
      return "done";
    }
    const restore = remember(frame, [variable, ...LOOP_VARIABLES]);
    const outcome = loop(frame, variable, items, body);
    restore();
    return outcome;
  };
}

function loop(frame: RenderFrame, variable: string, items: JavaIterator, body: Render): Outcome {
  const { variables } = frame;
  const parent = variables.get("foreach");
  const position = new ForeachLoop(parent instanceof ForeachLoop ? parent : undefined);
  variables.set("foreach", position);
  while (items.hasNext()) {
    if (position.count === MAX_ITERATIONS) {
      throw new MappingTemplateError(
        `#foreach over more than ${MAX_ITERATIONS} elements, which is not allowed`,
      );
    }
    variables.set(variable, items.next());
    position.index += 1;
    position.hasNext = items.hasNext();
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
