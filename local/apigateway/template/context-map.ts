import { integerValue, JavaDouble } from "../../../aws/velocity/java-number";
import { AbstractMap, JavaArray, JavaCharacter, JavaCollection, JavaList } from "../../velocity/java-values";
import { weightOf } from "../../velocity/render-frame";
import { RenderingLimitError } from "../../velocity/rendering-limits";

/** The places in `$context` that a template wrote to. */
type ContextWrites = [container: Record<string, unknown>, key: string][];

/**
 * A part of `$context` as a map. It writes through to the caller's object, whose own keys alone it sees.
 * Unlike other maps it prints as nothing.
 */
export class ContextMap extends AbstractMap {
  constructor(
    private readonly target: Record<string, unknown>,
    private readonly writes: ContextWrites = [],
  ) {
    super();
  }

  /** `$context` with the kinds of override that are missing. What the caller put there stays the same object. */
  public static withOverrides(context: Record<string, unknown>): ContextMap {
    addMissing(context, "requestOverride", ["path", "header", "querystring"]);
    addMissing(context, "responseOverride", ["header"]);
    return new ContextMap(context);
  }

  /** Makes plain JavaScript of what the template wrote, for the caller. */
  public makePlain(): void {
    for (const [container, key] of this.writes) {
      requireSmall(container[key]);
      container[key] = plainValue(container[key]);
    }
  }

  public override get size(): number {
    return Object.keys(this.target).length;
  }

  public override has(key: unknown): boolean {
    return Object.hasOwn(this.target, String(key));
  }

  public override get(key: unknown): unknown {
    return this.has(key) ? this.wrap(this.target[String(key)]) : undefined;
  }

  public override set(key: unknown, value: unknown): void {
    const name = String(key);
    // Plain assignment would change the prototype for `__proto__`.
    Object.defineProperty(this.target, name, { value, writable: true, enumerable: true, configurable: true });
    this.writes.push([this.target, name]);
  }

  public override delete(key: unknown): void {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the object is the caller's and a dictionary
    delete this.target[String(key)];
  }

  public override keys(): Iterable<string> {
    return Object.keys(this.target);
  }

  public override values(): Iterable<unknown> {
    return Object.values(this.target).map((value) => this.wrap(value));
  }

  public override entries(): Iterable<[string, unknown]> {
    return Object.entries(this.target).map(([key, value]) => [key, this.wrap(value)]);
  }

  private wrap(value: unknown): unknown {
    if (Array.isArray(value)) return new JavaList(value);
    if (isDictionary(value)) return new ContextMap(value, this.writes);
    if (typeof value !== "number") return value;
    // The caller's numbers are JavaScript's, where only integers are told from the rest.
    return Number.isSafeInteger(value) ? integerValue(BigInt(value)) : new JavaDouble(value);
  }
}

function isDictionary(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A template's value as plain JavaScript. */
function plainValue(value: unknown): unknown {
  if (value instanceof JavaDouble || value instanceof JavaCharacter) return value.value;
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (value instanceof JavaCollection || value instanceof JavaArray) return value.items.map(plainValue);
  if (value instanceof Map) {
    const plain = Object.create(null) as Record<string, unknown>;
    for (const [key, item] of value as Map<unknown, unknown>) plain[String(key)] = plainValue(item);
    return plain;
  }
  return value;
}

function addMissing(context: Record<string, unknown>, name: string, kinds: string[]): void {
  const override = (context[name] ??= {}) as Record<string, unknown>;
  for (const kind of kinds) override[kind] ??= {};
}

/** Headers and parameters have less than 10 KiB, and each list that another holds twice is copied twice. */
function requireSmall(value: unknown): void {
  if (weightOf(value) > 50_000) {
    throw new RenderingLimitError("a value of more than 100,000 items in $context, this gateway's limit");
  }
}
