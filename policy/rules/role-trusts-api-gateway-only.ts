import type { PolicyRule } from "../rule";
import { statements } from "../statements";
import { rolesOf, s3Integrations, sqsIntegrations } from "../integrations";

const API_GATEWAY = JSON.stringify({ Service: "apigateway.amazonaws.com" });

export const ROLE_TRUSTS_API_GATEWAY_ONLY: PolicyRule = {
  name: "role-trusts-api-gateway-only",
  asks: "Only API Gateway may assume the role of an SQS integration, or of one of S3.",
  why: "Everybody else who may assume it sends past the API: without its authorizer, its limits and its logs.",
  relatives: ["CKV_AWS_60", "CKV_AWS_61"],
  here: "The service `apigateway.amazonaws.com` and nobody else.",
  *findings({ resources }) {
    const integrations = [...sqsIntegrations(resources), ...s3Integrations(resources)];
    for (const { role } of rolesOf(integrations, resources)) {
      for (const { Principal } of statements(role.policy("assume_role_policy", "trust"), "Allow")) {
        const trusted = JSON.stringify(Principal);
        if (trusted !== API_GATEWAY) yield { address: role.address, wrong: `trusts ${trusted}` };
      }
    }
  },
};
