import type { ErrorObject, ValidateFunction } from "ajv";
import draft4 from "ajv-draft-04/dist/refs/json-schema-draft-04.json";
import { closest, distance } from "fastest-levenshtein";
import { mistakeText, shown } from "../errors/mistake";
import { draft4Compiler } from "./draft-4";

/**
 * Models that every REST API has from the start.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export const BUILT_IN_MODELS: Readonly<Record<string, string>> = {
  Empty: JSON.stringify({ $schema: draft4.id, title: "Empty Schema", type: "object" }),
  Error: JSON.stringify({
    $schema: draft4.id,
    title: "Error Schema",
    type: "object",
    properties: { message: { type: "string" } },
  }),
};

/**
 * Draft 4's own schema, and no keyword besides: AWS refuses others with "Invalid model schema specified. Unsupported
 * keyword(s)". A model may refer to its own definitions and to other models of the API.
 */
const MODEL_SCHEMA = {
  ...draft4,
  id: "https://apigateway.amazonaws.com/model",
  properties: {
    ...draft4.properties,
    patternProperties: { ...draft4.properties.patternProperties, propertyNames: { format: "regex" } },
    format: { type: "string" },
    $ref: { type: "string", pattern: "^(#|https://apigateway[.]amazonaws[.]com/restapis/[^/]+/models/)" },
  },
  additionalProperties: false,
};

/** Compiled at its first use: most stacks have no models. */
let checker: ValidateFunction | undefined;

function modelSchemaChecker(): ValidateFunction {
  const formats = { uri: true, regex: isRegularExpression } as const;
  const options = { allErrors: true, verbose: true, strict: false, meta: false, validateSchema: false };
  checker ??= draft4Compiler({ ...options, formats }).compile(MODEL_SCHEMA);
  return checker;
}

/**
 * What is wrong with the schema of a model, a text for each place: `at /properties/a/requird: …`. API Gateway takes JSON
 * Schema draft 4, and refuses what it does not know.
 */
export function modelSchemaFaults(schema: unknown): string[] {
  const isModelSchema = modelSchemaChecker();
  if (isModelSchema(schema)) return [];
  const errors = (isModelSchema.errors ?? []).map((error) => ({ ...error, path: placeOf(error) }));
  const places = [...new Set(errors.map(({ path }) => path))];
  // A subschema that is wrong makes all around it wrong, and each keyword that takes it.
  const innermost = places.filter((path) => !places.some((other) => other.startsWith(`${path}/`)));
  return innermost.map((path) =>
    fault(
      path,
      errors.filter((one) => one.path === path),
    ),
  );
}

/** Ajv finds an unknown keyword, and one that lacks another, in the schema around it. */
function placeOf({ instancePath, params }: ErrorObject): string {
  const { additionalProperty, property } = params as { additionalProperty?: string; property?: string };
  const keyword = additionalProperty ?? property;
  return keyword === undefined ? instancePath : `${instancePath}/${keyword}`;
}

function fault(path: string, errors: readonly ErrorObject[]): string {
  const keyword = path.slice(path.lastIndexOf("/") + 1);
  const [error] = errors;
  const data = error?.data as Readonly<Record<string, unknown>> | undefined;
  const got = shown(error?.instancePath === path ? data : data?.[keyword]);
  if (errors.some((candidate) => candidate.keyword === "additionalProperties")) {
    const mistake = {
      wrong: "is a keyword that API Gateway refuses",
      got,
      allowed: "those of JSON Schema draft 4",
    };
    return mistakeText({ where: `at ${path}`, ...mistake, mend: mendFor(keyword) });
  }
  const needed = errors.map(rule).filter((text) => text !== undefined);
  const allowed = `it ${[...new Set(needed)].join(", or ")}`;
  const where = `at ${path === "" ? "/" : path}`;
  return mistakeText({ where, wrong: "is not draft 4", got, allowed, mend: MENDS[keyword] ?? "Correct it." });
}

/** What Ajv says of a choice tells no more than what it says of each alternative. */
function rule({ keyword, message, params }: ErrorObject): string | undefined {
  if (keyword === "anyOf") return undefined;
  const { allowedValues } = params as { allowedValues?: readonly unknown[] };
  return allowedValues === undefined ? message : `must be one of ${allowedValues.join(", ")}`;
}

const KEYWORDS = Object.keys(MODEL_SCHEMA.properties);

/** How what is often written instead is said in draft 4, or what to do without it. */
const MENDS: Readonly<Record<string, string>> = {
  const: 'Write "enum" with one value.',
  nullable: 'Write "type": ["string", "null"] with the type that you mean.',
  example: "Drop it.",
  examples: "Drop it.",
  file: "Write the schema itself here.",
  $id: 'Write "id", or drop it.',
  $defs: 'Write "definitions".',
  dependentRequired: 'Write "dependencies".',
  dependentSchemas: 'Write "dependencies".',
  exclusiveMinimum: 'Write "minimum" with the number, and "exclusiveMinimum": true.',
  exclusiveMaximum: 'Write "maximum" with the number, and "exclusiveMaximum": true.',
  $ref: "Refer to #/definitions/…, or to https://apigateway.amazonaws.com/restapis/<id>/models/<name>.",
};

function mendFor(keyword: string): string {
  const near = closest(keyword, KEYWORDS);
  const isSlip = distance(keyword, near) <= Math.min(2, (keyword.length - 1) / 2);
  return MENDS[keyword] ?? (isSlip ? `Did you mean "${near}"?` : "Express it in draft 4, or drop it.");
}

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
