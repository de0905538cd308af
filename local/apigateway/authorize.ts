import { executionArn } from "../../aws/arn";
import { type PolicyDocument, readPolicy } from "../../aws/policy-document";
import type { FunctionInvoker, InvocationResult } from "../lambda/lambda";
import { type PolicyDecision, evaluatePolicies } from "../iam/policy";
import type { Authorizer, Method, RestApi } from "../terraform/stack-model";
import { authorizerEvent } from "./authorizer-event";
import { type AuthorizerResult, AuthorizerResultCache } from "./authorizer-result-cache";
import { GatewayError } from "./gateway-error";
import { prepareIdentity } from "./identity-sources";
import type { RoutedRequest } from "./routed-request";

/** How the caller came to be allowed. */
export interface Authorization {
  readonly authorizer?: string;
  readonly cached: boolean;
  /** The API key that the authorizer chose. */
  readonly usageIdentifierKey?: string;
}

/** Lets a request pass, or throws. */
export type Authorize = (request: RoutedRequest) => Promise<Authorization> | Authorization;

/** What the authorization of one method depends on. */
export interface AuthorizerParts {
  readonly api: RestApi;
  readonly stageName: string;
  readonly method: Method;
  readonly invoker: FunctionInvoker;
  /** Whether API Gateway may call the function; if not, every call is AWS's 500. */
  readonly mayInvoke: boolean;
  readonly cache: AuthorizerResultCache;
}

/**
 * Authorization: the API's resource policy, and the method's Lambda authorizer with its result cache. A cached policy is
 * judged anew for each method.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * Left out: IAM and Cognito authorization.
 */
export function prepareAuthorization(parts: AuthorizerParts): Authorize {
  const { api, method } = parts;
  const resourcePolicy = api.policy && withWholeArns(api.policy, api);
  const { authorizer } = method;
  if (authorizer === undefined) {
    return (request) => {
      if (resourcePolicy !== undefined) checkResourcePolicy(resourcePolicy, request);
      return { cached: false };
    };
  }
  const identityOf = prepareIdentity(authorizer);
  return async (request) => {
    if (resourcePolicy !== undefined) denyByResourcePolicy(resourcePolicy, request);
    const identity = identityOf(request);
    const key = `${parts.stageName}\n${authorizer.id}\n${identity.cacheKey}`;
    const hit = identity.cacheKey === undefined ? undefined : parts.cache.get(key, request.receivedAt);
    const result = hit ?? (await call(parts, authorizer, request, identity.token));
    if (hit === undefined && identity.cacheKey !== undefined) {
      parts.cache.set(key, result, request.receivedAt + authorizer.resultTtlInSeconds * 1000);
    }
    // Before the decision: gateway responses to a denied caller show it, too.
    Object.assign(request.context.authorizer, result.context);
    checkDecision(decideOnce(result, resourcePolicy, request));
    return {
      authorizer: authorizer.name,
      cached: hit !== undefined,
      ...(result.usageIdentifierKey !== undefined && { usageIdentifierKey: result.usageIdentifierKey }),
    };
  };
}

async function call(
  parts: AuthorizerParts,
  authorizer: Authorizer,
  request: RoutedRequest,
  token: string,
): Promise<AuthorizerResult> {
  if (!parts.mayInvoke) throw configurationError();
  const event = authorizerEvent(authorizer, request, token);
  const signal = AbortSignal.timeout(LONGEST_CALL);
  let answer: InvocationResult;
  try {
    answer = await parts.invoker.invoke(authorizer.functionArn, event, signal);
  } catch (error) {
    throw new GatewayError("AUTHORIZER_FAILURE", undefined, { cause: error });
  }
  if (answer.ok) return readResult(answer.payload);
  if (answer.errorMessage === "Unauthorized") throw new GatewayError("UNAUTHORIZED");
  throw configurationError(
    new Error(`The authorizer's function failed: ${answer.errorMessage ?? "no message"}`),
  );
}

/** Milliseconds that API Gateway waits for an authorizer. */
const LONGEST_CALL = 29_000;

function configurationError(cause?: unknown): GatewayError {
  return new GatewayError("AUTHORIZER_CONFIGURATION_ERROR", undefined, { cause });
}

/** What a function returned must have a principal, a policy and, if any, a flat context. */
function readResult(value: unknown): AuthorizerResult {
  const { principalId, policyDocument, context, usageIdentifierKey } = (value ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof principalId !== "string") {
    throw configurationError(new Error("The authorizer's answer has no principalId."));
  }
  const policy = readAnsweredPolicy(policyDocument);
  return {
    policy,
    ...(isStatic(policy) && { decisions: new Map() }),
    context: { ...stringified(context ?? {}), principalId },
    ...(typeof usageIdentifierKey === "string" && { usageIdentifierKey }),
  };
}

function readAnsweredPolicy(policyDocument: unknown): PolicyDocument {
  try {
    return readPolicy(policyDocument, "authorizer");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw configurationError(new Error(`The authorizer's policyDocument is not a policy: ${reason}`));
  }
}

function stringified(context: object): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const [key, value] of Object.entries(context) as [string, unknown][]) {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      throw configurationError(
        new Error(`The authorizer's context value "${key}" is not a string, number or boolean.`),
      );
    }
    strings[key] = String(value);
  }
  return strings;
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

/** Conditions and policy variables look at more of a request than its method. */
function isStatic(policy: PolicyDocument): boolean {
  return !/"Condition"|\$\{/.test(JSON.stringify(policy));
}

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
      "aws:SourceIp": request.incoming.sourceIp,
      "aws:UserAgent": identity.userAgent ?? "",
      "aws:SecureTransport": "true",
      "aws:CurrentTime": new Date(request.receivedAt).toISOString(),
      "aws:EpochTime": String(Math.floor(request.receivedAt / 1000)),
    },
  });
}

/** Resources may be written `execute-api:/<stage>/<verb>/<path>`; AWS puts the API's ARN in when the policy is saved. */
function withWholeArns(policy: PolicyDocument, api: RestApi): PolicyDocument {
  const text = JSON.stringify(policy).replaceAll('"execute-api:/', `"${executionArn(api)}/`);
  return JSON.parse(text) as PolicyDocument;
}
