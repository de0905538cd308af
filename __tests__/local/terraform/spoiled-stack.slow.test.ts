import { readStack } from "../../../local/terraform/read-stack";
import { StackError } from "../../../local/terraform/stack-error";
import appliedState from "../../support/applied-state.json";
import { PLAIN_DOCUMENT } from "../../support/plain-document";

type Path = readonly (string | number)[];
type Container = Record<string | number, unknown>;

const SPOILED: readonly unknown[] = [null, [[1]], { a: {} }, "constructor", "${local.prefix[0].x}"];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((item, index) => pathsIn(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function spoil(document: object, path: Path, value: unknown): Container {
  const copy = structuredClone(document) as Container;
  const parent = path.slice(0, -1).reduce<Container>((part, key) => part[key] as Container, copy);
  parent[path.at(-1) ?? ""] = value;
  return copy;
}

/** Undefined if the stack could be read, or the error. */
function errorOf(document: Container): unknown {
  try {
    readStack({ document, name: "s", environment: {} });
    return undefined;
  } catch (error) {
    return error;
  }
}

it.each([
  ["configuration", PLAIN_DOCUMENT],
  ["state", appliedState],
])("any one wrong value in a %s is served or told, never a crash", (_, document) => {
  const crashes = pathsIn(document).flatMap((path) =>
    SPOILED.map((value) => ({
      path: path.join("."),
      value,
      error: errorOf(spoil(document, path, value)),
    })).filter(({ error }) => error !== undefined && !(error instanceof StackError)),
  );
  expect(crashes).toEqual([]);
});
