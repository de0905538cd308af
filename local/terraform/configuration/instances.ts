import type { Scope } from "../expression/expression";
import { UnknownValueError } from "../expression/expression-error";
import { LazyObject, type ObjectValue, isObject, requireKnown } from "../expression/value";
import { StackError } from "../stack-error";
import { evaluateJson } from "./evaluate-json";

/** What a block with `count` or `for_each` stands for. */
export interface Expanded<Instance> {
  readonly all: readonly Instance[];
  /** How expressions see them: one, or all by index or key. */
  readonly value: LazyObject | readonly LazyObject[] | Readonly<Record<string, LazyObject>>;
}

/** A resource, a data source or a module call as written. */
export interface ExpandableBlock {
  readonly address: string;
  readonly body: ObjectValue;
}

/** Makes one instance, with what `count` and `each` stand for in it; `suffix` is its index or key in brackets. */
export type MakeInstance<Instance> = (suffix: string, names: ObjectValue) => Instance;

/** One of a block's instances: undefined is the only one of a block without `count` and `for_each`. */
interface InstanceKey {
  readonly key: string | number | undefined;
  readonly names: ObjectValue;
}

/**
 * Makes a block's instances.
 * @param asObject how expressions see an instance at its address
 */
export function expanded<Instance>(
  { address, body }: ExpandableBlock,
  keys: readonly InstanceKey[],
  make: MakeInstance<Instance>,
  asObject: (instance: Instance, address: string) => LazyObject,
): Expanded<Instance> {
  const made = keys.map(({ key, names }) => {
    const suffix = key === undefined ? "" : `[${JSON.stringify(key)}]`;
    const instance = make(suffix, names);
    return { key: String(key), instance, seen: asObject(instance, `${address}${suffix}`) };
  });
  const all = made.map(({ instance }) => instance);
  const [only] = made;
  if (only !== undefined && keys[0]?.key === undefined) return { all, value: only.seen };
  if (body.count !== undefined) return { all, value: made.map(({ seen }) => seen) };
  return { all, value: Object.fromEntries(made.map(({ key, seen }) => [key, seen])) };
}

/** By `count` or `for_each`; without them, one. */
export function instancesOf({ address, body }: ExpandableBlock, scope: Scope): readonly InstanceKey[] {
  if (body.count !== undefined) {
    const count = countOf(evaluateJson(body.count, scope, `${address}.count`), address);
    return Array.from({ length: count }, (_, index) => counted(index));
  }
  if (body.for_each === undefined) return [{ key: undefined, names: {} }];
  return itemsOf(evaluateJson(body.for_each, scope, `${address}.for_each`), address).map(([key, value]) => ({
    key,
    names: { each: { key, value } },
  }));
}

/** As a plan tells them; what stands behind a key is worked out only where something needs it. */
export function plannedInstances(
  { address, body }: ExpandableBlock,
  keys: readonly (string | number | undefined)[],
  scope: Scope,
): readonly InstanceKey[] {
  const valueOf = (key: string) => {
    const items = itemsOf(evaluateJson(body.for_each, scope, `${address}.for_each`), address);
    const item = items.find(([name]) => name === key);
    if (item !== undefined) return item[1];
    throw new StackError({
      address: `${address}.for_each`,
      wrong: "has no such key, though the plan has an instance of it",
      got: key,
      mend: "Put the plan into the folder of its configuration, so that both are read",
      isUnknown: true,
    });
  };
  return keys.map((key) => {
    if (typeof key === "number") return counted(key);
    if (key === undefined) return { key, names: {} };
    const each = new LazyObject(`${address}: each`, (name) => (name === "key" ? key : valueOf(key)));
    return { key, names: { each } };
  });
}

function counted(index: number): InstanceKey {
  return { key: index, names: { count: { index } } };
}

function refuseUnknown(value: unknown, address: string): void {
  try {
    requireKnown(value);
  } catch (error) {
    throw error instanceof UnknownValueError ? error.neededAt(address) : error;
  }
}

function countOf(value: unknown, address: string): number {
  refuseUnknown(value, `${address}.count`);
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
  refuseUnknown(isObject(value) ? Object.keys(value) : value, `${address}.for_each`);
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
