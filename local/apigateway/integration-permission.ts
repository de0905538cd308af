import { parseArn } from "../../aws/arn";
import type { PolicyDocument } from "../../aws/policy-document";
import { evaluatePolicies } from "../iam/policy";
import type { Integration, RestApi, StackModel } from "../terraform/stack-model";
import { canAssume } from "./assume-role";
import type { AuthorizeSqs } from "./integrations/sqs";

/**
 * Whether an integration may do something to a queue: its role must be assumable by API Gateway, and the role's policies
 * and the queue's together must allow the action.
 *
 * A role that is not in the stack can't be known and is taken to allow everything; a queue of another account that is
 * not in the stack is taken to consent. Left out: keys of AWS KMS.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function prepareIntegrationPermission(
  stack: StackModel,
  api: RestApi,
  integration: Integration,
): AuthorizeSqs {
  const decide = permissionOf(stack, api, integration.credentials ?? "");
  const decisions = new Map<string, boolean>();
  return (action, queueArn) => {
    const key = `${action} ${queueArn}`;
    const allowed = decisions.get(key) ?? decide(`sqs:${action.replace(/Batch$/, "")}`, queueArn);
    if (decisions.size < 1000) decisions.set(key, allowed);
    return allowed;
  };
}

function permissionOf(stack: StackModel, api: RestApi, credentials: string): AuthorizeSqs {
  const queuePolicies = new Map(
    stack.queues.flatMap(({ arn, policy }) => (policy === undefined ? [] : [[arn, policy] as const])),
  );
  const known = new Set(stack.queues.map(({ arn }) => arn));
  const policyOf = (queueArn: string) => [queuePolicies.get(queueArn) ?? []].flat();
  const role = stack.roles.find(({ arn }) => arn === credentials);
  const rolePolicies = role?.policies ?? [ALLOW_ALL];
  const assumable = role === undefined || canAssume(role, api);
  return (action, queueArn) =>
    assumable &&
    allowsRole(rolePolicies, known.has(queueArn) ? policyOf(queueArn) : undefined, {
      action,
      resource: queueArn,
      credentials,
    });
}

const ALLOW_ALL: PolicyDocument = { Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

/** In one account either side may allow; across accounts both must, as far as the queue's policies are known. */
function allowsRole(
  rolePolicies: readonly PolicyDocument[],
  queuePolicies: readonly PolicyDocument[] | undefined,
  { action, resource, credentials }: { action: string; resource: string; credentials: string },
): boolean {
  const account = parseArn(credentials)?.accountId ?? "";
  const principal = { type: "AWS", value: credentials } as const;
  const context = {
    ...requestContext(resource),
    "aws:PrincipalArn": credentials,
    "aws:PrincipalAccount": account,
    "aws:PrincipalType": "AssumedRole",
  };
  const request = { action, resource, principal, context };
  if (queuePolicies === undefined) return evaluatePolicies(rolePolicies, request) === "Allow";
  if (parseArn(resource)?.accountId === account) {
    return evaluatePolicies([...rolePolicies, ...queuePolicies], request) === "Allow";
  }
  return [rolePolicies, queuePolicies].every((policies) => evaluatePolicies(policies, request) === "Allow");
}

function requestContext(resource: string): Record<string, string> {
  return { "aws:SecureTransport": "true", "aws:RequestedRegion": parseArn(resource)?.region ?? "" };
}
