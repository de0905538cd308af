import { UNKNOWN } from "./template-outcomes";

/** A Schema Object of OpenAPI 3.1, which is JSON Schema 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

/** The schema of a text that a template prints: of JSON its shape, of anything else a string. */
export function schemaOfText(text: string, mediaType: string): Schema {
  if (!isJson(mediaType)) return text.includes(UNKNOWN) ? { type: "string" } : { const: text };
  try {
    return schemaOfValue(JSON.parse(quoteUnknown(text)));
  } catch {
    return {};
  }
}

export function isJson(mediaType: string): boolean {
  return /^application\/(?:[^;]+\+)?json\b/i.test(mediaType);
}

/** A whole value of which nothing is known. */
const ANYTHING = "\uE001";

/** Puts {@link ANYTHING}, a string, in the place of each {@link UNKNOWN} that does not stand within a string. */
function quoteUnknown(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|\uE000/gs, (part) => (part === UNKNOWN ? `"${ANYTHING}"` : part));
}

function schemaOfValue(value: unknown): Schema {
  if (value === ANYTHING) return {};
  if (typeof value === "string") return schemaOfString(value);
  if (Array.isArray(value)) return { type: "array", items: anyOf(value.map(schemaOfValue)) };
  if (typeof value !== "object" || value === null) return { const: value };
  const properties = Object.entries(value).map(([name, part]) => [name, schemaOfValue(part)] as const);
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: properties.map(([name]) => name),
  };
}

/** Words for programs are told exactly, sentences for people are examples. */
function schemaOfString(text: string): Schema {
  if (text.includes(UNKNOWN)) return { type: "string" };
  return /^[\w.:/-]*$/.test(text) ? { type: "string", enum: [text] } : { type: "string", examples: [text] };
}

/** One schema for all of these, of none anything: objects become one where they can, by their properties. */
export function anyOf(schemas: readonly Schema[]): Schema {
  const merged: Schema[] = [];
  for (const schema of schemas.flatMap(alternatives)) {
    const index = merged.findIndex((other) => merge(other, schema) !== undefined);
    const both = merged[index] && merge(merged[index], schema);
    if (both === undefined) merged.push(schema);
    else merged[index] = both;
  }
  const [only] = merged;
  if (merged.length === 0 || merged.some((schema) => Object.keys(schema).length === 0)) return {};
  return merged.length === 1 && only !== undefined ? only : { anyOf: merged };
}

function alternatives(schema: Schema): readonly Schema[] {
  return Array.isArray(schema.anyOf) ? (schema.anyOf as Schema[]) : [schema];
}

/** Undefined where one schema would say less than the two. */
function merge(one: Schema, other: Schema): Schema | undefined {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  if (one.type === "string" && other.type === "string") return mergeStrings(one, other);
  if (one.type !== "object" || other.type !== "object") return undefined;
  const required = stringsOf(one.required).filter((name) => stringsOf(other.required).includes(name));
  const isAlike = required.length > 0;
  return isAlike ? { type: "object", properties: mergeProperties(one, other), required } : undefined;
}

function mergeStrings(one: Schema, other: Schema): Schema {
  const union = (key: "enum" | "examples") => [
    ...new Set([...stringsOf(one[key]), ...stringsOf(other[key])]),
  ];
  if (one.enum !== undefined && other.enum !== undefined) return { type: "string", enum: union("enum") };
  const examples = union("examples");
  return examples.length === 0 ? { type: "string" } : { type: "string", examples };
}

function mergeProperties(one: Schema, other: Schema): Schema {
  const [first, second] = [one, other].map(({ properties }) => (properties ?? {}) as Record<string, Schema>);
  const names = new Set([...Object.keys(first ?? {}), ...Object.keys(second ?? {})]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      anyOf([first?.[name], second?.[name]].filter((schema) => schema !== undefined)),
    ]),
  );
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}
