import { type CallingIntegration, type SqsCall, sqsCalls } from "../local/openapi/sqs-calls";
import { s3Target } from "../local/terraform/s3-target";
import { sqsTarget } from "../local/terraform/sqs-target";
import type { TerraformResource, TerraformResources } from "../local/terraform/terraform-resource";

/** Integrations that call SQS. */
export function sqsIntegrations(resources: TerraformResources): readonly TerraformResource[] {
  return resources
    .ofType("aws_api_gateway_integration")
    .filter((integration) => sqsTarget(integration.optionalText("uri") ?? "") !== undefined);
}

/** Integrations that work with objects of S3. */
export function s3Integrations(resources: TerraformResources): readonly TerraformResource[] {
  return resources
    .ofType("aws_api_gateway_integration")
    .filter((integration) => s3Target(integration.optionalText("uri") ?? "") !== undefined);
}

/** The buckets of the stack with whose objects integrations work; of one that only a request names, all of them. */
export function integrationBuckets(resources: TerraformResources): readonly TerraformResource[] {
  const named = s3Integrations(resources).map((one) => s3Target(one.text("uri"))?.bucket);
  const isAny = named.some((name) => name?.includes("{") ?? true);
  return resources.ofType("aws_s3_bucket").filter((bucket) => isAny || named.includes(bucket.text("bucket")));
}

/** A role with which API Gateway calls a service, and the integrations for which it does. */
export interface IntegrationRole {
  readonly role: TerraformResource;
  readonly integrations: readonly TerraformResource[];
}

/** The roles of integrations, as far as they are in the stack. */
export function rolesOf(
  integrations: readonly TerraformResource[],
  resources: TerraformResources,
): readonly IntegrationRole[] {
  return resources.ofType("aws_iam_role").flatMap((role) => {
    const arn = role.text("arn");
    const own = integrations.filter((one) => one.optionalText("credentials") === arn);
    return own.length === 0 ? [] : { role, integrations: own };
  });
}

/** The calls of SQS that an integration can make on the stages of its API. */
export function callsOf(integration: TerraformResource, resources: TerraformResources): readonly SqsCall[] {
  const stages = resources.where("aws_api_gateway_stage", { rest_api_id: integration.text("rest_api_id") });
  const variables = stages.length === 0 ? [{}] : stages.map((stage) => stage.textMap("variables"));
  const calling = callingOf(integration);
  const api = { region: sqsTarget(calling.uri)?.region ?? "", accountId: "" };
  return variables.flatMap((some) => sqsCalls(calling, { api, stage: { variables: some } }));
}

function callingOf(integration: TerraformResource): CallingIntegration {
  return {
    uri: integration.text("uri"),
    credentials: integration.optionalText("credentials"),
    requestParameters: integration.textMap("request_parameters"),
    requestTemplates: integration.textMap("request_templates"),
    passthroughBehavior: integration.oneOf("passthrough_behavior", PASSTHROUGH, "WHEN_NO_MATCH"),
  };
}

const PASSTHROUGH = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"] as const;

/** Which method an integration, or a part of one, belongs to. */
export function methodOf(part: TerraformResource): Readonly<Record<string, string>> {
  const names = ["rest_api_id", "resource_id", "http_method"];
  return Object.fromEntries(names.map((name) => [name, part.text(name)]));
}

/** The permission that an action of SQS takes, in lower case. */
export function permissionFor(action: string): string {
  return `sqs:${action.replace(/Batch$/, "").toLowerCase()}`;
}
