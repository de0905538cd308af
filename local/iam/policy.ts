import { parseArn } from "../../aws/arn";
import { type PolicyDocument, type PolicyStatement, listed } from "../../aws/policy-document";
import { sessionOf } from "./identity";
import { conditionsHold } from "./policy-conditions";
import { type ContextKeys, matchesWildcards } from "./wildcards";

/** Who makes a request: an AWS service (`apigateway.amazonaws.com`) or an identity (its ARN). */
interface PolicyPrincipal {
  readonly type: "Service" | "AWS";
  readonly value: string;
}

/** A request to judge. */
export interface PolicyRequest {
  readonly action: string;
  readonly resource: string;
  /** Without it, statements that name principals do not apply: identity policies name none. */
  readonly principal?: PolicyPrincipal;
  readonly context?: ContextKeys;
}

/** The outcome of evaluating policies: without a statement that applies, a request is denied implicitly. */
export type PolicyDecision = "Allow" | "ExplicitDeny" | "ImplicitDeny";

/**
 * Judges a request by policies that apply together, as IAM does: a Deny wins, then an Allow.
 *
 * A statement without Resource applies to any, as in trust policies. Left out: permission boundaries, session and
 * service control policies, `Principal` of a federated or canonical user.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluatePolicies(
  documents: readonly PolicyDocument[],
  request: PolicyRequest,
): PolicyDecision {
  let allowed = false;
  for (const document of documents) {
    for (const statement of listed(document.Statement)) {
      if (!applies(statement, request)) continue;
      if (statement.Effect === "Deny") return "ExplicitDeny";
      allowed = true;
    }
  }
  return allowed ? "Allow" : "ImplicitDeny";
}

function applies(statement: PolicyStatement, request: PolicyRequest): boolean {
  const context = request.context ?? {};
  return (
    principalMatches(statement, request.principal) &&
    actionMatches(statement, request.action) &&
    resourceMatches(statement, request.resource, context) &&
    conditionsHold(statement.Condition ?? {}, context)
  );
}

function actionMatches({ Action, NotAction }: PolicyStatement, action: string): boolean {
  const matches = (pattern: string) => matchesWildcards(pattern.toLowerCase(), action.toLowerCase());
  if (NotAction !== undefined) return !listed(NotAction).some(matches);
  return listed(Action ?? []).some(matches);
}

function resourceMatches(
  { Resource, NotResource }: PolicyStatement,
  resource: string,
  context: ContextKeys,
): boolean {
  const matches = (pattern: string) => matchesWildcards(pattern, resource, context);
  if (NotResource !== undefined) return !listed(NotResource).some(matches);
  return Resource === undefined || listed(Resource).some(matches);
}

function principalMatches(
  { Principal, NotPrincipal }: PolicyStatement,
  principal?: PolicyPrincipal,
): boolean {
  if (NotPrincipal !== undefined) return principal !== undefined && !principalIn(NotPrincipal, principal);
  if (Principal === undefined) return true;
  return principal !== undefined && principalIn(Principal, principal);
}

function principalIn(
  principals: NonNullable<PolicyStatement["Principal"]>,
  principal: PolicyPrincipal,
): boolean {
  if (principals === "*") return true;
  return listed(principals[principal.type] ?? []).some(
    (named) =>
      named === "*" ||
      named === principal.value ||
      isAccountOf(named, principal) ||
      isRoleOf(named, principal),
  );
}

/** A role stands for its sessions, whose ARN lacks the role's path. */
function isRoleOf(named: string, { type, value }: PolicyPrincipal): boolean {
  const session = type === "AWS" ? sessionOf(value) : undefined;
  const role = parseArn(named);
  return (
    session !== undefined &&
    role?.service === "iam" &&
    role.accountId === parseArn(value)?.accountId &&
    /^role\/(?:.*\/)?([^/]+)$/.exec(role.resource)?.[1] === session.roleName
  );
}

/** An account's number or root ARN stands for every identity in it. */
function isAccountOf(named: string, { type, value }: PolicyPrincipal): boolean {
  if (type !== "AWS") return false;
  const account = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(named)?.[1];
  return account !== undefined && parseArn(value)?.accountId === account;
}
