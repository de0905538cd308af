import type { Expression, Reference } from "../../aws/velocity/template-node";
import { assign } from "./assign";
import { compileReference } from "./compile-reference";
import type { Compiler, Evaluate, Render } from "./compiler";

/** Makes the function that does a `#set`. A value that Velocity cannot compute, such as `1 / 0`, sets nothing. */
export function compileSet(target: Reference, expression: Expression, compiler: Compiler): Render {
  const value = compiler.expression(expression);
  const last = target.steps.at(-1);
  if (!last) {
    const name = target.variable;
    return (frame) => {
      const result = value(frame) ?? null;
      if (result !== null) frame.variables.set(name, result);
    };
  }
  const container = compileReference({ ...target, steps: target.steps.slice(0, -1) }, compiler);
  const key = compileKey(last, compiler);
  return (frame) => {
    const result = value(frame) ?? null;
    if (result !== null) assign(container(frame), key(frame), result);
  };
}

function compileKey(step: Reference["steps"][number], compiler: Compiler): Evaluate {
  if (step.type === "index") return compiler.expression(step.index);
  const { name } = step;
  return () => name;
}
