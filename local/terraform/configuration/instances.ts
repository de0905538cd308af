import type { Scope } from "../expression/expression";
import { LazyObject, type ObjectValue, isObject } from "../expression/value";
import { StackError } from "../stack-error";
import type { TerraformResource } from "../terraform-resource";
import { evaluateJson } from "./evaluate-json";
import type { ResourceBlock } from "./module-blocks";

/** What a resource block stands for. */
export interface Instances {
  readonly all: readonly TerraformResource[];
  /** How expressions see them: one, or all by index or key. */
  readonly value: LazyObject | readonly LazyObject[] | Readonly<Record<string, LazyObject>>;
}

/** Makes one instance, with what `count` and `each` stand for in it; `suffix` is its index or key in brackets. */
type MakeInstance = (suffix: string, names: ObjectValue) => TerraformResource;

/** The instances of a block by its `count` or `for_each`; without them, one. */
export function instancesOf(block: ResourceBlock, scope: Scope, make: MakeInstance): Instances {
  const { address, body } = block;
  if (body.count !== undefined) {
    const count = countOf(evaluateJson(body.count, scope, `${address}.count`), address);
    const all = Array.from({ length: count }, (_, index) => make(`[${index}]`, { count: { index } }));
    return { all, value: all.map(lazyObject) };
  }
  if (body.for_each === undefined) {
    const one = make("", {});
    return { all: [one], value: lazyObject(one) };
  }
  const items = itemsOf(evaluateJson(body.for_each, scope, `${address}.for_each`), address);
  const byKey = Object.fromEntries(
    items.map(([key, value]) => [key, make(`[${JSON.stringify(key)}]`, { each: { key, value } })]),
  );
  return {
    all: Object.values(byKey),
    value: Object.fromEntries(Object.entries(byKey).map(([key, instance]) => [key, lazyObject(instance)])),
  };
}

/** How expressions see a resource. */
function lazyObject(resource: TerraformResource): LazyObject {
  return new LazyObject(resource.address, (name) => resource.attribute(name));
}

function countOf(value: unknown, address: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 0 && count <= 1000) return count;
  throw new StackError({
    address: `${address}.count`,
    wrong: "is not a count",
    got: value,
    allowed: "whole numbers from 0 to 1000 are",
  });
}

function itemsOf(value: unknown, address: string): (readonly [key: string, value: unknown])[] {
  if (isObject(value)) return Object.entries(value);
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return value.map((key) => [key, key] as const);
  }
  throw new StackError({
    address: `${address}.for_each`,
    wrong: "can't be walked",
    got: value,
    allowed: "a map or a set of strings is",
  });
}
