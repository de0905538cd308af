import asyncApiSchema from "@asyncapi/specs/schemas/3.0.0.json";
import openApiSchema from "@seriousme/openapi-schema-validator/schemas/v3.1/schema.json";
import Ajv, { type ErrorObject } from "ajv";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";

const isOpenApi = addFormats(new Ajv2020({ strict: false, formats: { "media-range": true } })).compile(
  openApiSchema,
);
// The schema brings its own copy of its meta-schema.
const isAsyncApi = addFormats(new Ajv({ strict: false, meta: false, validateSchema: false })).compile(
  asyncApiSchema,
);

/** What the schema of OpenAPI's makers says against a document. */
export function openApiFaults(document: object): readonly ErrorObject[] {
  return isOpenApi(document) ? [] : (isOpenApi.errors ?? []);
}

/** What the schema of AsyncAPI's makers says against a document. */
export function asyncApiFaults(document: object): readonly ErrorObject[] {
  return isAsyncApi(document) ? [] : (isAsyncApi.errors ?? []);
}

/** References of a document that lead nowhere. */
export function danglingReferences(document: object): readonly string[] {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path = ""]) => path,
  );
  return references.filter((path) => {
    const parts = path.split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    const found = parts.reduce<unknown>(
      (value, part) => (value as Record<string, unknown> | undefined)?.[part],
      document,
    );
    return found === undefined;
  });
}
