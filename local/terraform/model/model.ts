import { BUILT_IN_MODELS, modelSchemaFaults } from "../../../aws/model-schema";
import { StackError } from "../stack-error";
import type { TerraformResource, TerraformResources } from "../terraform-resource";

/**
 * JSON Schema text of each of a REST API's models by name.
 * @throws StackError for a schema that API Gateway refuses to make a model of
 */
export function readModels(apiId: string, resources: TerraformResources): Readonly<Record<string, string>> {
  const models = resources.where("aws_api_gateway_model", { rest_api_id: apiId });
  return { ...BUILT_IN_MODELS, ...Object.fromEntries(models.map(namedSchema)) };
}

function namedSchema(model: TerraformResource): [name: string, schema: string] {
  const schema = model.optionalText("schema") ?? "{}";
  // What AWS checks of a model of another type is not known.
  if (isJson(model.text("content_type"))) refuseFaults(`${model.address}.schema`, schema);
  return [model.text("name"), schema];
}

function isJson(contentType: string): boolean {
  return /^application\/([^;]+[+])?json\b/i.test(contentType);
}

function refuseFaults(address: string, schema: string): void {
  let faults: string[];
  try {
    faults = modelSchemaFaults(JSON.parse(schema));
  } catch {
    throw new StackError({ address, wrong: "is not JSON", got: schema, allowed: "a JSON Schema of draft 4" });
  }
  if (faults.length > 0) throw new StackError(...faults.map((wrong) => ({ address, wrong })));
}
