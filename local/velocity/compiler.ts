import type { Expression, TemplateNode } from "../../aws/velocity/template-node";
import type { RenderFrame } from "./render-frame";

/** Computes a value; null or undefined for none. */
export type Evaluate = (frame: RenderFrame) => unknown;

/** Prints a part of a template. It throws a StopCommand for what `#break` and `#stop` leave out. */
export type Render = (frame: RenderFrame) => void;

/** The compilers that need each other: expressions contain templates, in double quotes, and templates expressions. */
export interface Compiler {
  expression(expression: Expression): Evaluate;
  nodes(nodes: TemplateNode[]): Render;
}
