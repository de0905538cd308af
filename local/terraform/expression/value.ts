import { ExpressionError, UnknownValueError } from "./expression-error";
import { StandIn, standInsIn } from "./stand-in";

/** A Terraform map or object. */
export type ObjectValue = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is ObjectValue {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof LazyObject) &&
    !(value instanceof StandIn)
  );
}

/** Keys in the order in which Terraform walks a map: by bytes of UTF-8. */
export function sortedKeys(value: ObjectValue): string[] {
  return Object.keys(value).sort(compareBytes);
}

export function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** Converts as Terraform does: numbers and booleans become text, nothing else does. */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return String(value);
  if (value instanceof StandIn) return value.text;
  throw new ExpressionError(`a string is needed here, not ${describe(value)}`);
}

/** All digits, without an exponent. */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  const [, sign = "", whole = "", fraction = "", exponent] =
    /^(-?)(\d)(?:\.(\d+))?e(.*)$/.exec(String(value)) ?? [];
  if (exponent === undefined) return String(value);
  const digits = whole + fraction;
  const shift = Number(exponent);
  return shift > 0 ? sign + digits.padEnd(shift + 1, "0") : `${sign}0.${"0".repeat(-shift - 1)}${digits}`;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Converts as Terraform does: text that is a number becomes one. */
export function toNumber(value: unknown): number {
  requireKnown(value);
  if (typeof value === "number") return value;
  if (typeof value === "string" && DECIMAL.test(value)) {
    const number = Number(value);
    if (Number.isFinite(number)) return number;
  }
  throw new ExpressionError(`a number is needed here, not ${describe(value)}`);
}

/** A position or a length. */
export function toWhole(value: unknown): number {
  const number = toNumber(value);
  if (Number.isInteger(number)) return number;
  throw new ExpressionError(`a whole number is needed here, not ${number}`);
}

/** Converts as Terraform does: the texts `true` and `1`, `false` and `0` become booleans. */
export function toBoolean(value: unknown): boolean {
  requireKnown(value);
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "1") return true;
  if (value === "false" || value === "0") return false;
  throw new ExpressionError(`true or false is needed here, not ${describe(value)}`);
}

/** What is in it may be known only after an apply. */
export function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  requireKnown(value);
  throw new ExpressionError(`a list is needed here, not ${describe(value)}`);
}

/** What is in it may be known only after an apply. */
export function toObject(value: unknown): ObjectValue {
  if (isObject(value)) return value;
  requireKnown(value);
  throw new ExpressionError(`a map or object is needed here, not ${describe(value)}`);
}

/** Whole resources are never known as a whole: some of their attributes only AWS sets. */
export function toPlain(value: unknown, budget = new ValueBudget()): unknown {
  budget.spend();
  if (value instanceof LazyObject) {
    throw new UnknownValueError(value.address);
  }
  if (value instanceof StandIn) return value.text;
  if (Array.isArray(value)) return value.map((item) => toPlain(item, budget));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item, budget)]));
}

/** Terraform's `==`: no conversion, whole lists and objects. */
export function equals(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => equals(item, right[index]));
  }
  if (isObject(left) && isObject(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && equals(left[key], right[key]))
    );
  }
  if (left === right) return true;
  requireKnown(left, right);
  return false;
}

/** Refuses to look into what only an apply knows. Throws `UnknownValueError`. */
export function requireKnown(...values: readonly unknown[]): void {
  for (const value of values) {
    if (value instanceof StandIn) throw new UnknownValueError(value.address);
    if (Array.isArray(value)) requireKnown(...(value as readonly unknown[]));
    else if (isObject(value)) requireKnown(...Object.values(value));
    const [address] = typeof value === "string" ? standInsIn(value) : [];
    if (address !== undefined) throw new UnknownValueError(address);
  }
}

/** How a message names a value. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof LazyObject) return `the whole of ${value.address}`;
  if (value instanceof StandIn) return `what ${value.address} will be`;
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  return JSON.stringify(value);
}

/** An object whose attributes are worked out when they are asked for: a resource, or one of its blocks. */
export class LazyObject {
  /**
   * @param address how messages name it
   * @param attribute throws `UnknownValueError` for what only AWS knows
   */
  constructor(
    public readonly address: string,
    public readonly attribute: (name: string) => unknown,
  ) {}
}

/** Far beyond what a stack needs, and far below what holds the gateway up. Terraform itself has no such bounds. */
const MOST = { values: 10_000, weight: 1_000_000, characters: 4 * 1024 * 1024 };

/** The value, unless it has grown as values do that are joined to themselves again and again. */
export function bounded<Value>(value: Value): Value {
  if (typeof value === "string" && value.length > MOST.characters) {
    throw new ExpressionError(`it makes a text of more than ${MOST.characters} characters`);
  }
  if (Array.isArray(value) && value.length > MOST.values) {
    throw new ExpressionError(`it makes a list of more than ${MOST.values} values`);
  }
  if (weightOf(value) > MOST.weight) throw new ExpressionError(`it holds more than ${MOST.weight} values`);
  return value;
}

/** How many values a value holds, where one that stands in it twice counts twice; each is counted through once. */
function weightOf(value: unknown): number {
  if (!Array.isArray(value) && !isObject(value)) return 1;
  const known = WEIGHTS.get(value);
  if (known !== undefined) return known;
  const inside: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  const weight = inside.reduce((sum: number, item) => sum + weightOf(item), 1);
  WEIGHTS.set(value, weight);
  return weight;
}

const WEIGHTS = new WeakMap<object, number>();

/** Counts the values of a whole: lists of lists grow without any of them being long. */
export class ValueBudget {
  private left = MOST.values * 10;

  public spend(): void {
    this.left -= 1;
    if (this.left < 0) throw new ExpressionError(`it holds more than ${MOST.values * 10} values`);
  }
}
