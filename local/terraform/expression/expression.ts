import { ExpressionError } from "./expression-error";

/** A step from a value to a part of it. */
export type Step =
  | { readonly kind: "attribute"; readonly name: string }
  | { readonly kind: "index"; readonly key: Expression }
  | { readonly kind: "splat"; readonly rest: readonly Step[] };

/** Syntax tree of a Terraform expression. */
export type Expression =
  | { readonly kind: "literal"; readonly value: unknown }
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "traversal"; readonly from: Expression; readonly steps: readonly Step[] }
  | CallExpression
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly items: readonly (readonly [key: Expression, value: Expression])[] }
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Expression }
  | BinaryExpression
  | ConditionalExpression
  | ForExpression
  /** `%{ for … }` of a template. */
  | { readonly kind: "joined"; readonly list: ForExpression };

export interface CallExpression {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Expression[];
  /** The last argument was followed by `...`. */
  readonly spread: boolean;
}

export interface BinaryExpression {
  readonly kind: "binary";
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface ConditionalExpression {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly yes: Expression;
  readonly no: Expression;
}

/** What a `for` goes through. */
export interface ForHeader {
  /** One name takes the value, two take key and value. */
  readonly names: readonly string[];
  readonly collection: Expression;
}

/** `[for k, v in c : value if condition]` or `{for k, v in c : key => value... if condition}`. */
export interface ForExpression extends ForHeader {
  readonly kind: "for";
  /** Present: the result is an object. */
  readonly key?: Expression;
  readonly value: Expression;
  readonly condition?: Expression;
  /** Values with the same key are grouped into lists. */
  readonly grouped: boolean;
}

/** A function of Terraform's language; throws `ExpressionError` for arguments that it can't take. */
export type TerraformFunction = (...values: readonly unknown[]) => unknown;

/** Value of a name. */
export interface Resolved {
  readonly value: unknown;
  /** How many words of the dotted name that took: two of `var.name.key`, three of `data.aws_region.Here.name`. */
  readonly used: number;
}

/** What the names in an expression stand for. */
export interface Scope {
  /** Takes the longest part of a dotted name that means something. Throws `ExpressionError` for an unknown name. */
  resolve(names: readonly string[]): Resolved;
  readonly functions: ReadonlyMap<string, TerraformFunction>;
}

/** A scope with further names in front, such as `each` or those of a `for`. */
export function withNames(scope: Scope, names: Readonly<Record<string, unknown>>): Scope {
  return {
    functions: scope.functions,
    resolve(path) {
      const [first = ""] = path;
      return Object.hasOwn(names, first) ? { value: names[first], used: 1 } : scope.resolve(path);
    },
  };
}

/** For values that are written without names and functions, such as those of variables. */
export const NO_NAMES: Scope = {
  functions: new Map(),
  resolve(names) {
    throw new ExpressionError(`${names.join(".")} can't be used in a variable's value`);
  },
};
