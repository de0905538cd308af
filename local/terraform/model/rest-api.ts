import { type Place, parseArn } from "../../../aws/arn";
import type { PolicyDocument } from "../../../aws/policy-document";
import { type ProblemList, StackError } from "../stack-error";
import type { GatewayResponse, RestApi } from "../stack-model";
import {
  type TerraformResource,
  type TerraformResources,
  oneOf,
  optionalPolicy,
  optionalText,
  text,
  textList,
  textMap,
  whose,
} from "../terraform-resource";
import { readModels } from "./model";
import { readResources } from "./resource";
import { readStages } from "./stage";
import { readUsagePlans } from "./usage-plan";

/** `aws_api_gateway_rest_api` with all that belongs to it. */
export function readRestApi(
  api: TerraformResource,
  resources: TerraformResources,
  problems: ProblemList,
): RestApi {
  refuseBody(api);
  const id = text(api, "id");
  const policy = resourcePolicy(api, resources);
  return {
    address: api.address,
    id,
    name: text(api, "name"),
    ...placeOf(api),
    apiKeySource: oneOf(api, "api_key_source", ["HEADER", "AUTHORIZER"], "HEADER"),
    binaryMediaTypes: textList(api, "binary_media_types"),
    resources: readResources(api, resources, problems),
    stages: readStages(id, resources, problems),
    models: readModels(id, resources),
    gatewayResponses: readGatewayResponses(id, resources),
    usagePlans: readUsagePlans(id, resources, problems),
    ...(policy !== undefined && { policy }),
  };
}

function placeOf(api: TerraformResource): Place {
  const written = text(api, "execution_arn");
  const arn = parseArn(written);
  if (arn !== undefined) return { region: arn.region, accountId: arn.accountId, partition: arn.partition };
  throw new StackError({ address: `${api.address}.execution_arn`, wrong: "is not an ARN", got: written });
}

function refuseBody(api: TerraformResource): void {
  if (optionalText(api, "body") === undefined) return;
  throw new StackError({
    address: `${api.address}.body`,
    wrong: "OpenAPI documents are not read by the local gateway",
    allowed: "aws_api_gateway_resource, _method and _integration are",
    mend: "Declare the API's parts as resources",
  });
}

function resourcePolicy(api: TerraformResource, resources: TerraformResources): PolicyDocument | undefined {
  const [apart] = whose(resources.ofType("aws_api_gateway_rest_api_policy"), {
    rest_api_id: text(api, "id"),
  });
  return optionalPolicy(apart ?? api, "policy", "resource");
}

function readGatewayResponses(
  apiId: string,
  resources: TerraformResources,
): Readonly<Record<string, GatewayResponse>> {
  const responses = whose(resources.ofType("aws_api_gateway_gateway_response"), { rest_api_id: apiId });
  return Object.fromEntries(responses.map(readGatewayResponse).map((built) => [built.responseType, built]));
}

function readGatewayResponse(response: TerraformResource): GatewayResponse {
  const statusCode = optionalText(response, "status_code");
  return {
    address: response.address,
    responseType: text(response, "response_type"),
    responseParameters: textMap(response, "response_parameters"),
    responseTemplates: textMap(response, "response_templates"),
    ...(statusCode !== undefined && { statusCode }),
  };
}
