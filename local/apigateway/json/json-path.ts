import type { JavaRegex } from "../../../aws/java-pattern/java-regex";
import type { JavaDecimal } from "./java-decimal";

/** A JSONPath, parsed. */
export interface JsonPath {
  /** Whether it starts at the document (`$`), not at a filter's item (`@`). */
  readonly isRooted: boolean;
  readonly steps: readonly PathStep[];
  /** The position of the first step that may find more than one place; behind the last if none does. */
  readonly firstIndefinite: number;
  /** Whether it gives a value, not a list of what it finds. */
  readonly isDefinite: boolean;
  /** The names and indexes that it is made of, if it has nothing else. */
  readonly names: readonly (string | number)[] | undefined;
}

export type PathStep =
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "indexes"; readonly indexes: readonly number[] }
  | { readonly kind: "slice"; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: "wildcard" }
  | { readonly kind: "scan" }
  | { readonly kind: "filter"; readonly filter: PathFilter }
  | { readonly kind: "function"; readonly name: string; readonly parameters: readonly PathParameter[] };

/** A function's parameter: a path, or a JSON value. */
export type PathParameter = { readonly path: JsonPath } | { readonly value: unknown };

/** Jayway's operators of filters, in capitals. */
export const FILTER_OPERATORS = [
  "==",
  "===",
  "!=",
  "!==",
  "<",
  "<=",
  ">",
  ">=",
  "=~",
  "IN",
  "NIN",
  "CONTAINS",
  "ALL",
  "SIZE",
  "EXISTS",
  "TYPE",
  "MATCHES",
  "EMPTY",
  "SUBSETOF",
  "ANYOF",
  "NONEOF",
] as const;

export type FilterOperator = (typeof FILTER_OPERATORS)[number];

export type PathFilter =
  | { readonly kind: "or" | "and"; readonly filters: readonly PathFilter[] }
  | { readonly kind: "not"; readonly filter: PathFilter }
  | { readonly kind: "exists"; readonly path: JsonPath; readonly expected: boolean }
  | {
      readonly kind: "comparison";
      readonly left: FilterTerm;
      readonly operator: FilterOperator;
      readonly right: FilterTerm;
    };

export type FilterTerm = { readonly path: JsonPath } | { readonly operand: FilterOperand };

/** What filters compare; undefined where there is nothing. */
export type FilterOperand = string | JavaDecimal | boolean | null | undefined | JsonOperand | JavaRegex;

/** A list or map in a comparison. One that stands in the path equals nothing on its left side. */
export class JsonOperand {
  constructor(
    public readonly value: unknown,
    public readonly isLiteral: boolean,
  ) {}
}

/** A path of these steps. Names that end a path count as one place: they are found together, in one map. */
export function jsonPath(isRooted: boolean, steps: readonly PathStep[]): JsonPath {
  const first = steps.findIndex((step, position) => !isDefinite(step, position === steps.length - 1));
  const firstIndefinite = first < 0 ? steps.length : first;
  return { isRooted, steps, firstIndefinite, isDefinite: first < 0, names: namesOf(steps) };
}

function namesOf(steps: readonly PathStep[]): (string | number)[] | undefined {
  const names = steps.flatMap((step): readonly (string | number)[] => {
    if (step.kind === "names" && step.names.length === 1) return step.names;
    return step.kind === "indexes" && step.indexes.length === 1 ? step.indexes : [];
  });
  return names.length === steps.length ? names : undefined;
}

/** Whether a step finds one place at most. */
export function isDefinite(step: PathStep, isLast: boolean): boolean {
  switch (step.kind) {
    case "names":
      return step.names.length === 1 || isLast;
    case "indexes":
      return step.indexes.length === 1;
    default:
      return step.kind === "function";
  }
}

/** A path that cannot be read, or cannot be followed in this document. Within a filter it means that the item does not pass. */
export class JsonPathError extends Error {
  public override readonly name: string = "JsonPathError";
}

/** There is nothing at the path. */
export class PathNotFoundError extends JsonPathError {
  public override readonly name = "PathNotFoundError";
}
