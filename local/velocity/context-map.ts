import { integerValue, JavaDouble } from "../../aws/velocity/java-number";
import { JavaList } from "./java-list";

/** The places in `$context` that a template wrote to. */
export type ContextWrites = [container: Record<string, unknown>, key: string][];

/**
 * A part of `$context` as a map. It writes through to the caller's object, whose own keys alone it sees.
 * Unlike other maps it prints as nothing.
 */
export class ContextMap {
  constructor(
    private readonly target: Record<string, unknown>,
    private readonly writes: ContextWrites,
  ) {}

  public get size(): number {
    return Object.keys(this.target).length;
  }

  public has(key: unknown): boolean {
    return Object.hasOwn(this.target, String(key));
  }

  public get(key: unknown): unknown {
    return this.has(key) ? this.wrap(this.target[String(key)]) : undefined;
  }

  public set(key: unknown, value: unknown): void {
    const name = String(key);
    // Plain assignment would change the prototype for `__proto__`.
    Object.defineProperty(this.target, name, { value, writable: true, enumerable: true, configurable: true });
    this.writes.push([this.target, name]);
  }

  public delete(key: unknown): void {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the object is the caller's and a dictionary
    delete this.target[String(key)];
  }

  public keys(): Iterable<string> {
    return Object.keys(this.target);
  }

  public values(): Iterable<unknown> {
    return Object.values(this.target).map((value) => this.wrap(value));
  }

  public entries(): Iterable<[string, unknown]> {
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
