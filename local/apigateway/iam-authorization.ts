import type { PolicyDocument } from "../../aws/policy-document";
import { parseArn } from "../../aws/arn";
import type { Identity } from "../iam/identity";
import { type PolicyDecision, strictest } from "../iam/policy";
import type { SignedRequest } from "../iam/read-signature";
import { SignatureError } from "../iam/signature-error";
import { verifySignature } from "../iam/verify-signature";
import type { RestApi } from "../terraform/stack-model";
import type { Authorize } from "./authorization";
import { GatewayError, type ResponseType } from "./gateway-error";
import { decideInvocation, requireAllowed, resourcePolicyOf } from "./invoke-policy";
import { parseQueryPairs } from "./multi-values";
import type { RoutedRequest } from "./routing";

/**
 * `AWS_IAM`: a Signature Version 4 tells the caller, whose policies and the API's decide together. Within an account one
 * Allow of either is enough; from another account both must allow.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * Left out: identity pools of Cognito (`$context.identity.cognito…`), organizations.
 */
export function prepareIamAuthorization(api: RestApi, identities: readonly Identity[]): Authorize {
  const resourcePolicy = resourcePolicyOf(api);
  return async (request) => {
    const caller = await callerOf(request, api, identities);
    const { accessKeyId: accessKey, arn: userArn, principalId } = caller;
    const accountId = parseArn(userArn)?.accountId ?? "";
    Object.assign(request.context.identity, {
      accessKey,
      accountId,
      caller: principalId,
      user: principalId,
      userArn,
    });
    const isForeign = accountId !== api.accountId;
    requireAllowed(decide(caller, resourcePolicy, isForeign, request), request, caller);
    return { authorizer: "AWS_IAM", cached: false };
  };
}

async function callerOf(
  request: RoutedRequest,
  { region }: RestApi,
  identities: readonly Identity[],
): Promise<Identity> {
  const { receivedAt: now } = request;
  try {
    return await verifySignature(signedRequest(request), { service: "execute-api", region, now, identities });
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    throw signatureAnswer(error);
  }
}

/** Host, path and payload are signed as they were sent: this machine's, the stack's name and a compressed payload included. */
function signedRequest({ incoming, sentHeaders }: RoutedRequest): SignedRequest {
  return {
    method: incoming.method,
    path: incoming.sentPath ?? incoming.path,
    query: parseQueryPairs(incoming.queryString, /&/),
    headers: (name) => sentHeaders.allIgnoringCase(name),
    body: incoming.sentBody ?? incoming.body,
  };
}

/** Under which response type API Gateway tells an unknown key has no recording. */
const RESPONSE_TYPES: Readonly<Record<SignatureError["fault"], ResponseType>> = {
  MissingAuthenticationToken: "MISSING_AUTHENTICATION_TOKEN",
  IncompleteSignature: "INVALID_SIGNATURE",
  InvalidSignature: "INVALID_SIGNATURE",
  UnrecognizedClient: "INVALID_SIGNATURE",
  ExpiredToken: "EXPIRED_TOKEN",
};

/** API Gateway's answer to a request whose signature does not tell who sent it. */
export function signatureAnswer({ fault, message }: SignatureError): GatewayError {
  return new GatewayError(RESPONSE_TYPES[fault], message, { errorType: `${fault}Exception` });
}

function decide(
  caller: Identity,
  resourcePolicy: PolicyDocument | undefined,
  isForeign: boolean,
  request: RoutedRequest,
): PolicyDecision {
  const ofApi = resourcePolicy === undefined ? [] : [resourcePolicy];
  const together = decideInvocation([...caller.policies, ...ofApi], request, caller);
  if (together !== "Allow" || !isForeign) return together;
  return strictest([caller.policies, ofApi].map((side) => decideInvocation(side, request, caller)));
}
