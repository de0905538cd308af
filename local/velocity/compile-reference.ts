import type { Reference, ReferenceStep } from "../../aws/velocity/template-node";
import { callMethod } from "./call-method";
import type { Compiler, Evaluate } from "./compiler";
import { DefinedBlock } from "./defined-block";
import { readIndex, readProperty } from "./read-member";
import type { RenderFrame } from "./render-frame";
import { isLarge, weightOf } from "./weight";

type Step = (target: unknown, frame: RenderFrame) => unknown;

/** Makes the function that gives a reference's value; null or undefined where some step leads nowhere. */
export function compileReference(reference: Reference, compiler: Compiler): Evaluate {
  const { variable } = reference;
  const steps = reference.steps.map((step) => compileStep(step, compiler));
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

function compileStep(step: ReferenceStep, compiler: Compiler): Step {
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
      const index = compiler.expression(step.index);
      return (target, frame) => {
        const key = index(frame);
        if (typeof key === "object") frame.spend(weightOf(target));
        return readIndex(target, key);
      };
    }
    case "method": {
      const { name } = step;
      const args = step.args.map((argument) => compiler.expression(argument));
      return (target, frame) =>
        callMethod(
          target,
          name,
          args.map((argument) => argument(frame)),
          frame,
        );
    }
  }
}
