import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import type { TemplateNode } from "../../aws/velocity/template-node";
import type { Compiler, Render } from "./compiler";
import { ForeachLoop } from "./foreach-loop";
import { iteratorOver } from "./iterator-over";
import type { JavaIterator } from "./java-list";
import type { RenderFrame } from "./render-frame";
import { RenderingLimitError } from "./rendering-limit-error";
import { StopCommand } from "./stop-command";
import { templateWeight } from "./weight";

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MAX_ITERATIONS = 1000;

/** The variables that a loop takes for itself and gives back at its end. */
const LOOP_VARIABLES = ["foreach", "velocityCount", "velocityHasNext"];

/**
 * Makes the function that does a `#foreach` over a collection's items or a map's values; over anything else nothing is printed.
 * It throws a MappingTemplateError on more than 1,000 elements.
 */
export function compileForeach(
  { variable, list, body, place }: Extract<TemplateNode, { type: "foreach" }>,
  compiler: Compiler,
): Render {
  const evaluateList = compiler.expression(list);
  const renderBody = compiler.nodes(body);
  const steps = 1 + templateWeight(body);
  return (frame) => {
    const items = iteratorOver(evaluateList(frame));
    if (!items) return;
    const restore = remember(frame, [variable, ...LOOP_VARIABLES]);
    try {
      loop(frame, variable, items, (inner) => {
        inner.spend(steps);
        renderBody(inner);
      });
    } catch (error) {
      throw error instanceof RenderingLimitError ? error.in("#foreach", place) : error;
    }
    restore();
  };
}

function loop(frame: RenderFrame, variable: string, items: JavaIterator, body: Render): void {
  const { variables } = frame;
  const parent = variables.get("foreach");
  const position = new ForeachLoop(parent instanceof ForeachLoop ? parent : undefined);
  variables.set("foreach", position);
  try {
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
      body(frame);
    }
  } catch (error) {
    if (!(error instanceof StopCommand && error.endsLoop(position))) throw error;
  }
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
