import { dnsSuffixOf } from "../../../../aws/partition";
import { resourcePath } from "../../resource-path";
import { importedResourceId, standInId } from "../../stand-in-id";
import type { TerraformResource, TerraformResources } from "../../terraform-resource";
import { type AttributeTable, type ComputeAttribute, type ComputedContext } from "./attribute-table";

/** What API Gateway and the provider set by themselves. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs */
export const API_GATEWAY_ATTRIBUTES: AttributeTable = {
  aws_api_gateway_rest_api: {
    id: madeUp(10),
    root_resource_id: madeUp(10, "/root"),
    arn: managementArn("/restapis/{id}"),
    execution_arn: executionArn("{id}"),
  },
  aws_api_gateway_resource: {
    id: madeUp(6),
    path: (resource, { resources }) => resourcePath(resource, resources),
  },
  "data.aws_api_gateway_resource": { id: idAtPath },
  aws_api_gateway_method: { id: "agm-{rest_api_id}-{resource_id}-{http_method}" },
  aws_api_gateway_method_response: { id: "agmr-{rest_api_id}-{resource_id}-{http_method}-{status_code}" },
  aws_api_gateway_integration: { id: "agi-{rest_api_id}-{resource_id}-{http_method}" },
  aws_api_gateway_integration_response: {
    id: "agir-{rest_api_id}-{resource_id}-{http_method}-{status_code}",
  },
  aws_api_gateway_gateway_response: { id: "aggr-{rest_api_id}-{response_type}" },
  aws_api_gateway_deployment: {
    id: madeUp(6),
    invoke_url: "https://{rest_api_id}.execute-api.{@region}.{@dnsSuffix}/",
    execution_arn: executionArn("{rest_api_id}/"),
  },
  aws_api_gateway_stage: {
    id: "ags-{rest_api_id}-{stage_name}",
    arn: managementArn("/restapis/{rest_api_id}/stages/{stage_name}"),
    invoke_url: "https://{rest_api_id}.execute-api.{@region}.{@dnsSuffix}/{stage_name}",
    execution_arn: executionArn("{rest_api_id}/{stage_name}"),
  },
  aws_api_gateway_authorizer: {
    id: madeUp(6),
    arn: managementArn("/restapis/{rest_api_id}/authorizers/{id}"),
  },
  aws_api_gateway_model: { id: madeUp(6) },
  aws_api_gateway_request_validator: { id: madeUp(6) },
  aws_api_gateway_api_key: {
    id: madeUp(10),
    value: madeUp(40, "/value"),
    arn: managementArn("/apikeys/{id}"),
  },
  aws_api_gateway_usage_plan: { id: madeUp(6), arn: managementArn("/usageplans/{id}") },
  aws_api_gateway_usage_plan_key: { id: "{key_id}", name: "{key_id}", value: madeUp(40, "/value") },
  aws_api_gateway_rest_api_policy: { id: "{rest_api_id}" },
  aws_api_gateway_client_certificate: { id: madeUp(6), arn: managementArn("/clientcertificates/{id}") },
  aws_api_gateway_domain_name: {
    id: "{domain_name}",
    arn: managementArn("/domainnames/{domain_name}"),
    regional_domain_name: (domain, { stackName, place }) => {
      const { region } = place();
      return `d-${standInId(`${stackName}/${domain.address}`, 10)}.execute-api.${region}.${dnsSuffixOf(region)}`;
    },
  },
};

/**
 * Of the resource at a path of a REST API outside the stack, whose stand-in says its path, or of what an import makes; other
 * resources of the stack do not say their paths.
 */
function idAtPath(data: TerraformResource, { resources }: ComputedContext): unknown {
  const apiId = data.text("rest_api_id");
  const path = data.text("path");
  const [api] = resources.where("aws_api_gateway_rest_api", { id: apiId });
  if (path === "/" && api !== undefined) return api.text("root_resource_id");
  const own = resources.where("aws_api_gateway_resource", { rest_api_id: apiId });
  const found = own.find((resource) => resource.given("path") === path);
  if (found !== undefined) return found.text("id");
  // Whether the document has the path is seen where the id is used.
  if (hasDocument(apiId, resources)) return importedResourceId(apiId, path);
  throw data.error("path", { wrong: "is no resource of a REST API outside the stack", got: path });
}

function hasDocument(apiId: string, resources: TerraformResources): boolean {
  const [api] = resources.where("aws_api_gateway_rest_api", { id: apiId });
  if (api?.given("body") !== undefined) return true;
  return resources.where("aws_api_gateway_rest_api_put", { rest_api_id: apiId }).length > 0;
}

function madeUp(length: number, suffix = ""): ComputeAttribute {
  return ({ address }, { stackName }) => standInId(`${stackName}/${address}${suffix}`, length);
}

/** ARNs of API Gateway's own management have no account. */
function managementArn(path: string): string {
  return `arn:{@partition}:apigateway:{@region}::${path}`;
}

function executionArn(path: string): string {
  return `arn:{@partition}:execute-api:{@region}:{@accountId}:${path}`;
}
