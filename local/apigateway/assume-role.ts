import { executionArn } from "../../aws/arn";
import { evaluatePolicies } from "../iam/policy";
import type { RestApi, Role } from "../terraform/stack-model";

/**
 * Whether the role's trust policy lets API Gateway assume it for this API. Observed on AWS: `aws:SourceAccount` is not
 * filled in, so that a trust bound to it lets nobody in.
 */
export function canAssume(role: Role, api: RestApi): boolean {
  const decision = evaluatePolicies([role.assumeRolePolicy], {
    action: "sts:AssumeRole",
    resource: role.arn,
    principal: { type: "Service", value: "apigateway.amazonaws.com" },
    context: {
      "aws:SourceArn": executionArn(api),
    },
  });
  return decision === "Allow";
}
