import { isObject } from "../terraform/expression/value";
import type { Schema } from "./schema";

/** Where a document keeps the schemas of an API's models. */
const COMPONENTS = "#/components/schemas";

/** The name that a component has in the document. */
export type Naming = (component: string) => string;

/**
 * A model of API Gateway, JSON Schema draft 4, as OpenAPI 3.1 writes it, which is draft 2020-12.
 * @see https://json-schema.org/draft/2020-12/release-notes
 */
export function modelSchema(text: string, model: string, named: Naming): Schema {
  const convert = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(convert);
    return isObject(value) ? upgrade(value) : value;
  };
  const each = (value: unknown): unknown =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, convert(part)]))
      : value;
  const upgrade = (schema: Readonly<Record<string, unknown>>): Schema => {
    const upgraded: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === "$schema" || keyword === "id") continue;
      if (keyword === "$ref") upgraded.$ref = reference(String(value), model, named);
      else if (SCHEMAS_BY_NAME.has(keyword)) upgraded[keyword] = each(value);
      else if (VALUES.has(keyword)) upgraded[keyword] = value;
      else if (keyword === "dependencies") Object.assign(upgraded, dependencies(value, convert));
      else upgraded[keyword] = convert(value);
    }
    upgradeBounds(upgraded);
    upgradeItems(upgraded);
    return upgraded;
  };
  return upgrade(JSON.parse(text) as Record<string, unknown>);
}

const SCHEMAS_BY_NAME: ReadonlySet<string> = new Set(["properties", "patternProperties", "definitions"]);
const VALUES: ReadonlySet<string> = new Set(["enum", "default"]);

function reference(target: string, model: string, named: Naming): string {
  const other = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^#]+)(?:#(.*))?$/.exec(
    target,
  );
  const [, name = model, place = ""] = other ?? [target, model, target.replace(/^#/, "")];
  return `${COMPONENTS}/${named(name)}${place}`;
}

/** Draft 4's `exclusiveMaximum: true` goes with `maximum`; 2020-12's is the number itself. */
function upgradeBounds(schema: Record<string, unknown>): void {
  for (const [bound, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    if (typeof schema[exclusive] !== "boolean") continue;
    const value = schema[bound];
    const isExclusive = schema[exclusive] && value !== undefined;
    Reflect.deleteProperty(schema, isExclusive ? bound : exclusive);
    if (isExclusive) schema[exclusive] = value;
  }
}

/** A list under `items` is called `prefixItems` today, and what comes behind it `items`. */
function upgradeItems(schema: Record<string, unknown>): void {
  const { items, additionalItems } = schema;
  Reflect.deleteProperty(schema, "additionalItems");
  if (!Array.isArray(items)) return;
  schema.prefixItems = items;
  if (additionalItems === undefined) Reflect.deleteProperty(schema, "items");
  else schema.items = additionalItems;
}

function dependencies(value: unknown, convert: (schema: unknown) => unknown): Schema {
  const entries = Object.entries(isObject(value) ? value : {});
  const lists = entries.filter(([, needed]) => Array.isArray(needed));
  const schemas = entries.filter(([, needed]) => !Array.isArray(needed));
  return {
    ...(lists.length > 0 && { dependentRequired: Object.fromEntries(lists) }),
    ...(schemas.length > 0 && {
      dependentSchemas: Object.fromEntries(schemas.map(([name, schema]) => [name, convert(schema)])),
    }),
  };
}
