import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import type { Branch, Expression, Reference, TemplateNode } from "../../aws/velocity/template-node";
import { compileCondition, compileExpression } from "./compile-expression";
import { compileForeach } from "./compile-foreach";
import { compileReference } from "./compile-reference";
import { compileSet } from "./compile-set";
import type { Compiler, Render } from "./compiler";
import { DefinedBlock } from "./defined-block";
import { ForeachLoop } from "./foreach-loop";
import { RenderingLimitError } from "./rendering-limit-error";
import { StopCommand } from "./stop-command";
import { valueText } from "./value-text";
import { templateWeight, weightOf } from "./weight";

const COMPILER: Compiler = {
  expression: (expression) => compileExpression(expression, COMPILER),
  nodes: (nodes) => compileTemplate(nodes),
};

/** Makes the function that renders a parsed template; all that can be decided before the first request is decided here. */
export function compileTemplate(nodes: TemplateNode[]): Render {
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
      return compileSet(node.target, node.value, COMPILER);
    case "if":
      return compileIf(node.branches, node.otherwise);
    case "foreach":
      return compileForeach(node, COMPILER);
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
  const value = compileReference(reference, COMPILER);
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

function compileIf(branches: Branch[], otherwise: TemplateNode[]): Render {
  const arms = branches.map((branch) => ({
    condition: compileCondition(branch.condition, COMPILER),
    body: compileTemplate(branch.body),
  }));
  const rest = compileTemplate(otherwise);
  return (frame) => {
    const arm = arms.find(({ condition }) => condition(frame));
    (arm?.body ?? rest)(frame);
  };
}

function compileDefine({ variable, body, place }: Extract<TemplateNode, { type: "define" }>): Render {
  const renderBody = compileTemplate(body);
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
  const loop = expression && compileExpression(expression, COMPILER);
  return (frame) => {
    const ended = loop?.(frame) ?? "nearest";
    if (ended !== "nearest" && !(ended instanceof ForeachLoop)) {
      throw new MappingTemplateError("#break takes the $foreach of a loop");
    }
    throw new StopCommand(ended);
  };
}
