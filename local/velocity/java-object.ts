/** An object of API Gateway's or Velocity's own that templates can ask for properties and call methods on. */
export interface JavaObject {
  /** As templates name it: `$input`. */
  readonly templateName: string;
  /** The property's value; null if there is none. */
  property(name: string): unknown;
  /** The method's result; null if it has none, undefined if there is no such method. */
  call(name: string, args: readonly unknown[]): unknown;
  /** Steps that a call takes, where they are more than none. */
  weight?(name: string, args: readonly unknown[]): number;
}

/** Tells an object of the engine's own from a template's data. */
export function isJavaObject(value: unknown): value is JavaObject {
  return typeof value === "object" && value !== null && "templateName" in value;
}
