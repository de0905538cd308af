import { type PolicyDocument, type PolicyKind, parsePolicy } from "../../aws/policy-document";
import { ExpressionError } from "./expression/expression-error";
import { isObject, toBoolean, toList, toNumber, toObject, toText } from "./expression/value";
import { type Problem, StackError } from "./stack-error";

/** A resource or data source with its values, whether they come from Terraform JSON or from a state. */
export interface TerraformResource {
  /** With index or key where the resource has several instances: `aws_sqs_queue.Queue["a"]`. */
  readonly address: string;
  readonly type: string;
  /** Value that the configuration or the state holds; undefined if there is none. */
  given(name: string): unknown;
  /** As `given`, or else the value that AWS would have computed; throws `StackError` if that can't be known. */
  attribute(name: string): unknown;
}

/** All resources of a stack. */
export interface TerraformResources {
  /** Types of the managed resources, each once. */
  readonly types: readonly string[];
  /** Managed resources of one type, in the order of the document. Expanding `count` or `for_each` may throw `StackError`. */
  ofType(type: string): readonly TerraformResource[];
}

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

/** Nested blocks, each as if it were a resource of its own; one alone may stand for a list of one. */
export function blocks(resource: TerraformResource, name: string): readonly TerraformResource[] {
  const value = resource.given(name);
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter(isObject).map((block) => {
    const given = (attribute: string): unknown =>
      (Object.hasOwn(block, attribute) ? block[attribute] : undefined) ?? undefined;
    return { address: `${resource.address}.${name}`, type: name, given, attribute: given };
  });
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
  return atAddress(address, () => to(value));
}

/** What can't be worked out or converted is told with the address. */
export function atAddress<Value>(address: string, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new StackError({ address, wrong: error.message });
  }
}

/** From the least to the most that AWS takes. */
type Range = readonly [least: number, most: number];

/** Whole numbers have their ranges on AWS; throws one `StackError` with each attribute that is out of its own. */
export function refuseOutOfRange(resource: TerraformResource, ranges: Readonly<Record<string, Range>>): void {
  const problems = Object.entries(ranges).flatMap(([name, [least, most]]): Problem[] => {
    const got = optionalNumber(resource, name);
    if (got === undefined || (Number.isInteger(got) && got >= least && got <= most)) return [];
    const allowed = `${least} to ${most} are`;
    return [{ address: `${resource.address}.${name}`, wrong: "is out of range", got, allowed }];
  });
  if (problems.length > 0) throw new StackError(...problems);
}

/** An attribute that holds a policy; throws `StackError` for one that AWS refuses. */
export function policy(resource: TerraformResource, name: string, kind: PolicyKind): PolicyDocument {
  const json = text(resource, name);
  try {
    return parsePolicy(json, kind);
  } catch (error) {
    throw new StackError({
      address: `${resource.address}.${name}`,
      wrong: `is a policy that AWS refuses (${error instanceof Error ? error.message : String(error)})`,
      got: json,
    });
  }
}

/** Undefined where the resource sets none. */
export function optionalPolicy(
  resource: TerraformResource,
  name: string,
  kind: PolicyKind,
): PolicyDocument | undefined {
  return optionalText(resource, name) === undefined ? undefined : policy(resource, name, kind);
}

/** The resource whose id another one names; throws `StackError` if it is not in the stack. */
export function referred(
  from: TerraformResource,
  attribute: string,
  candidates: readonly TerraformResource[],
): TerraformResource {
  const id = text(from, attribute);
  const found = candidates.find((candidate) => text(candidate, "id") === id);
  if (found !== undefined) return found;
  throw new StackError({
    address: `${from.address}.${attribute}`,
    wrong: "is not in this stack",
    got: id,
    allowed: "ids of resources of the same stack are",
  });
}

/** Those of the candidates whose attribute has this value. */
export function whose(
  candidates: readonly TerraformResource[],
  values: Readonly<Record<string, string>>,
): readonly TerraformResource[] {
  const wanted = Object.entries(values);
  return candidates.filter((candidate) => wanted.every(([name, value]) => text(candidate, name) === value));
}
