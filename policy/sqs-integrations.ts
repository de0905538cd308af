import type { TerraformResource, TerraformResources } from "../local/terraform/terraform-resource";
import { sqsTarget } from "../local/terraform/sqs-target";

/** Integrations that call SQS. */
export function sqsIntegrations(resources: TerraformResources): readonly TerraformResource[] {
  return resources
    .ofType("aws_api_gateway_integration")
    .filter((integration) => sqsTarget(integration.optionalText("uri") ?? "") !== undefined);
}

/** The roles with which API Gateway calls SQS, as far as they are in the stack. */
export function integrationRoles(resources: TerraformResources): readonly TerraformResource[] {
  const used = new Set(sqsIntegrations(resources).map((one) => one.optionalText("credentials")));
  return resources.ofType("aws_iam_role").filter((role) => used.has(role.text("arn")));
}

/** Which method an integration, or a part of one, belongs to. */
export function methodOf(part: TerraformResource): Readonly<Record<string, string>> {
  const names = ["rest_api_id", "resource_id", "http_method"];
  return Object.fromEntries(names.map((name) => [name, part.text(name)]));
}
