import { executionArn } from "../../aws/arn";
import { type PolicyDocument, parsePolicy } from "../../aws/policy-document";
import type { ContextKeys } from "../../aws/wildcards";
import { type Identity, principalKeys } from "../iam/identity";
import { type PolicyDecision, evaluatePolicies } from "../iam/policy";
import type { RestApi } from "../terraform/stack-model";
import { GatewayError, internalServerError } from "./gateway-error";
import type { RoutedRequest } from "./routing";

/** Resources may be written `execute-api:/<stage>/<verb>/<path>`; AWS puts the API's ARN in when the policy is saved. */
export function resourcePolicyOf(api: RestApi): PolicyDocument | undefined {
  if (api.policy === undefined) return undefined;
  const text = JSON.stringify(api.policy).replaceAll('"execute-api:/', `"${executionArn(api)}/`);
  return parsePolicy(text, "resource");
}

/** Whether policies, which apply together, let a request through. @param caller default: nobody that is known */
export function decideInvocation(
  documents: readonly PolicyDocument[],
  request: RoutedRequest,
  caller?: Identity,
): PolicyDecision {
  const { identity } = request.context;
  return evaluatePolicies(documents, {
    action: "execute-api:Invoke",
    resource: request.methodArn,
    principal: { type: "AWS", value: caller?.arn ?? "anonymous" },
    context: {
      ...(caller && principalKeys(caller)),
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

/** AWS's answer to a caller whom policies do not let through. It masks the account but for its last four digits. */
export function requireAllowed(decision: PolicyDecision, request: RoutedRequest, caller?: Identity): void {
  if (decision === "Allow") return;
  if (decision === "Undetermined") throw undetermined(request);
  const resource = request.methodArn.replace(/:\d{8}(\d{4}):/, ":********$1:");
  const suffix = decision === "ExplicitDeny" ? " with an explicit deny" : "";
  throw new GatewayError(
    "ACCESS_DENIED",
    `User: ${caller?.arn ?? "anonymous"} is not authorized to perform: execute-api:Invoke on resource: ${resource}${suffix}`,
  );
}

/** Where a policy depends on what only an apply knows, neither to let a caller through nor to refuse him would be the truth. */
export function undetermined({ methodArn }: RoutedRequest): GatewayError {
  return internalServerError(
    new Error(`whether the policies let the caller through to ${methodArn} is known only after an apply`),
  );
}
