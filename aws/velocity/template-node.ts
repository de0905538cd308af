/** A place in a template, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** `$name.property[index].method(…)`: one reference with the steps that lead from its variable to its value. */
export interface Reference {
  variable: string;
  steps: ReferenceStep[];
  /** As written, for what prints unevaluated. */
  source: string;
}

/** One step of a {@link Reference}. */
export type ReferenceStep =
  | { type: "property"; name: string }
  | { type: "index"; index: Expression }
  | { type: "method"; name: string; args: Expression[] };

/** The operators of two operands, by their symbol. */
export type BinaryOperator =
  "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%";

/** What can stand in a condition, on the right of `#set` or as an argument. */
export type Expression =
  | { type: "literal"; value: unknown }
  /** Text in double quotes; `isTooLong` where its last character goes. */
  | { type: "interpolation"; nodes: TemplateNode[]; isTooLong: boolean }
  | { type: "reference"; reference: Reference }
  | { type: "list"; items: Expression[] }
  | { type: "range"; from: Expression; to: Expression }
  | { type: "map"; entries: [Expression, Expression][] }
  | { type: "not"; operand: Expression }
  | BinaryExpression;

/** An operator with its operands. */
export interface BinaryExpression {
  type: "binary";
  operator: BinaryOperator;
  left: Expression;
  right: Expression;
}

/** One arm of an `#if`. */
export interface Branch {
  condition: Expression;
  body: TemplateNode[];
}

/** One part of a template, in the order in which the parts are rendered. */
export type TemplateNode =
  | { type: "text"; text: string }
  /** An escaped reference is evaluated, and another text printed. */
  | { type: "print"; reference: Reference; instead?: string }
  | { type: "set"; target: Reference; value: Expression }
  | { type: "if"; branches: Branch[]; otherwise: TemplateNode[] }
  | ForeachNode
  | DefineNode
  /** Of a loop that is not the innermost, the loop. */
  | { type: "break"; loop: Expression | undefined }
  | { type: "stop" };

/** `#define($variable)` with its block. */
export interface DefineNode {
  type: "define";
  variable: string;
  body: TemplateNode[];
  place: Place;
}

/** `#foreach($variable in list)` with its body. */
export interface ForeachNode {
  type: "foreach";
  variable: string;
  list: Expression;
  body: TemplateNode[];
  place: Place;
}
