import { executionArn } from "../../aws/arn";
import { type PolicyDocument, parsePolicy } from "../../aws/policy-document";
import { type PolicyDecision, evaluatePolicies } from "../iam/policy";
import type { ContextKeys } from "../iam/wildcards";
import type { RestApi } from "../terraform/stack-model";
import { GatewayError } from "./gateway-error";
import type { AskAuthorizer, AuthorizerResult } from "./lambda-authorizer";
import type { RoutedRequest } from "./routing";

/** How the caller came to be allowed. */
export interface Authorization {
  readonly authorizer?: string;
  readonly cached: boolean;
  /** The API key that the authorizer chose. */
  readonly usageIdentifierKey?: string | undefined;
}

/** Lets a request pass, or throws. */
export type Authorize = (request: RoutedRequest) => Promise<Authorization> | Authorization;

/**
 * Authorization: the API's resource policy, and the method's Lambda authorizer where it has one. A cached policy is
 * judged anew for each method.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * Left out: IAM and Cognito authorization.
 */
export function prepareAuthorization(api: RestApi, askAuthorizer: AskAuthorizer | undefined): Authorize {
  const resourcePolicy = api.policy && withWholeArns(api.policy, api);
  if (askAuthorizer === undefined) {
    return (request) => {
      if (resourcePolicy !== undefined) checkResourcePolicy(resourcePolicy, request);
      return { cached: false };
    };
  }
  return async (request) => {
    if (resourcePolicy !== undefined) denyByResourcePolicy(resourcePolicy, request);
    const { authorizer, result, cached } = await askAuthorizer(request);
    // Before the decision: gateway responses to a denied caller show it, too.
    Object.assign(request.context.authorizer, result.context);
    checkDecision(decideOnce(result, resourcePolicy, request));
    return { authorizer, cached, usageIdentifierKey: result.usageIdentifierKey };
  };
}

/** An identity's requests mostly go to one method: judging its policy again each time is most of this step's cost. */
function decideOnce(
  { policy, decisions }: AuthorizerResult,
  resourcePolicy: PolicyDocument | undefined,
  request: RoutedRequest,
): PolicyDecision {
  if (resourcePolicy !== undefined) return decide([policy, resourcePolicy], request);
  const known = decisions?.get(request.methodArn);
  if (known !== undefined) return known;
  const decision = decide([policy], request);
  if (decisions !== undefined && decisions.size < MOST_DECISIONS) decisions.set(request.methodArn, decision);
  return decision;
}

const MOST_DECISIONS = 100;

function checkDecision(decision: PolicyDecision): void {
  if (decision === "Allow") return;
  const suffix = decision === "ExplicitDeny" ? " with an explicit deny" : "";
  throw new GatewayError("ACCESS_DENIED", `User is not authorized to access this resource${suffix}`);
}

function checkResourcePolicy(policy: PolicyDocument, request: RoutedRequest): void {
  denyByResourcePolicy(policy, request);
  if (decide([policy], request) !== "Allow") throw anonymousDenied(request, "");
}

function denyByResourcePolicy(policy: PolicyDocument, request: RoutedRequest): void {
  if (decide([policy], request) === "ExplicitDeny") throw anonymousDenied(request, " with an explicit deny");
}

/** AWS masks the account but for its last four digits. */
function anonymousDenied(request: RoutedRequest, suffix: string): GatewayError {
  const resource = request.methodArn.replace(/:\d{8}(\d{4}):/, ":********$1:");
  return new GatewayError(
    "ACCESS_DENIED",
    `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${resource}${suffix}`,
  );
}

function decide(documents: readonly PolicyDocument[], request: RoutedRequest): PolicyDecision {
  const { identity } = request.context;
  return evaluatePolicies(documents, {
    action: "execute-api:Invoke",
    resource: request.methodArn,
    principal: { type: "AWS", value: "anonymous" },
    context: {
      ...sourceKeys(identity),
      "aws:UserAgent": identity.userAgent ?? "",
      "aws:SecureTransport": "true",
      "aws:CurrentTime": new Date(request.receivedAt).toISOString(),
      "aws:EpochTime": String(Math.floor(request.receivedAt / 1000)),
    },
  });
}

/**
 * Where a request comes from. Through a VPC endpoint its address is one of the VPC, under another key.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */
function sourceKeys({ sourceIp, vpceId }: RoutedRequest["context"]["identity"]): ContextKeys {
  return vpceId === null
    ? { "aws:SourceIp": sourceIp }
    : { "aws:VpcSourceIp": sourceIp, "aws:SourceVpce": vpceId };
}

/** Resources may be written `execute-api:/<stage>/<verb>/<path>`; AWS puts the API's ARN in when the policy is saved. */
function withWholeArns(policy: PolicyDocument, api: RestApi): PolicyDocument {
  const text = JSON.stringify(policy).replaceAll('"execute-api:/', `"${executionArn(api)}/`);
  return parsePolicy(text, "resource");
}
