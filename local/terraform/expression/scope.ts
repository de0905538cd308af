import type { TerraformFunction } from "./terraform-function";

/** What the names in an expression stand for. */
export interface Scope {
  /**
   * Value of the longest part of a dotted name that means something, and how many of its words that took:
   * two of `var.name.key`, three of `data.aws_region.Here.name`. Throws `ExpressionError` for an unknown name.
   */
  resolve(names: readonly string[]): { readonly value: unknown; readonly used: number };
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
