import { type PolicyDocument, type PolicyStatement, readPolicy } from "../../aws/policy-document";
import type { Queue } from "../../local/terraform/model/queue";
import type { LambdaAuthorizer, RestApi, StackModel } from "../../local/terraform/stack-model";
import { type CaseConfig, InexpressibleCase } from "./conformance-case";

/** Of the role that every integration has. */
export const ROLE_ARN = "arn:aws:iam::123456789012:role/integration";

/** The stack around a case's API: its queues, the role of its integrations, the permission of its authorizer. */
export function stackOf(
  config: CaseConfig,
  api: RestApi,
  queues: readonly Queue[],
  authorizer: LambdaAuthorizer | undefined,
): StackModel {
  return {
    name: "case",
    restApis: [api],
    queues,
    buckets: [],
    roles: [
      {
        address: "role",
        arn: ROLE_ARN,
        assumeRolePolicy: policy({
          Action: "sts:AssumeRole",
          Principal: { Service: "apigateway.amazonaws.com" },
        }),
        policies: rolePoliciesOf(config.integrationRole),
      },
    ],
    lambdaFunctions: [],
    eventSourceMappings: () => [],
    notes: () => [],
    lambdaPermissions: authorizer ? [{ ...PERMISSION, functionName: authorizer.functionArn }] : [],
  };
}

const PERMISSION = {
  address: "permission",
  action: "lambda:InvokeFunction",
  principal: "apigateway.amazonaws.com",
};

/** `without <action>` is a role that may do anything else; anything else in words can't be understood. */
function rolePoliciesOf(role: CaseConfig["integrationRole"]): PolicyDocument[] {
  const allowAll = policy({ Action: "*", Resource: "*" });
  if (role === undefined) return [allowAll];
  if (typeof role === "object") return [readPolicy(role, "identity")];
  const denied = /^without (\w+:\w+)$/.exec(role)?.[1];
  if (denied === undefined) throw new InexpressibleCase(`config.integrationRole "${role}" is unknown`);
  return [policy({ NotAction: denied, Resource: "*" })];
}

function policy(statement: Omit<PolicyStatement, "Effect">): PolicyDocument {
  return { Statement: { Effect: "Allow", ...statement } };
}
