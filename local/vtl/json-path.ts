import { JSONPath } from "jsonpath-plus";

import { JavaList } from "./java-list";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { plainValue } from "./plain-value";

/** A path that names one place: `$`, `.name`, `['name']`, `["name"]`, `[0]`, `[-1]`. */
const DEFINITE_STEP =
  /\.?\[\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(-?\d+))\s*\]|\.([^.[\]()*?'"\s]+)/y;

/**
 * What a JSONPath finds, by Jayway's rules: a path to one place gives the value there, undefined if there is none; a path that
 * may match many (`..`, `*`, slices, unions) gives a list. Nothing is found in undefined, which is what is no JSON.
 * `.length()` is the one function known. Filters and script expressions are refused: they are code.
 *
 * @throws MappingTemplateError for filters and paths that cannot be read
 * @see https://github.com/json-path/JsonPath#what-is-returned-when
 */
export function readJsonPath(path: string, root: unknown): unknown {
  if (root === undefined) {
    return undefined;
  }
  const rooted = path.startsWith("$") ? path : `$.${path}`;
  const measured = /^(.*)\.length\(\)$/s.exec(rooted)?.[1];
  if (measured !== undefined) {
    return length(readJsonPath(measured, root));
  }
  const steps = definiteSteps(rooted);
  return steps ? walk(steps, root) : search(rooted, root);
}

function length(value: unknown): number | undefined {
  return value instanceof JavaList ? value.items.length : undefined;
}

function definiteSteps(path: string): (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  DEFINITE_STEP.lastIndex = 1;
  while (DEFINITE_STEP.lastIndex < path.length) {
    const found = DEFINITE_STEP.exec(path);
    if (!found) {
      return undefined;
    }
    const [, single, double, index, name] = found;
    steps.push(index === undefined ? (name ?? unescape(single ?? double ?? "")) : Number(index));
  }
  return steps;
}

function unescape(quoted: string): string {
  return quoted.replace(/\\(.)/g, "$1");
}

function walk(steps: readonly (string | number)[], root: unknown): unknown {
  return steps.reduce((value, step) => child(value, step), root);
}

function child(value: unknown, step: string | number): unknown {
  if (value instanceof Map) {
    return value.get(String(step));
  }
  return value instanceof JavaList && typeof step === "number" ? value.items.at(step) : undefined;
}

/** Searches a plain copy with the library and takes the found places' values from the original, which keeps Java's types. */
function search(path: string, root: unknown): JavaList {
  // The library keeps every path that it has ever seen, and paths may hold what callers sent.
  JSONPath.cache = {};
  try {
    const json = plainValue(root) as object;
    const pointers = JSONPath<string[]>({ path, json, resultType: "pointer", eval: false });
    return new JavaList(
      pointers.map((pointer) => follow(pointer, root)),
      "json",
    );
  } catch (error) {
    throw new MappingTemplateError(`JSONPath ${path}: ${String(error)}`, { cause: error });
  }
}

function follow(pointer: string, root: unknown): unknown {
  const steps = pointer.split("/").slice(1);
  return steps.reduce((value: unknown, step) => {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    return child(value, value instanceof JavaList ? Number(name) : name);
  }, root);
}
