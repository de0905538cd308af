import { executionArn, formatArn } from "../../../../aws/arn";
import { executeApiDomain } from "../../../../aws/partition";

import { resourcePath } from "../../model/resource";
import {
  type AttributeTable,
  type ComputeAttribute,
  type ComputedContext,
  standInId,
} from "./attribute-table";

/** What API Gateway and the provider set by themselves. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs */
export const API_GATEWAY_ATTRIBUTES: AttributeTable = {
  aws_api_gateway_rest_api: {
    id: madeUp(10),
    root_resource_id: madeUp(10, "/root"),
    arn: (api, context) => managementArn(context, `/restapis/${api.text("id")}`),
    execution_arn: (api, { place }) => executionArn({ ...place(), id: api.text("id") }),
  },
  aws_api_gateway_resource: {
    id: madeUp(6),
    path: (resource, { resources }) => resourcePath(resource, resources),
  },
  aws_api_gateway_method: { id: joined("agm", "rest_api_id", "resource_id", "http_method") },
  aws_api_gateway_method_response: {
    id: joined("agmr", "rest_api_id", "resource_id", "http_method", "status_code"),
  },
  aws_api_gateway_integration: { id: joined("agi", "rest_api_id", "resource_id", "http_method") },
  aws_api_gateway_integration_response: {
    id: joined("agir", "rest_api_id", "resource_id", "http_method", "status_code"),
  },
  aws_api_gateway_gateway_response: { id: joined("aggr", "rest_api_id", "response_type") },
  aws_api_gateway_deployment: {
    id: madeUp(6),
    invoke_url: (deployment, context) => invokeUrl(context, deployment.text("rest_api_id")),
    execution_arn: (deployment, { place }) =>
      `${executionArn({ ...place(), id: deployment.text("rest_api_id") })}/`,
  },
  aws_api_gateway_stage: {
    id: joined("ags", "rest_api_id", "stage_name"),
    arn: (stage, context) =>
      managementArn(context, `/restapis/${stage.text("rest_api_id")}/stages/${stage.text("stage_name")}`),
    invoke_url: (stage, context) =>
      `${invokeUrl(context, stage.text("rest_api_id"))}${stage.text("stage_name")}`,
    execution_arn: (stage, { place }) =>
      `${executionArn({ ...place(), id: stage.text("rest_api_id") })}/${stage.text("stage_name")}`,
  },
  aws_api_gateway_authorizer: {
    id: madeUp(6),
    arn: (authorizer, context) =>
      managementArn(
        context,
        `/restapis/${authorizer.text("rest_api_id")}/authorizers/${authorizer.text("id")}`,
      ),
  },
  aws_api_gateway_model: { id: madeUp(6) },
  aws_api_gateway_request_validator: { id: madeUp(6) },
  aws_api_gateway_api_key: {
    id: madeUp(10),
    value: madeUp(40, "/value"),
    arn: (key, context) => managementArn(context, `/apikeys/${key.text("id")}`),
  },
  aws_api_gateway_usage_plan: {
    id: madeUp(6),
    arn: (plan, context) => managementArn(context, `/usageplans/${plan.text("id")}`),
  },
  aws_api_gateway_usage_plan_key: { id: (planKey) => planKey.text("key_id") },
};

function madeUp(length: number, suffix = ""): ComputeAttribute {
  return ({ address }, { stackName }) => standInId(`${stackName}/${address}${suffix}`, length);
}

/** Ids that the provider puts together from the ids of what the thing belongs to. */
function joined(prefix: string, ...names: readonly string[]): ComputeAttribute {
  return (resource) => [prefix, ...names.map((name) => resource.text(name))].join("-");
}

/** ARNs of API Gateway's own management have no account. */
function managementArn({ place }: ComputedContext, path: string): string {
  return formatArn({ ...place(), service: "apigateway", accountId: "", resource: path });
}

function invokeUrl({ place }: ComputedContext, apiId: string): string {
  return `https://${executeApiDomain(apiId, place().region)}/`;
}
