import type { SqsRecord } from "./sqs-event";

/** Whether a record is the function's. */
export type RecordFilter = (record: SqsRecord) => boolean;

/** Tells of a field's value, or of its absence. */
type Matcher = (value: unknown) => boolean;

/**
 * Makes a filter of a pattern of an event source mapping. A pattern for a JSON body drops plain bodies, and the other way round.
 *
 * Known are the comparisons that Lambda's guide lists. Not recorded, and so decided here: a body counts as JSON if it is an object or
 * a list; in a list, one element that matches is enough.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 * @throws Error for a pattern that can't be evaluated
 */
export function recordFilter(pattern: string): RecordFilter {
  const matches = objectMatcher(parsedPattern(pattern), "");
  return (record) => matches({ ...record, body: structuredBody(record.body) });
}

function parsedPattern(pattern: string): unknown {
  try {
    return JSON.parse(pattern);
  } catch {
    throw new Error("it is not JSON");
  }
}

function structuredBody(body: string): unknown {
  try {
    const parsed = JSON.parse(body) as unknown;
    return typeof parsed === "object" && parsed !== null ? parsed : body;
  } catch {
    return body;
  }
}

function objectMatcher(pattern: unknown, path: string): Matcher {
  if (!isObject(pattern)) throw new Error(`${path || "it"} is not an object`);
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw new Error(`${path || "it"} is empty`);
  const fields = entries.map(([name, wanted]) =>
    fieldMatcher(name, wanted, path === "" ? name : `${path}.${name}`),
  );
  const all: Matcher = (value) => fields.every((field) => field(value));
  return (value) => {
    if (Array.isArray(value)) return value.some(all);
    // Below a field that is not there, only what must not exist matches.
    if (value === undefined) return all({});
    return isObject(value) && all(value);
  };
}

function fieldMatcher(name: string, wanted: unknown, path: string): Matcher {
  if (name === "$or") {
    const either = listOf(wanted, path).map((one) => objectMatcher(one, path));
    return (value) => either.some((one) => one(value));
  }
  const matches = Array.isArray(wanted) ? leafMatcher(wanted, path) : objectMatcher(wanted, path);
  return (value) => {
    const object = value as Readonly<Record<string, unknown>>;
    return matches(Object.hasOwn(object, name) ? object[name] : undefined);
  };
}

function leafMatcher(wanted: unknown[], path: string): Matcher {
  const matchers = listOf(wanted, path).map((one) => valueMatcher(one, path));
  return (value) => {
    const values: unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
    return values.some((one) => matchers.some((matches) => matches(isObject(one) ? undefined : one)));
  };
}

function valueMatcher(wanted: unknown, path: string): Matcher {
  if (!isObject(wanted)) {
    if (Array.isArray(wanted)) throw new Error(`${path} has a list in a list`);
    return (value) => value === wanted;
  }
  const [[name, operand] = ["", undefined], ...others] = Object.entries(wanted);
  const comparison = Object.hasOwn(COMPARISONS, name) ? COMPARISONS[name] : undefined;
  if (comparison === undefined || others.length > 0) {
    const known = Object.keys(COMPARISONS).join(", ");
    throw new Error(`${path} has ${JSON.stringify(wanted)}, and one of ${known} is known`);
  }
  const matcher = comparison(operand);
  if (matcher === undefined) {
    throw new Error(`${path} has ${JSON.stringify(wanted)}, which compares with nothing`);
  }
  return matcher;
}

/** Each makes a matcher of its operand; undefined for an operand that it can't have. */
const COMPARISONS: Readonly<Record<string, (operand: unknown) => Matcher | undefined>> = {
  "anything-but": (operand) => {
    const excluded: unknown[] = Array.isArray(operand) ? operand : [operand];
    if (excluded.length === 0 || !excluded.every(isTextOrNumber)) return undefined;
    return (value) => value !== undefined && !excluded.includes(value);
  },
  "equals-ignore-case": text((value, wanted) => value.toLowerCase() === wanted.toLowerCase()),
  exists: (operand) => {
    if (typeof operand !== "boolean") return undefined;
    return (value) => (value !== undefined) === operand;
  },
  numeric: (operand) => (Array.isArray(operand) ? numericMatcher(operand) : undefined),
  prefix: text((value, wanted) => value.startsWith(wanted)),
  suffix: text((value, wanted) => value.endsWith(wanted)),
};

function text(holds: (value: string, wanted: string) => boolean): (operand: unknown) => Matcher | undefined {
  return (operand) => {
    if (typeof operand !== "string") return undefined;
    return (value) => typeof value === "string" && holds(value, operand);
  };
}

const RELATIONS: Readonly<Record<string, (value: number, wanted: number) => boolean>> = {
  "=": (value, wanted) => value === wanted,
  "<": (value, wanted) => value < wanted,
  "<=": (value, wanted) => value <= wanted,
  ">": (value, wanted) => value > wanted,
  ">=": (value, wanted) => value >= wanted,
};

/** One relation and its number, or two for a range. */
function numericMatcher(operand: readonly unknown[]): Matcher | undefined {
  if (operand.length !== 2 && operand.length !== 4) return undefined;
  const checks: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const holds = RELATIONS[String(operand[index])];
    const wanted = operand[index + 1];
    if (holds === undefined || typeof wanted !== "number") return undefined;
    checks.push((value) => holds(value, wanted));
  }
  return (value) => typeof value === "number" && checks.every((check) => check(value));
}

function listOf(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value as unknown[];
  throw new Error(`${path} is ${Array.isArray(value) ? "an empty list" : "not a list"}`);
}

function isTextOrNumber(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
