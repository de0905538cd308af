/** Settings by name, as JSON gives them. */
export type Group = Readonly<Record<string, unknown>>;

/** Is it an object, and no list? */
export function isGroup(value: unknown): value is Group {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
