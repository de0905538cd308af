import type { PolicyDocument } from "../../aws/policy-document";
import type { PolicyDecision } from "../iam/policy";
import type { RestApi } from "../terraform/stack-model";
import { GatewayError } from "./gateway-error";
import { decideInvocation, requireAllowed, resourcePolicyOf, undetermined } from "./invoke-policy";
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

/** Authorization by the API's resource policy alone. */
export function prepareOpenMethod(api: RestApi): Authorize {
  const resourcePolicy = resourcePolicyOf(api);
  return (request) => {
    if (resourcePolicy !== undefined) requireAllowed(decideInvocation([resourcePolicy], request), request);
    return { cached: false };
  };
}

/**
 * Authorization by a Lambda authorizer and the API's resource policy. A cached policy is judged anew for each method.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function prepareLambdaAuthorization(api: RestApi, askAuthorizer: AskAuthorizer): Authorize {
  const resourcePolicy = resourcePolicyOf(api);
  return async (request) => {
    if (resourcePolicy !== undefined) denyByResourcePolicy(resourcePolicy, request);
    const { authorizer, result, cached } = await askAuthorizer(request);
    // Before the decision: gateway responses to a denied caller show it, too.
    Object.assign(request.context.authorizer, result.context);
    checkDecision(decideOnce(result, resourcePolicy, request), request);
    return { authorizer, cached, usageIdentifierKey: result.usageIdentifierKey };
  };
}

function denyByResourcePolicy(policy: PolicyDocument, request: RoutedRequest): void {
  const decision = decideInvocation([policy], request);
  if (decision === "ExplicitDeny") requireAllowed(decision, request);
}

/** An identity's requests mostly go to one method: judging its policy again each time is most of this step's cost. */
function decideOnce(
  { policy, decisions }: AuthorizerResult,
  resourcePolicy: PolicyDocument | undefined,
  request: RoutedRequest,
): PolicyDecision {
  if (resourcePolicy !== undefined) return decideInvocation([policy, resourcePolicy], request);
  const known = decisions?.get(request.methodArn);
  if (known !== undefined) return known;
  const decision = decideInvocation([policy], request);
  if (decisions !== undefined && decisions.size < MOST_DECISIONS) decisions.set(request.methodArn, decision);
  return decision;
}

const MOST_DECISIONS = 100;

/** The words are those of 2026; before, they ended at "resource" and at "deny". */
const REASONS = {
  ExplicitDeny: "with an explicit deny in an identity-based policy",
  ImplicitDeny: "because no identity-based policy allows the execute-api:Invoke action",
};

function checkDecision(decision: PolicyDecision, request: RoutedRequest): void {
  if (decision === "Allow") return;
  if (decision === "Undetermined") throw undetermined(request);
  throw new GatewayError(
    "ACCESS_DENIED",
    `User is not authorized to access this resource ${REASONS[decision]}`,
  );
}
