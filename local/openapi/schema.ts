import { LOOP_END, LOOP_START } from "./template-outcomes";
import { UNKNOWN } from "./template-overrides";

/** A Schema Object of OpenAPI 3.1, which is JSON Schema 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

/** The schema of a text that a template prints: of JSON its shape, of anything else a string. */
export function schemaOfText(text: string, mediaType: string): Schema {
  if (!isJson(mediaType)) return /[\uE000\uE002]/.test(text) ? { type: "string" } : { const: text };
  for (const legible of [text, withoutLoops(text)]) {
    try {
      return schemaOfValue(JSON.parse(quoteUnknown(legible)));
    } catch {
      // What a loop prints may be JSON in another pass only.
    }
  }
  return {};
}

function withoutLoops(text: string): string {
  const outer = text.replaceAll(/\uE002[^\uE002\uE003]*\uE003/g, UNKNOWN);
  return outer === text ? text.replaceAll(/\uE000+/g, UNKNOWN) : withoutLoops(outer);
}

export function isJson(mediaType: string): boolean {
  return /^application\/(?:[^;]+\+)?json\b/i.test(mediaType);
}

/** A whole value of which nothing is known. */
const ANYTHING = "\uE001";

/**
 * Puts {@link ANYTHING}, a string, in the place of each {@link UNKNOWN} that does not stand within a string, and takes the marks of
 * loops away: how often a loop prints is not known within a string, and is all the same in a list.
 */
function quoteUnknown(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|[\uE000\uE002\uE003]/gs, (part) => {
    if (part === UNKNOWN) return `"${ANYTHING}"`;
    return part === LOOP_START || part === LOOP_END ? "" : part.replaceAll(/[\uE002\uE003]/g, UNKNOWN);
  });
}

function schemaOfValue(value: unknown): Schema {
  if (value === ANYTHING) return {};
  if (typeof value === "string") return schemaOfString(value);
  if (Array.isArray(value)) {
    return value.length === 0 ? EMPTY_LIST : { type: "array", items: anyOf(value.map(schemaOfValue)) };
  }
  if (typeof value !== "object" || value === null) return { const: value };
  const members = Object.entries(value).map(([name, part]) => [name, schemaOfValue(part)] as const);
  const properties = members.filter(([name]) => !name.includes(UNKNOWN) && name !== ANYTHING);
  const others = members.filter((member) => !properties.includes(member)).map(([, schema]) => schema);
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: properties.map(([name]) => name),
    ...(others.length > 0 && { additionalProperties: anyOf(others) }),
  };
}

const EMPTY_LIST: Schema = { type: "array", maxItems: 0 };

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
  if (one.type !== other.type) return undefined;
  if (one.type === "string") return mergeStrings(one, other);
  if (one.type === "array") return mergeLists(one, other);
  return one.type === "object" ? mergeObjects(one, other) : undefined;
}

/** One list may hold members of both: those that a loop prints go one way or another. */
function mergeLists(one: Schema, other: Schema): Schema {
  const [filled = one, ...more] = [one, other].filter(({ maxItems }) => maxItems !== 0);
  return more.length === 0 ? filled : { type: "array", items: anyOf([one, other].map(itemsOf)) };
}

function itemsOf({ items }: Schema): Schema {
  return (items ?? {}) as Schema;
}

function mergeObjects(one: Schema, other: Schema): Schema | undefined {
  const map = [one, other].find(isMap);
  if (map !== undefined && [one, other].every((schema) => isMap(schema) || isEmptyObject(schema))) {
    const schemas = [one, other].filter(isMap).map((schema) => schema.additionalProperties as Schema);
    return { ...map, additionalProperties: anyOf(schemas) };
  }
  const required = stringsOf(one.required).filter((name) => stringsOf(other.required).includes(name));
  const isAlike = required.length > 0;
  return isAlike ? { type: "object", properties: mergeProperties(one, other), required } : undefined;
}

/** Only a request tells how its members are called. */
function isMap(schema: Schema): boolean {
  return (
    schema.additionalProperties !== undefined && isEmptyObject({ ...schema, additionalProperties: undefined })
  );
}

function isEmptyObject({ properties, additionalProperties }: Schema): boolean {
  return additionalProperties === undefined && Object.keys(properties ?? {}).length === 0;
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
