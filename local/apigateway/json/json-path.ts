import { JavaPatternError } from "../../../aws/java-pattern/java-pattern-error";
import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import { evaluateJsonPath } from "./evaluate-json-path";
import { JsonPathError } from "./json-path-error";
import type { JsonPath } from "./json-path-steps";
import { parseJsonPath } from "./parse-json-path";

/** Templates and mappings have few paths; the bound is for those put together from what callers send. */
const MAX_CACHED = 500;

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
    return evaluateJsonPath(compile(path), root);
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
