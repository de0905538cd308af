import * as v from "valibot";
import { isGroup } from "../group";

/** Keywords that draft 4 does not know; API Gateway would ignore them, and let pass what they forbid. */
const LATER_KEYWORDS = new Set([
  "const",
  "contains",
  "propertyNames",
  "if",
  "then",
  "else",
  "examples",
  "$id",
  "$comment",
  "$defs",
  "contentEncoding",
  "contentMediaType",
  "readOnly",
  "writeOnly",
  "dependentRequired",
  "dependentSchemas",
  "unevaluatedProperties",
  "unevaluatedItems",
  "minContains",
  "maxContains",
  "prefixItems",
]);

/** Where schemas lie in a schema: by name (`properties`), in a list (`allOf`), alone (`not`). */
const NAMED = ["properties", "patternProperties", "definitions", "dependencies"];
const LISTED = ["allOf", "anyOf", "oneOf"];
const SINGLE = ["not", "items", "additionalItems", "additionalProperties"];

/**
 * A JSON Schema of draft 4, the one that API Gateway validates by.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export const jsonSchemaDraft4 = v.pipe(
  v.custom<Record<string, unknown>>(
    isGroup,
    ({ input }) =>
      `is not a JSON Schema, got ${JSON.stringify(input)}; an object. Write for example { "type": "object" }.`,
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const fault of faults("", dataset.value)) addIssue({ message: fault });
  }),
);

function faults(path: string, schema: unknown): string[] {
  if (Array.isArray(schema) && /\/dependencies\/[^/]+$/.test(path)) return [];
  if (!isGroup(schema)) {
    return typeof schema === "boolean" && /\/additional(Items|Properties)$/.test(path)
      ? []
      : [fault(path, schema, "is not a schema of draft 4", "an object", "Write {} to allow everything.")];
  }
  return [
    ...ownFaults(path, schema),
    ...subschemas(path, schema).flatMap(([at, inner]) => faults(at, inner)),
  ];
}

function ownFaults(path: string, schema: Record<string, unknown>): string[] {
  const later = Object.keys(schema)
    .filter((keyword) => LATER_KEYWORDS.has(keyword))
    .map((keyword) =>
      fault(
        `${path}/${keyword}`,
        schema[keyword],
        "is a keyword that API Gateway ignores",
        "JSON Schema draft 4",
        keyword === "const" ? 'Write "enum" with one value.' : "Express it in draft 4, or drop it.",
      ),
    );
  const exclusive = ["exclusiveMinimum", "exclusiveMaximum"]
    .filter((keyword) => typeof schema[keyword] === "number")
    .map((keyword) =>
      fault(
        `${path}/${keyword}`,
        schema[keyword],
        "is a number",
        "true or false in draft 4",
        `Write "${keyword === "exclusiveMinimum" ? "minimum" : "maximum"}" and "${keyword}": true.`,
      ),
    );
  const version = schema.$schema;
  const wrongVersion =
    version === undefined || (typeof version === "string" && version.includes("draft-04"))
      ? []
      : [
          fault(
            `${path}/$schema`,
            version,
            "is another draft",
            "http://json-schema.org/draft-04/schema#",
            "Write that.",
          ),
        ];
  return [
    ...later,
    ...exclusive,
    ...wrongVersion,
    ...wrongType(path, schema),
    ...wrongRequired(path, schema),
  ];
}

const TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"];

function wrongType(path: string, { type }: Record<string, unknown>): string[] {
  const types = type === undefined ? [] : Array.isArray(type) ? (type as unknown[]) : [type];
  if (types.every((name) => TYPES.includes(name as string)) && !(Array.isArray(type) && types.length === 0))
    return [];
  return [
    fault(`${path}/type`, type, "is no type of JSON", TYPES.join(", "), "Write one of them, or a list."),
  ];
}

/** Draft 4 wants at least one name. */
function wrongRequired(path: string, { required }: Record<string, unknown>): string[] {
  const names: unknown[] = Array.isArray(required) ? required : [];
  if (required === undefined || (names.length > 0 && names.every((name) => typeof name === "string")))
    return [];
  return [
    fault(`${path}/required`, required, "is no list of names", "at least one name", "Name some, or drop it."),
  ];
}

function subschemas(path: string, schema: Record<string, unknown>): [string, unknown][] {
  const named = NAMED.flatMap((keyword) =>
    Object.entries(isGroup(schema[keyword]) ? schema[keyword] : {}).map(
      ([name, inner]): [string, unknown] => [`${path}/${keyword}/${name}`, inner],
    ),
  );
  const listed = [...LISTED, "items"].flatMap((keyword) =>
    (Array.isArray(schema[keyword]) ? (schema[keyword] as unknown[]) : []).map(
      (inner, index): [string, unknown] => [`${path}/${keyword}/${index}`, inner],
    ),
  );
  const single = SINGLE.filter((keyword) => keyword in schema && !Array.isArray(schema[keyword])).map(
    (keyword): [string, unknown] => [`${path}/${keyword}`, schema[keyword]],
  );
  return [...named, ...listed, ...single];
}

function fault(path: string, given: unknown, wrong: string, allowed: string, mend: string): string {
  return `at ${path === "" ? "/" : path}: ${wrong}, got ${JSON.stringify(given)}; ${allowed}. ${mend}`;
}
