import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import type { ForeachNode } from "../../aws/velocity/template-node";
import { compileExpression, type CompileNodes } from "./compile-expression";
import type { JavaObject } from "./introspection";
import { isValueMap, JavaArray, JavaCollection, JavaIterator, JavaList, MapView } from "./java-values";
import { type Render, type RenderFrame, StopCommand, templateWeight } from "./render-frame";
import { RenderingLimitError } from "./rendering-limits";

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MAX_ITERATIONS = 1000;

/** The variables that a loop takes for itself and gives back at its end. */
const LOOP_VARIABLES = ["foreach", "velocityCount", "velocityHasNext"];

/**
 * Makes the function that does a `#foreach` over a collection's items or a map's values; over anything else nothing is printed.
 * It throws a MappingTemplateError on more than 1,000 elements.
 */
export function compileForeach({ variable, list, body, place }: ForeachNode, nodes: CompileNodes): Render {
  const evaluateList = compileExpression(list, nodes);
  const renderBody = nodes(body);
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

/** What `#foreach` walks: a collection's or an array's items, a map's values, an iterator; undefined for anything else. */
function iteratorOver(value: unknown): JavaIterator | undefined {
  if (value instanceof JavaCollection) return new JavaIterator(value);
  if (value instanceof JavaArray) return new JavaIterator(new JavaList(value.items));
  if (isValueMap(value)) return new JavaIterator(new MapView(value, "values"));
  return value instanceof JavaIterator ? value : undefined;
}

function remember(frame: RenderFrame, names: string[]): () => void {
  const saved = names.map((name) => [name, frame.variables.get(name)] as const);
  return () => {
    for (const [name, value] of saved) {
      if (value === undefined) frame.variables.delete(name);
      else frame.variables.set(name, value);
    }
  };
}

/** `$foreach`: where a loop is. */
export class ForeachLoop implements JavaObject {
  public readonly templateName = "$foreach";
  public index = -1;
  /** Whether items were left when the item of the moment was taken. */
  public hasNext = false;

  constructor(public readonly parent: ForeachLoop | undefined) {}

  public get count(): number {
    return this.index + 1;
  }

  public get topmost(): ForeachLoop {
    return this.parent ? this.parent.topmost : this;
  }

  public property(name: string): unknown {
    return FOREACH_PROPERTIES.get(name)?.(this) ?? null;
  }

  public call(name: string): unknown {
    const property = FOREACH_METHODS.get(name);
    return property && this.property(property);
  }
}

const FOREACH_PROPERTIES = new Map<string, (loop: ForeachLoop) => unknown>([
  ["index", ({ index }) => index],
  ["count", ({ count }) => count],
  ["hasNext", ({ hasNext }) => hasNext],
  ["first", ({ index }) => index === 0],
  ["last", ({ hasNext }) => !hasNext],
  ["parent", ({ parent }) => parent],
  ["topmost", ({ topmost }) => topmost],
]);

/** The methods of `$foreach`, with the property that each gives. */
export const FOREACH_METHODS: ReadonlyMap<string, string> = new Map([
  ["hasNext", "hasNext"],
  ["isFirst", "first"],
  ["isLast", "last"],
  ["getIndex", "index"],
  ["getCount", "count"],
  ["getParent", "parent"],
  ["getTopmost", "topmost"],
]);
