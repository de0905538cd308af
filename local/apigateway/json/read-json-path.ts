import { JavaPatternError } from "../../../aws/java-pattern/java-pattern-error";
import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import { isValueMap, JavaList } from "../../velocity/java-values";
import { COMPARE, operandOf } from "./filter-operators";
import {
  type FilterOperand,
  type FilterTerm,
  type JsonPath,
  JsonPathError,
  type PathFilter,
  PathNotFoundError,
} from "./json-path";
import { parseJsonPath } from "./parse-json-path";
import { type PathContext, PathWalk } from "./path-walk";

/** Templates and mappings have few paths; the bound is for those put together from what callers send. */
const MAX_CACHED = 500;

/** More than twice what the largest payload has values; paths with more than one `..`, or filters, might go on for hours. */
const MAX_STEPS = 12_000_000;

const CACHE = new Map<string, JsonPath>();

/**
 * What a JSONPath finds in template values, read as Jayway 2.10 does; undefined if there is nothing. That API Gateway uses it
 * is inferred. No npm library is like it: they differ in what is missing, in unions and in filters, or run code.
 *
 * @throws MappingTemplateError for a path that Jayway refuses, or that cannot be followed
 * @see https://github.com/json-path/JsonPath
 */
export function readJsonPath(path: string, root: unknown): unknown {
  try {
    return new Evaluation(root).find(compile(path), root, false);
  } catch (error) {
    if (error instanceof JsonPathError || error instanceof JavaPatternError) {
      throw new MappingTemplateError(`JSONPath ${path}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

function compile(path: string): JsonPath {
  const known = CACHE.get(path);
  if (known) return known;
  const compiled = parseJsonPath(path);
  if (CACHE.size >= MAX_CACHED) CACHE.clear();
  CACHE.set(path, compiled);
  return compiled;
}

/** One document and what was found in it. */
class Evaluation implements PathContext {
  private readonly found = new Map<JsonPath, FilterOperand>();
  private steps = 0;

  constructor(public readonly root: unknown) {}

  public find(path: JsonPath, start: unknown, strict: boolean): unknown {
    if (path.names) return follow(path.names, start);
    try {
      return new PathWalk(this, path, strict).from(start);
    } catch (error) {
      if (error instanceof PathNotFoundError) return undefined;
      throw error;
    }
  }

  public readonly spend = (steps: number): void => {
    this.steps += steps;
    if (this.steps > MAX_STEPS) {
      throw new MappingTemplateError(`a JSONPath needs more than ${MAX_STEPS} steps`);
    }
  };

  public passes(filter: PathFilter, item: unknown, strict: boolean): boolean {
    try {
      return this.holds(filter, item, strict);
    } catch (error) {
      if (error instanceof JsonPathError) return false;
      throw error;
    }
  }

  private holds(filter: PathFilter, item: unknown, strict: boolean): boolean {
    switch (filter.kind) {
      case "or":
        return filter.filters.some((one) => this.holds(one, item, strict));
      case "and":
        return filter.filters.every((one) => this.holds(one, item, strict));
      case "not":
        return !this.holds(filter.filter, item, strict);
      case "exists":
        return (this.find(filter.path, item, true) !== undefined) === filter.expected;
      case "comparison": {
        const left = this.operand(filter.left, item, strict);
        const right = this.operand(filter.right, item, strict);
        return COMPARE[filter.operator](left, right, this.spend);
      }
    }
  }

  private operand(term: FilterTerm, item: unknown, strict: boolean): FilterOperand {
    if ("operand" in term) return term.operand;
    const { path } = term;
    if (!path.isRooted) return operandOf(this.find(path, item, strict));
    if (!this.found.has(path)) this.found.set(path, operandOf(this.find(path, this.root, strict)));
    return this.found.get(path);
  }
}

function follow(names: readonly (string | number)[], start: unknown): unknown {
  let value = start;
  for (const name of names) {
    if (typeof name === "number") value = value instanceof JavaList ? value.items.at(name) : undefined;
    else value = isValueMap(value) ? value.get(name) : undefined;
  }
  return value;
}
