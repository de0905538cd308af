import { type Place, parseArn } from "../../../aws/arn";
import type { ProblemList } from "../stack-error";
import type { DomainMapping, GatewayResponse, RestApi } from "../stack-model";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
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
  const id = api.text("id");
  const [apart] = resources.where("aws_api_gateway_rest_api_policy", { rest_api_id: id });
  const policy = (apart ?? api).optionalPolicy("policy", "resource");
  return {
    address: api.address,
    id,
    ...(api.given("id") !== undefined && { idOnAws: id }),
    name: api.text("name"),
    ...placeOf(api),
    apiKeySource: api.oneOf("api_key_source", ["HEADER", "AUTHORIZER"], "HEADER"),
    binaryMediaTypes: api.textList("binary_media_types"),
    resources: readResources(api, resources, problems),
    stages: readStages(id, resources, problems),
    models: readModels(id, resources),
    gatewayResponses: readGatewayResponses(id, resources),
    usagePlans: readUsagePlans(id, resources, problems),
    policy,
    vpcEndpointIds: privateEndpoints(api),
    isEndpointDisabled: api.flag("disable_execute_api_endpoint"),
    domains: readDomains(id, resources),
  };
}

function privateEndpoints(api: TerraformResource): readonly string[] | undefined {
  const [endpoint] = api.blocks("endpoint_configuration");
  return endpoint?.textList("types").includes("PRIVATE") ? endpoint.textList("vpc_endpoint_ids") : undefined;
}

function readDomains(apiId: string, resources: TerraformResources): DomainMapping[] {
  return resources.where("aws_api_gateway_base_path_mapping", { api_id: apiId }).map((mapping) => {
    const domainName = mapping.text("domain_name");
    const [domain] = resources.where("aws_api_gateway_domain_name", { domain_name: domainName });
    const isMutual = domain !== undefined && domain.blocks("mutual_tls_authentication").length > 0;
    return {
      domainName,
      basePath: mapping.optionalText("base_path") ?? "",
      stage: mapping.optionalText("stage_name"),
      ...(isMutual && { mutualTls: domain.address }),
    };
  });
}

function placeOf(api: TerraformResource): Place {
  const written = api.text("execution_arn");
  const arn = parseArn(written);
  if (arn !== undefined) return { region: arn.region, accountId: arn.accountId, partition: arn.partition };
  throw api.error("execution_arn", { wrong: "is not an ARN", got: written });
}

function readGatewayResponses(
  apiId: string,
  resources: TerraformResources,
): Readonly<Record<string, GatewayResponse>> {
  const responses = resources.where("aws_api_gateway_gateway_response", { rest_api_id: apiId });
  return Object.fromEntries(responses.map(readGatewayResponse).map((built) => [built.responseType, built]));
}

function readGatewayResponse(response: TerraformResource): GatewayResponse {
  return {
    address: response.address,
    responseType: response.text("response_type"),
    responseParameters: response.textMap("response_parameters"),
    responseTemplates: response.textMap("response_templates"),
    statusCode: response.optionalText("status_code") && response.knownText("status_code"),
  };
}
