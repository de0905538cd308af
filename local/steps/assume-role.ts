import { executionArn } from "../../aws/arn";
import { evaluatePolicies } from "../aws/policy";
import type { RestApi, Role } from "../terraform/stack-model";

/** Whether the role's trust policy lets API Gateway assume it for this API. */
export function canAssume(role: Role, api: RestApi): boolean {
  const decision = evaluatePolicies([role.assumeRolePolicy], {
    action: "sts:AssumeRole",
    resource: role.arn,
    principal: { type: "Service", value: "apigateway.amazonaws.com" },
    context: {
      "aws:SourceAccount": api.accountId,
      "aws:SourceArn": executionArn(api),
    },
  });
  return decision === "Allow";
}
