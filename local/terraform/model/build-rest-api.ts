import { type Place, parseArn } from "../../../aws/arn";
import type { PolicyDocument } from "../../../aws/policy-document";
import { oneOf, optionalText, text, textList, textMap } from "../attribute";
import type { ProblemList } from "../problem-list";
import { StackError } from "../stack-error";
import type { GatewayResponse, RestApi } from "../stack-model";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { whose } from "./belonging";
import { buildModels } from "./build-models";
import { buildResources } from "./build-resources";
import { buildStages } from "./build-stages";
import { buildUsagePlans } from "./build-usage-plans";
import { optionalPolicy } from "./policy-attribute";

/** `aws_api_gateway_rest_api` with all that belongs to it. */
export function buildRestApi(
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
    resources: buildResources(api, resources, problems),
    stages: buildStages(id, resources, problems),
    models: buildModels(id, resources),
    gatewayResponses: buildGatewayResponses(id, resources),
    usagePlans: buildUsagePlans(id, resources, problems),
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

function buildGatewayResponses(
  apiId: string,
  resources: TerraformResources,
): Readonly<Record<string, GatewayResponse>> {
  const responses = whose(resources.ofType("aws_api_gateway_gateway_response"), { rest_api_id: apiId });
  return Object.fromEntries(responses.map(buildGatewayResponse).map((built) => [built.responseType, built]));
}

function buildGatewayResponse(response: TerraformResource): GatewayResponse {
  const statusCode = optionalText(response, "status_code");
  return {
    address: response.address,
    responseType: text(response, "response_type"),
    responseParameters: textMap(response, "response_parameters"),
    responseTemplates: textMap(response, "response_templates"),
    ...(statusCode !== undefined && { statusCode }),
  };
}
