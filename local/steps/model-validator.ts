import type { ValidateFunction } from "ajv";
import Ajv from "ajv-draft-04";
import type { RestApi } from "../terraform/stack-model";

/** Checks a parsed payload against one model. */
export type BodyValidator = ValidateFunction;

/** Models that every REST API has from the start. */
const builtInModels: Readonly<Record<string, string>> = { Empty: "{}", Error: "{}" };

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
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
  const url = (name: string) => `https://apigateway.amazonaws.com/restapis/${api.id}/models/${name}`;
  for (const [name, schema] of Object.entries({ ...builtInModels, ...api.models })) {
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

/** The dialect is draft 4, whatever the schema says. */
function readSchema(text: string): object {
  return { ...(JSON.parse(text) as object), $schema: undefined };
}
