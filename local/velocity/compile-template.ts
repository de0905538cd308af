import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import type {
  Branch,
  DefineNode,
  Expression,
  Reference,
  TemplateNode,
} from "../../aws/velocity/template-node";
import { compileCondition, compileExpression, compileReference, DefinedBlock } from "./compile-expression";
import { compileForeach, ForeachLoop } from "./compile-foreach";
import { assign } from "./introspection";
import { type Evaluate, type Render, StopCommand, templateWeight, weightOf } from "./render-frame";
import { RenderingLimitError } from "./rendering-limits";
import { valueText } from "./value-text";

/** Makes the function that renders a parsed template; all that can be decided before the first request is decided here. */
export function compileTemplate(nodes: TemplateNode[]): Render {
  const render = compileNodes(nodes);
  return (frame) => {
    try {
      render(frame);
    } catch (error) {
      if (!(error instanceof StopCommand)) throw error;
    }
  };
}

function compileNodes(nodes: TemplateNode[]): Render {
  const parts = nodes.map(compileNode);
  return (frame) => {
    for (const part of parts) part(frame);
  };
}

function compileNode(node: TemplateNode): Render {
  switch (node.type) {
    case "text": {
      const { text } = node;
      return (frame) => {
        frame.print(text);
      };
    }
    case "print":
      return compilePrint(node.reference, node.instead);
    case "set":
      return compileSet(node.target, node.value);
    case "if":
      return compileIf(node.branches, node.otherwise);
    case "foreach":
      return compileForeach(node, compileNodes);
    case "define":
      return compileDefine(node);
    case "break":
      return compileBreak(node.loop);
    case "stop":
      return () => {
        throw new StopCommand("all");
      };
  }
}

function compilePrint(reference: Reference, instead: string | undefined): Render {
  const value = compileReference(reference, compileNodes);
  if (instead !== undefined) {
    return (frame) => {
      value(frame);
      frame.print(instead);
    };
  }
  return (frame) => {
    const found = value(frame);
    if (typeof found === "object") frame.spend(weightOf(found));
    frame.print(valueText(found));
  };
}

/** A value that Velocity cannot compute, such as `1 / 0`, sets nothing. */
function compileSet(target: Reference, expression: Expression): Render {
  const value = compileExpression(expression, compileNodes);
  const last = target.steps.at(-1);
  if (!last) {
    const name = target.variable;
    return (frame) => {
      const result = value(frame) ?? null;
      if (result !== null) frame.variables.set(name, result);
    };
  }
  const container = compileReference({ ...target, steps: target.steps.slice(0, -1) }, compileNodes);
  const key: Evaluate = last.type === "index" ? compileExpression(last.index, compileNodes) : () => last.name;
  return (frame) => {
    const result = value(frame) ?? null;
    if (result !== null) assign(container(frame), key(frame), result);
  };
}

function compileIf(branches: Branch[], otherwise: TemplateNode[]): Render {
  const arms = branches.map((branch) => ({
    condition: compileCondition(branch.condition, compileNodes),
    body: compileNodes(branch.body),
  }));
  const rest = compileNodes(otherwise);
  return (frame) => {
    const arm = arms.find(({ condition }) => condition(frame));
    (arm?.body ?? rest)(frame);
  };
}

function compileDefine({ variable, body, place }: DefineNode): Render {
  const renderBody = compileNodes(body);
  const steps = 1 + templateWeight(body);
  const limited: Render = (frame) => {
    try {
      frame.spend(steps);
      renderBody(frame);
    } catch (error) {
      throw error instanceof RenderingLimitError ? error.in("#define", place) : error;
    }
  };
  return (frame) => {
    frame.variables.set(variable, new DefinedBlock(limited));
  };
}

function compileBreak(expression: Expression | undefined): Render {
  const loop = expression && compileExpression(expression, compileNodes);
  return (frame) => {
    const ended = loop?.(frame) ?? "nearest";
    if (ended !== "nearest" && !(ended instanceof ForeachLoop)) {
      throw new MappingTemplateError("#break takes the $foreach of a loop");
    }
    throw new StopCommand(ended);
  };
}
