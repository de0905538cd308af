import { parseArn } from "../../../aws/arn";
import { type PolicyDocument, type PolicyStatement, listed } from "../../../aws/policy-document";
import { hasStandIn, standInsOf, withoutStandIns } from "../../../aws/stand-in-text";
import { matchesWildcards } from "../../../aws/wildcards";

/**
 * What a policy says of SQS that only an apply knows: one line for each part that stands for something. Statements about other
 * services count for nothing here.
 * @param address of the policy
 * @param queues ARNs of those that are asked about: what is certain for each of them is not named
 */
export function undeterminedParts(
  address: string,
  { Statement }: PolicyDocument,
  queues: readonly string[],
): string[] {
  const parts = listed(Statement)
    .filter(mayConcernQueues)
    .flatMap((statement) => unknownTexts(statement, queues))
    .flatMap(standInsOf);
  return [...new Set(parts)].map(
    (part) =>
      `${address}: names ${part}, which only an apply knows; requests about which that decides are answered 500.`,
  );
}

function mayConcernQueues({ Action, NotAction }: PolicyStatement): boolean {
  return NotAction !== undefined || listed(Action ?? []).some((action) => mayBeOfService(action, "sqs"));
}

/** Trust policies are about STS. */
function mayBeOfService(action: string, service: string): boolean {
  const [prefix = ""] = action.toLowerCase().split(":");
  return prefix === service || prefix === "sts" || /[*?]/.test(prefix) || hasStandIn(prefix);
}

function unknownTexts(
  { Action, NotAction, Condition, ...statement }: PolicyStatement,
  queues: readonly string[],
): string[] {
  const { Resource, NotResource, Principal = {}, NotPrincipal = {} } = statement;
  const principals = [Principal, NotPrincipal].flatMap((named) =>
    typeof named === "string" ? named : Object.values(named).flatMap(listed),
  );
  const compared = Object.values(Condition ?? {}).flatMap((keys) => Object.values(keys).flatMap(listed));
  const resources = [Resource, NotResource].flatMap((some) => {
    const named = listed(some ?? []);
    return areSettled(named, queues) ? [] : named.filter(mayBeQueue);
  });
  const actions = [Action, NotAction].flatMap((some) => listed(some ?? []));
  return [...actions, ...resources, ...principals, ...compared.map(String)].filter(hasStandIn);
}

/** Does a list of resources, policy variables taken as they are written, hold each queue for certain, or for certain not? A queue named by a stand-in is itself, whatever its name. */
function areSettled(resources: readonly string[], queues: readonly string[]): boolean {
  return (
    queues.length > 0 &&
    queues.every(
      (queue) =>
        resources.some((resource) => matchesWildcards(resource, queue)) ||
        !resources.some((resource) => matchesWildcards(withoutStandIns(resource, "*"), queue)),
    )
  );
}

/** An ARN of another service is none of a queue, whatever the rest of it stands for. */
function mayBeQueue(resource: string): boolean {
  const service = parseArn(resource)?.service ?? "";
  return service === "" || service === "sqs" || /[*?]/.test(service) || hasStandIn(service);
}
