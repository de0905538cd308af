import { parseArn } from "../../../aws/arn";
import { type PolicyDocument, type PolicyStatement, listed } from "../../../aws/policy-document";
import { hasStandIn, standInsOf, withoutStandIns } from "../../../aws/stand-in-text";
import { matchesWildcards } from "../../../aws/wildcards";

/**
 * What a policy says of SQS, and of S3 where that is asked about, that only an apply knows: one line for each part that stands for
 * something. Statements about other services count for nothing here.
 * @param address of the policy
 * @param asked ARNs of the queues, buckets and objects that are asked about: what is certain for each of them is not named
 */
export function undeterminedParts(
  address: string,
  { Statement }: PolicyDocument,
  asked: readonly string[],
): string[] {
  const services = new Set(["sqs", ...asked.map((arn) => parseArn(arn)?.service ?? "")]);
  const parts = listed(Statement)
    .filter((statement) => mayConcern(services, statement))
    .flatMap((statement) => unknownTexts(statement, asked, services))
    .flatMap(standInsOf);
  return [...new Set(parts)].map(
    (part) =>
      `${address}: names ${part}, which only an apply knows; requests about which that decides are answered 500.`,
  );
}

type Services = ReadonlySet<string>;

function mayConcern(services: Services, { Action, NotAction }: PolicyStatement): boolean {
  return NotAction !== undefined || listed(Action ?? []).some((action) => mayBeOfService(action, services));
}

/** Trust policies are about STS. */
function mayBeOfService(action: string, services: Services): boolean {
  const [prefix = ""] = action.toLowerCase().split(":");
  return services.has(prefix) || prefix === "sts" || /[*?]/.test(prefix) || hasStandIn(prefix);
}

function unknownTexts(
  { Action, NotAction, Condition, ...statement }: PolicyStatement,
  asked: readonly string[],
  services: Services,
): string[] {
  const { Resource, NotResource, Principal = {}, NotPrincipal = {} } = statement;
  const principals = [Principal, NotPrincipal].flatMap((named) =>
    typeof named === "string" ? named : Object.values(named).flatMap(listed),
  );
  const compared = Object.values(Condition ?? {}).flatMap((keys) => Object.values(keys).flatMap(listed));
  const resources = [Resource, NotResource].flatMap((some) => {
    const named = listed(some ?? []);
    return areSettled(named, asked) ? [] : named.filter((resource) => mayBeOf(services, resource));
  });
  const actions = [Action, NotAction].flatMap((some) => listed(some ?? []));
  return [...actions, ...resources, ...principals, ...compared.map(String)].filter(hasStandIn);
}

/** Does a list of resources, policy variables taken as they are written, hold each that is asked about for certain, or for certain not? One named by a stand-in is itself, whatever its name. */
function areSettled(resources: readonly string[], asked: readonly string[]): boolean {
  return (
    asked.length > 0 &&
    asked.every(
      (one) =>
        resources.some((resource) => matchesWildcards(resource, one)) ||
        !resources.some((resource) => matchesWildcards(withoutStandIns(resource, "*"), one)),
    )
  );
}

/** An ARN of another service is none that is asked about, whatever the rest of it stands for. */
function mayBeOf(services: Services, resource: string): boolean {
  const service = parseArn(resource)?.service ?? "";
  return service === "" || services.has(service) || /[*?]/.test(service) || hasStandIn(service);
}
