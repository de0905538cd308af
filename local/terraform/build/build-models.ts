import { optionalText, text } from "../attribute";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { whose } from "./belonging";

const DRAFT_4 = "http://json-schema.org/draft-04/schema#";

/** The models that AWS puts into every REST API. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html */
const BUILT_IN: Readonly<Record<string, string>> = {
  Empty: JSON.stringify({ $schema: DRAFT_4, title: "Empty Schema", type: "object" }),
  Error: JSON.stringify({
    $schema: DRAFT_4,
    title: "Error Schema",
    type: "object",
    properties: { message: { type: "string" } },
  }),
};

/** JSON Schema text of each of a REST API's models by name. */
export function buildModels(apiId: string, resources: TerraformResources): Readonly<Record<string, string>> {
  const models = whose(resources.ofType("aws_api_gateway_model"), { rest_api_id: apiId });
  return { ...BUILT_IN, ...Object.fromEntries(models.map(namedSchema)) };
}

function namedSchema(model: TerraformResource): [name: string, schema: string] {
  return [text(model, "name"), optionalText(model, "schema") ?? "{}"];
}
