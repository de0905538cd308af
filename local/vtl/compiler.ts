import type { RenderFrame } from "./render-frame";
import type { Expression, TemplateNode } from "../../aws/velocity/template-node";

/** Computes a value; null or undefined for none. */
export type Evaluate = (frame: RenderFrame) => unknown;

/** How a part of a template ended: normally, by `#break` or by `#stop`. */
export type Outcome = "done" | "break" | "stop";

/** Prints a part of a template. */
export type Render = (frame: RenderFrame) => Outcome;

/** The compilers that need each other: expressions contain templates, in double quotes, and templates expressions. */
export interface Compiler {
  expression(expression: Expression): Evaluate;
  nodes(nodes: TemplateNode[]): Render;
}
