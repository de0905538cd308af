import { executionArn, parseArn } from "../../aws/arn";
import type { PolicyDocument } from "../../aws/policy-document";
import { evaluatePolicies } from "../iam/policy";
import { matchesWildcards } from "../iam/wildcards";
import type { LambdaPermission } from "../terraform/model/lambda-permission";
import type { Role } from "../terraform/model/role";
import type { Integration, LambdaAuthorizer, RestApi, StackModel } from "../terraform/stack-model";

/**
 * Whether API Gateway may invoke the authorizer's function: by its credentials role, or else by a permission of the
 * function for this authorizer. Without either, AWS answers 500.
 *
 * A role that is not in the stack can't be known and is taken to allow it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization-with-console.html
 */
export function mayInvokeAuthorizer(stack: StackModel, api: RestApi, authorizer: LambdaAuthorizer): boolean {
  if (authorizer.credentials === undefined) {
    return stack.lambdaPermissions.some((permission) => permits(permission, api, authorizer));
  }
  const role = stack.roles.find(({ arn }) => arn === authorizer.credentials);
  if (role === undefined) return true;
  const request = { action: "lambda:InvokeFunction", resource: authorizer.functionArn };
  return canAssume(role, api) && evaluatePolicies(role.policies, request) === "Allow";
}

function permits(permission: LambdaPermission, api: RestApi, authorizer: LambdaAuthorizer): boolean {
  const source = `${executionArn(api)}/authorizers/${authorizer.id}`;
  return (
    permission.principal === "apigateway.amazonaws.com" &&
    matchesWildcards(permission.action.toLowerCase(), "lambda:invokefunction") &&
    namesFunction(permission, authorizer.functionArn) &&
    (permission.sourceAccount === undefined || permission.sourceAccount === api.accountId) &&
    (permission.sourceArn === undefined || matchesWildcards(permission.sourceArn, source))
  );
}

/** A permission without a qualifier is for the unqualified function only, and the other way round. */
function namesFunction(permission: LambdaPermission, functionArn: string): boolean {
  const [, , , , , , name, qualifier] = functionArn.split(":");
  const given = permission.functionName.split(":");
  const sameName =
    given.length >= 7
      ? given.slice(0, 7).join(":") === functionArn.split(":").slice(0, 7).join(":")
      : given.at(-1) === name;
  return sameName && permission.qualifier === qualifier;
}

/**
 * Whether the role's trust policy lets API Gateway assume it for this API. Observed on AWS: `aws:SourceAccount` is not
 * filled in, so that a trust bound to it lets nobody in.
 */
function canAssume(role: Role, api: RestApi): boolean {
  const decision = evaluatePolicies([role.assumeRolePolicy], {
    action: "sts:AssumeRole",
    resource: role.arn,
    principal: { type: "Service", value: "apigateway.amazonaws.com" },
    context: { "aws:SourceArn": executionArn(api) },
  });
  return decision === "Allow";
}

/** Whether an integration may call this action, such as `SendMessage`, on this queue. */
export type QueuePermission = (action: string, queueArn: string) => boolean;

/**
 * Whether an integration may do something to a queue: its role must be assumable by API Gateway, and the role's policies
 * and the queue's together must allow the action.
 *
 * A role that is not in the stack can't be known and is taken to allow everything; a queue of another account that is
 * not in the stack is taken to consent. Left out: keys of AWS KMS.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function prepareQueuePermission(
  stack: StackModel,
  api: RestApi,
  { credentials = "" }: Integration,
): QueuePermission {
  const queuePolicies = new Map(stack.queues.map(({ arn, policy }) => [arn, policy ? [policy] : []]));
  const role = stack.roles.find(({ arn }) => arn === credentials);
  const rolePolicies = role?.policies ?? [ALLOW_ALL];
  const assumable = role === undefined || canAssume(role, api);
  const decisions = new Map<string, boolean>();
  return (action, queueArn) => {
    const key = `${action} ${queueArn}`;
    const known = decisions.get(key);
    if (known !== undefined) return known;
    const request = { action: `sqs:${action.replace(/Batch$/, "")}`, resource: queueArn, credentials };
    const allowed = assumable && allowsRole(rolePolicies, queuePolicies.get(queueArn), request);
    if (decisions.size < 1000) decisions.set(key, allowed);
    return allowed;
  };
}

const ALLOW_ALL: PolicyDocument = { Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

interface QueueRequest {
  readonly action: string;
  readonly resource: string;
  readonly credentials: string;
}

/** In one account either side may allow; across accounts both must, as far as the queue's policies are known. */
function allowsRole(
  rolePolicies: readonly PolicyDocument[],
  queuePolicies: readonly PolicyDocument[] | undefined,
  { action, resource, credentials }: QueueRequest,
): boolean {
  const account = parseArn(credentials)?.accountId ?? "";
  const queue = parseArn(resource);
  const request = {
    action,
    resource,
    principal: { type: "AWS", value: credentials } as const,
    context: {
      "aws:SecureTransport": "true",
      "aws:RequestedRegion": queue?.region ?? "",
      "aws:PrincipalArn": credentials,
      "aws:PrincipalAccount": account,
      "aws:PrincipalType": "AssumedRole",
    },
  };
  if (queuePolicies === undefined) return evaluatePolicies(rolePolicies, request) === "Allow";
  if (queue?.accountId === account) {
    return evaluatePolicies([...rolePolicies, ...queuePolicies], request) === "Allow";
  }
  return [rolePolicies, queuePolicies].every((policies) => evaluatePolicies(policies, request) === "Allow");
}
