import { evaluateJson } from "../configuration/evaluate-json";
import { NO_NAMES } from "../expression/expression";
import { type ObjectValue, isObject } from "../expression/value";

/** Changes the body of a block; `labels` are those before it. */
type Mend = (body: ObjectValue, labels: readonly string[]) => ObjectValue;

/** A parsed `*.tf` file as a `*.tf.json` file has it: what is no expression there is bare text. */
export function jsonDocument(content: ObjectValue): ObjectValue {
  return mapped(content, (value, kind) => {
    const mend = MENDS.get(kind);
    return mend === undefined ? value : inBlocks(value, [], mend);
  });
}

const MENDS: ReadonlyMap<string, Mend> = new Map<string, Mend>([
  ["resource", mendResource],
  ["data", mendResource],
  ["ephemeral", mendResource],
  ["module", (body) => bareIn(body, ["depends_on", "providers"])],
  ["output", (body) => bareIn(body, ["depends_on"])],
  ["variable", mendVariable],
  ["moved", (body) => bareIn(body, ["from", "to"])],
  ["import", (body) => bareIn(body, ["to", "provider"])],
  ["removed", (body) => bareIn(body, ["from"])],
]);

/** Labels are keys, and bodies stand in a list, alone or not. */
function inBlocks(value: unknown, labels: readonly string[], mend: Mend): unknown {
  if (Array.isArray(value)) return value.map((body: unknown) => (isObject(body) ? mend(body, labels) : body));
  return isObject(value) ? mapped(value, (inner, label) => inBlocks(inner, [...labels, label], mend)) : value;
}

function mendResource(body: ObjectValue): ObjectValue {
  return mapped(bareIn(body, ["depends_on", "provider"]), (value, name) =>
    name === "lifecycle"
      ? inBlocks(value, [], (lifecycle) => bareIn(lifecycle, ["ignore_changes", "replace_triggered_by"]))
      : value,
  );
}

/** In JSON, a variable's default is its value, where HCL has an expression without names. */
function mendVariable(body: ObjectValue, [label = ""]: readonly string[]): ObjectValue {
  return mapped(bareIn(body, ["type"]), (value, name) =>
    name === "type" || name === "validation" ? value : evaluateJson(value, NO_NAMES, `var.${label}.${name}`),
  );
}

function bareIn(body: ObjectValue, names: readonly string[]): ObjectValue {
  return mapped(body, (value, name) => (names.includes(name) ? bare(value) : value));
}

/** `${aws.west}` is `aws.west`. */
function bare(value: unknown): unknown {
  if (typeof value === "string") return /^\$\{([\s\S]*)\}$/.exec(value)?.[1]?.trim() ?? value;
  if (Array.isArray(value)) return value.map(bare);
  return isObject(value) ? mapped(value, bare) : value;
}

function mapped(object: ObjectValue, change: (value: unknown, key: string) => unknown): ObjectValue {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}
