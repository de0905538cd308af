import type { ContextKeys } from "../../aws/wildcards";
import { parseArn } from "../../aws/arn";
import { type PolicyDocument, type PolicyStatement, listed } from "../../aws/policy-document";
import { hasStandIn } from "../../aws/stand-in-text";
import { type Certainty, every, not, some } from "./certainty";
import { sessionOf } from "./identity";
import { conditionsHold } from "./policy-conditions";
import { mayMatch } from "./may-match";

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

/**
 * The outcome of evaluating policies: without a statement that applies, a request is denied implicitly. It is undetermined where it
 * depends on what only an apply knows.
 */
export type PolicyDecision = "Allow" | "ExplicitDeny" | "ImplicitDeny" | "Undetermined";

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
  let allowed: Certainty = false;
  let denied: Certainty = false;
  for (const document of documents) {
    for (const statement of listed(document.Statement)) {
      const certainty = applies(statement, request);
      if (certainty === false) continue;
      if (statement.Effect === "Deny") {
        if (certainty) return "ExplicitDeny";
        denied = undefined;
      } else if (allowed !== true) {
        allowed = certainty;
      }
    }
  }
  if (allowed === false) return "ImplicitDeny";
  return allowed === undefined || denied === undefined ? "Undetermined" : "Allow";
}

/** The outcome where each of several sides must allow. */
export function strictest(decisions: readonly PolicyDecision[]): PolicyDecision {
  const denial = decisions.find((decision) => decision !== "Allow" && decision !== "Undetermined");
  return denial ?? (decisions.includes("Undetermined") ? "Undetermined" : "Allow");
}

function applies(statement: PolicyStatement, request: PolicyRequest): Certainty {
  const context = request.context ?? {};
  return every(
    [
      () => principalMatches(statement, request.principal),
      () => actionMatches(statement, request.action),
      () => resourceMatches(statement, request.resource, context),
      () => conditionsHold(statement.Condition ?? {}, context),
    ],
    (holds) => holds(),
  );
}

function actionMatches({ Action, NotAction }: PolicyStatement, action: string): Certainty {
  const matches = (pattern: string) => mayMatch(pattern.toLowerCase(), action.toLowerCase());
  if (NotAction !== undefined) return not(some(listed(NotAction), matches));
  return some(listed(Action ?? []), matches);
}

function resourceMatches(
  { Resource, NotResource }: PolicyStatement,
  resource: string,
  context: ContextKeys,
): Certainty {
  const matches = (pattern: string) => mayMatch(pattern, resource, context);
  if (NotResource !== undefined) return not(some(listed(NotResource), matches));
  return Resource === undefined || some(listed(Resource), matches);
}

function principalMatches(
  { Principal, NotPrincipal }: PolicyStatement,
  principal?: PolicyPrincipal,
): Certainty {
  if (NotPrincipal !== undefined) return principal !== undefined && not(principalIn(NotPrincipal, principal));
  if (Principal === undefined) return true;
  return principal !== undefined && principalIn(Principal, principal);
}

function principalIn(
  principals: NonNullable<PolicyStatement["Principal"]>,
  principal: PolicyPrincipal,
): Certainty {
  if (principals === "*") return true;
  return some(listed(principals[principal.type] ?? []), (named) => {
    const isNamed =
      named === "*" ||
      named === principal.value ||
      isAccountOf(named, principal) ||
      isRoleOf(named, principal);
    return isNamed || !hasStandIn(named) ? isNamed : undefined;
  });
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
