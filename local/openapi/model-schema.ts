import { isObject } from "../terraform/expression/value";
import type { RestApi } from "../terraform/stack-model";
import type { Naming } from "./document-keys";
import type { Schema } from "./schema";

/** Where a document keeps the schemas of an API's models. */
const COMPONENTS = "#/components/schemas";

/** Stands for a model by the name of its component. */
export function componentReference(name: string): Schema {
  return { $ref: `${COMPONENTS}/${name}` };
}

interface Dialect {
  /** JSON Schema 2020-12, OpenAPI's, or draft 7, AsyncAPI's. */
  readonly draft: 2020 | 7;
  readonly named: Naming;
}

/**
 * A model of API Gateway, JSON Schema draft 4, in the dialect of another document.
 * @see https://json-schema.org/draft/2020-12/release-notes
 */
function modelSchema(api: RestApi, model: string, { draft, named }: Dialect): Schema {
  const convert = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(convert);
    return isObject(value) ? upgrade(value) : value;
  };
  const each = (value: unknown): unknown =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, convert(part)]))
      : value;
  const upgrade = (schema: Schema): Schema => {
    // Beside a reference, draft 4 passes over all else.
    if (typeof schema.$ref === "string") return componentReference(referredName(schema.$ref, model, named));
    const upgraded: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === "$schema" || keyword === "id") continue;
      if (SCHEMAS_BY_NAME.has(keyword)) upgraded[keyword] = each(value);
      else if (VALUES.has(keyword)) upgraded[keyword] = value;
      else if (keyword === "dependencies" && draft === 2020) {
        Object.assign(upgraded, dependencies(value, convert));
      } else if (keyword === "dependencies") upgraded[keyword] = each(value);
      else upgraded[keyword] = convert(value);
    }
    upgradeBounds(upgraded);
    if (draft === 2020) upgradeItems(upgraded);
    return upgraded;
  };
  return upgrade(schemaOfModel(api, model));
}

/** A model's own schema; one that allows anything for what is no JSON Schema, as a model of XML may be. */
export function schemaOfModel({ models }: RestApi, model: string): Schema {
  try {
    const schema: unknown = JSON.parse(models[model] ?? "{}");
    return isObject(schema) ? schema : {};
  } catch {
    return {};
  }
}

/** The components for these models, and for those to which they refer. */
export function modelComponents(
  api: RestApi,
  models: readonly string[],
  dialect: Dialect,
): (readonly [name: string, schema: Schema])[] {
  const used = new Set<string>();
  const add = (model: string): void => {
    const text = api.models[model];
    if (used.has(model) || text === undefined) return;
    used.add(model);
    for (const [, other = ""] of text.matchAll(/\/models\/([^"#]+)/g)) add(other);
  };
  models.forEach(add);
  return [...used].map((model) => [dialect.named(model), modelSchema(api, model, dialect)]);
}

const SCHEMAS_BY_NAME: ReadonlySet<string> = new Set(["properties", "patternProperties", "definitions"]);
const VALUES: ReadonlySet<string> = new Set(["enum", "default"]);

function referredName(target: string, model: string, named: Naming): string {
  const other = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^#]+)(?:#(.*))?$/.exec(
    target,
  );
  const [, name = model, place = ""] = other ?? [target, model, target.replace(/^#/, "")];
  return `${named(name)}${place}`;
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
