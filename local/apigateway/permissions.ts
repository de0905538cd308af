import { executionArn, parseArn } from "../../aws/arn";
import { hasStandIn } from "../../aws/stand-in-text";
import type { PolicyDocument } from "../../aws/policy-document";
import { matchesWildcards } from "../../aws/wildcards";
import { type PolicyDecision, evaluatePolicies, strictest } from "../iam/policy";
import type { LambdaPermission } from "../terraform/model/lambda-permission";
import type { Role } from "../terraform/model/role";
import type { Integration, LambdaAuthorizer, RestApi, StackModel } from "../terraform/stack-model";
import { internalServerError } from "./gateway-error";
import type { RoutedRequest } from "./routing";

/**
 * Whether API Gateway may invoke the authorizer's function: by its credentials role, or else by a permission of the
 * function for this authorizer. Without either, AWS answers 500.
 *
 * A role that is not in the stack can't be known and is taken to allow it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization-with-console.html
 */
export function mayInvokeAuthorizer(stack: StackModel, api: RestApi, authorizer: LambdaAuthorizer): boolean {
  const { credentials, functionArn, id } = authorizer;
  const source = `${executionArn(api)}/authorizers/${id}`;
  return credentials === undefined
    ? stack.lambdaPermissions.some((permission) => permits(permission, api, { functionArn, source }))
    : roleMayInvoke(stack, api, credentials, functionArn) === "Allow";
}

/**
 * Whether an integration may invoke a function: by its credentials role, or else by a permission of the function for this method.
 * Without either, AWS answers 500.
 *
 * How AWS writes a method `ANY` and the `{placeholders}` of a path in the ARN that it asks for has no recording: what the permission
 * is for may be written as in the API, with `*` for them, or as the request has it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 * @throws GatewayError where that depends on what only an apply knows
 */
export function mayInvokeFunction(
  stack: StackModel,
  api: RestApi,
  { credentials }: Integration,
  functionArn: string,
  { stage, resource, method, methodArn }: RoutedRequest,
): boolean {
  if (credentials !== undefined) {
    const decision = roleMayInvoke(stack, api, credentials, functionArn);
    return isAllowed(decision, `${credentials} may invoke ${functionArn}`);
  }
  const written = `${executionArn(api)}/${stage.name}/${method.httpMethod}${resource.path}`;
  const starred = written.replace("/ANY/", "/*/").replaceAll(/\{[^}]*\}/g, "*");
  return [methodArn, written, starred].some((source) =>
    stack.lambdaPermissions.some((permission) => permits(permission, api, { functionArn, source })),
  );
}

/** Whether an integration's or an authorizer's role allows it to invoke a function. */
function roleMayInvoke(
  stack: StackModel,
  api: RestApi,
  credentials: string,
  functionArn: string,
): PolicyDecision {
  const role = stack.roles.find(({ arn }) => arn === credentials);
  if (role === undefined) return "Allow";
  const request = { action: "lambda:InvokeFunction", resource: functionArn };
  return strictest([canAssume(role, api), evaluatePolicies(role.policies, request)]);
}

/** A function, and what wants to invoke it. */
interface Invocation {
  readonly functionArn: string;
  /** ARN of the authorizer or the method. */
  readonly source: string;
}

function permits(permission: LambdaPermission, api: RestApi, { functionArn, source }: Invocation): boolean {
  return (
    permission.principal === "apigateway.amazonaws.com" &&
    matchesWildcards(permission.action.toLowerCase(), "lambda:invokefunction") &&
    namesFunction(permission, functionArn) &&
    (permission.sourceAccount === undefined || permission.sourceAccount === api.accountId) &&
    (permission.sourceArn === undefined || matchesWildcards(permission.sourceArn, source))
  );
}

/**
 * A permission without a qualifier is for the unqualified function only, and the other way round. One function that only an apply
 * knows is taken for another such one.
 */
function namesFunction(permission: LambdaPermission, functionArn: string): boolean {
  if (hasStandIn(functionArn) && hasStandIn(permission.functionName)) return true;
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
function canAssume(role: Role, api: RestApi): PolicyDecision {
  return evaluatePolicies([role.assumeRolePolicy], {
    action: "sts:AssumeRole",
    resource: role.arn,
    principal: { type: "Service", value: "apigateway.amazonaws.com" },
    context: { "aws:SourceArn": executionArn(api) },
  });
}

/**
 * Whether an integration may call this action, such as `SendMessage`, on this queue.
 * @throws GatewayError where that depends on what only an apply knows
 */
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
  integration: Integration,
): QueuePermission {
  const policies = new Map(stack.queues.map(({ arn, policy }) => [arn, policy ? [policy] : []]));
  const mayCall = preparePermission(stack, api, integration, (queueArn) => ({
    owner: parseArn(queueArn)?.accountId,
    region: parseArn(queueArn)?.region,
    policies: policies.get(queueArn),
  }));
  return (action, queueArn) => mayCall(`sqs:${action.replace(/Batch$/, "")}`, queueArn);
}

/**
 * Whether an integration may do this, such as `s3:PutObject`, to a bucket or to an object in it.
 * @throws GatewayError where that depends on what only an apply knows
 */
export type BucketPermission = (action: string, arn: string) => boolean;

/**
 * The same for the stack's buckets and their objects. A bucket that is not in the stack is taken to consent. Left out: keys of AWS KMS,
 * access control lists, and the public access block, which no role needs.
 */
export function prepareBucketPermission(
  stack: StackModel,
  api: RestApi,
  integration: Integration,
): BucketPermission {
  const policies = new Map(stack.buckets.map(({ arn, policy }) => [arn, policy ? [policy] : []]));
  return preparePermission(stack, api, integration, (arn) => ({
    owner: api.accountId,
    region: api.region,
    policies: policies.get(arn.replace(/\/.*$/s, "")),
  }));
}

/** What is asked for, and the policies that it has, where they are known. */
interface Asked {
  readonly owner: string | undefined;
  readonly region: string | undefined;
  readonly policies: readonly PolicyDocument[] | undefined;
}

function preparePermission(
  stack: StackModel,
  api: RestApi,
  { credentials = "" }: Integration,
  askedOf: (arn: string) => Asked,
): (action: string, arn: string) => boolean {
  const role = stack.roles.find(({ arn }) => arn === credentials);
  const rolePolicies = role?.policies ?? [ALLOW_ALL];
  const assumable = role === undefined ? "Allow" : canAssume(role, api);
  const decisions = new Map<string, PolicyDecision>();
  const decide = (action: string, resource: string): PolicyDecision => {
    const key = `${action} ${resource}`;
    const known = decisions.get(key);
    if (known !== undefined) return known;
    const request = { action, resource, credentials };
    const decision = strictest([assumable, decideForRole(rolePolicies, askedOf(resource), request)]);
    if (decisions.size < 1000) decisions.set(key, decision);
    return decision;
  };
  return (action, resource) =>
    isAllowed(
      decide(action, resource),
      `${credentials} may call ${action.replace(/^\w+:/, "")} of ${resource}`,
    );
}

/** Neither yes nor no would be more than a guess. @param question behind "whether" */
function isAllowed(decision: PolicyDecision, question: string): boolean {
  if (decision !== "Undetermined") return decision === "Allow";
  throw internalServerError(new Error(`whether ${question} is known only after an apply`));
}

const ALLOW_ALL: PolicyDocument = { Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

interface RoleRequest {
  readonly action: string;
  readonly resource: string;
  readonly credentials: string;
}

/** In one account either side may allow; across accounts both must, as far as the resource's policies are known. */
function decideForRole(
  rolePolicies: readonly PolicyDocument[],
  { owner, region = "", policies }: Asked,
  { action, resource, credentials }: RoleRequest,
): PolicyDecision {
  const account = parseArn(credentials)?.accountId ?? "";
  const request = {
    action,
    resource,
    principal: { type: "AWS", value: credentials } as const,
    context: {
      "aws:SecureTransport": "true",
      "aws:RequestedRegion": region,
      "aws:PrincipalArn": credentials,
      "aws:PrincipalAccount": account,
      "aws:PrincipalType": "AssumedRole",
    },
  };
  if (policies === undefined) return evaluatePolicies(rolePolicies, request);
  if (owner === account) return evaluatePolicies([...rolePolicies, ...policies], request);
  return strictest([rolePolicies, policies].map((some) => evaluatePolicies(some, request)));
}
