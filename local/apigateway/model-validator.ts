import type { ValidateFunction } from "ajv";
import Ajv from "ajv-draft-04";
import { BUILT_IN_MODELS } from "../../aws/model-schema";
import type { RestApi } from "../terraform/stack-model";

/** Checks a parsed payload against one model. */
export type BodyValidator = ValidateFunction;

/**
 * Compiles the models of a method, JSON Schema draft 4, by lower-case MIME type. `$ref` to another model of the API is
 * `https://apigateway.amazonaws.com/restapis/<id>/models/<name>`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 * @throws Error for a model that is not a JSON Schema, or does not exist.
 */
export function prepareModels(
  api: RestApi,
  requestModels: Readonly<Record<string, string>>,
): Map<string, BodyValidator> {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    // Patterns are ECMA-262 without its flag u: they may escape what need not be escaped.
    unicodeRegExp: false,
    logger: false,
  });
  const url = (name: string) => `https://apigateway.amazonaws.com/restapis/${api.id}/models/${name}`;
  for (const [name, schema] of Object.entries({ ...BUILT_IN_MODELS, ...api.models })) {
    ajv.addSchema(readSchema(schema), url(name));
  }
  return new Map(
    Object.entries(requestModels).map(([type, name]) => {
      const validator = ajv.getSchema(url(name));
      if (validator === undefined) throw new Error(`the model "${name}" does not exist`);
      return [type.toLowerCase(), validator as BodyValidator];
    }),
  );
}

/** The dialect is draft 4, whatever the schema says, and two models may have the same id. */
function readSchema(text: string): object {
  return { ...(JSON.parse(text) as object), $schema: undefined, id: undefined };
}
