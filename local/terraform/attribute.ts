import { ExpressionError } from "./expression/expression-error";
import {
  type ObjectValue,
  isObject,
  toBoolean,
  toList,
  toNumber,
  toObject,
  toText,
} from "./expression/value";
import { StackError } from "./stack-error";
import type { TerraformResource } from "./terraform-resource";

/** Text that must be there, given or computed. */
export function text(resource: TerraformResource, name: string): string {
  return converted(resource, name, resource.attribute(name), toText);
}

/** Text that may be absent; a state shows an absent text as an empty one, so that counts as absent too. */
export function optionalText(resource: TerraformResource, name: string): string | undefined {
  const value = optional(resource, name, toText);
  return value === "" ? undefined : value;
}

export function optionalNumber(resource: TerraformResource, name: string): number | undefined {
  return optional(resource, name, toNumber);
}

/** False if absent. */
export function flag(resource: TerraformResource, name: string): boolean {
  return optional(resource, name, toBoolean) ?? false;
}

export function textList(resource: TerraformResource, name: string): readonly string[] {
  return optional(resource, name, (value) => toList(value).map(toText)) ?? [];
}

export function textMap(resource: TerraformResource, name: string): Readonly<Record<string, string>> {
  return optional(resource, name, (value) => mapOf(value, toText)) ?? {};
}

export function flagMap(resource: TerraformResource, name: string): Readonly<Record<string, boolean>> {
  return optional(resource, name, (value) => mapOf(value, toBoolean)) ?? {};
}

/** Nested blocks: one alone may stand for a list of one. */
export function blocks(resource: TerraformResource, name: string): readonly ObjectValue[] {
  const value = resource.given(name);
  if (value === undefined) return [];
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter(isObject);
}

/** A block as if it were a resource of its own, for the readers above. */
export function blockAsResource(
  resource: TerraformResource,
  name: string,
  block: ObjectValue,
): TerraformResource {
  const given = (attribute: string): unknown =>
    (Object.hasOwn(block, attribute) ? block[attribute] : undefined) ?? undefined;
  return { address: `${resource.address}.${name}`, type: name, given, attribute: given };
}

/** One of the allowed words, `fallback` if absent. */
export function oneOf<T extends string>(
  resource: TerraformResource,
  name: string,
  words: readonly T[],
  fallback: T,
): T {
  const given = optionalText(resource, name);
  if (given === undefined) return fallback;
  const word = words.find((candidate) => candidate === given);
  if (word !== undefined) return word;
  throw new StackError({
    address: `${resource.address}.${name}`,
    wrong: "is not supported by the local gateway",
    got: given,
    allowed: `${words.join(", ")} ${words.length === 1 ? "is" : "are"}`,
  });
}

function mapOf<T>(value: unknown, to: (item: unknown) => T): Readonly<Record<string, T>> {
  const entries = Object.entries(toObject(value)).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, to(item)]));
}

function optional<T>(resource: TerraformResource, name: string, to: (value: unknown) => T): T | undefined {
  const value = resource.given(name);
  return value === undefined ? undefined : converted(resource, name, value, to);
}

function converted<T>(
  resource: TerraformResource,
  name: string,
  value: unknown,
  to: (value: unknown) => T,
): T {
  const address = `${resource.address}.${name}`;
  if (value === undefined) throw new StackError({ address, wrong: "has no value", mend: "Set it" });
  try {
    return to(value);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new StackError({ address, wrong: error.message });
  }
}
