import { BlockList, isIP } from "node:net";
import { type ConditionOperator, type PolicyStatement, NEGATED_OPERATORS } from "../../aws/policy-document";
import { hasStandIn } from "../../aws/stand-in-text";
import { type Certainty, every, not, some } from "./certainty";
import { type ContextKeys, contextValue, matchesWildcards } from "../../aws/wildcards";

/** The Condition of a statement: operator → condition key → values. */
type Conditions = NonNullable<PolicyStatement["Condition"]>;

/** Compares a request's value with one of the policy's. */
type Comparison = (actual: string, expected: string, context: ContextKeys) => boolean;

/**
 * Whether all conditions hold for a request, of which `context` has every known key; any other key counts as absent.
 * A key that the request does not have fails the operator, except negated ones, `…IfExists` and `Null`. Each key has one
 * value, so `ForAnyValue:` and `ForAllValues:` differ in absent keys only. Undefined where that depends on what only an apply knows.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function conditionsHold(conditions: Conditions, context: ContextKeys): Certainty {
  return every(Object.entries(conditions), ([operator, keys]) =>
    every(Object.entries(keys), ([key, values]) =>
      holds(operator, contextValue(context, key), values, context),
    ),
  );
}

function holds(
  operator: string,
  actual: string | undefined,
  values: Conditions[string][string] | undefined,
  context: ContextKeys,
): Certainty {
  const [, quantifier, name = "", ifExists] =
    /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const expected = [values ?? []].flat().map(String);
  if (name === "Null") {
    return some(expected, (value) =>
      hasStandIn(value) ? undefined : (value === "true") === (actual === undefined),
    );
  }
  const negated = NEGATED_OPERATORS[name];
  const comparison = COMPARISONS[negated ?? (name as ConditionOperator)];
  if (actual === undefined) {
    if (quantifier !== undefined) return quantifier === "ForAllValues" || ifExists !== undefined;
    return ifExists !== undefined || negated !== undefined;
  }
  const matches = some(expected, (value) => unlessUnknown(comparison(actual, value, context), value));
  return negated === undefined ? matches : not(matches);
}

/** What does not match a value that only an apply knows may match it then. */
function unlessUnknown(matches: boolean, expected: string): Certainty {
  return matches || !hasStandIn(expected) ? matches : undefined;
}

const COMPARISONS: Readonly<Record<ConditionOperator, Comparison>> = {
  ArnEquals: arnLike,
  ArnLike: arnLike,
  BinaryEquals: (actual, expected) => actual === expected,
  Bool: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  DateEquals: (actual, expected) => date(actual) === date(expected),
  DateGreaterThan: (actual, expected) => date(actual) > date(expected),
  DateGreaterThanEquals: (actual, expected) => date(actual) >= date(expected),
  DateLessThan: (actual, expected) => date(actual) < date(expected),
  DateLessThanEquals: (actual, expected) => date(actual) <= date(expected),
  IpAddress: inNetwork,
  NumericEquals: (actual, expected) => Number(actual) === Number(expected),
  NumericGreaterThan: (actual, expected) => Number(actual) > Number(expected),
  NumericGreaterThanEquals: (actual, expected) => Number(actual) >= Number(expected),
  NumericLessThan: (actual, expected) => Number(actual) < Number(expected),
  NumericLessThanEquals: (actual, expected) => Number(actual) <= Number(expected),
  StringEquals: (actual, expected, context) => matchesWildcards(literal(expected), actual, context),
  StringEqualsIgnoreCase: (actual, expected, context) =>
    matchesWildcards(literal(expected).toLowerCase(), actual.toLowerCase(), context),
  StringLike: (actual, expected, context) => matchesWildcards(expected, actual, context),
};

/** Turns wildcards into the policy variables that stand for the characters themselves. */
function literal(text: string): string {
  return text.replace(/(\$\{[^}]*\})|[*?]/g, (whole, variable?: string) => variable ?? `\${${whole}}`);
}

/** ARNs are compared part by part, so that a `*` does not reach over a colon, but for the last part. */
function arnLike(actual: string, expected: string, context: ContextKeys): boolean {
  if (expected === "*") return true;
  const actualParts = arnParts(actual);
  const expectedParts = arnParts(expected);
  return (
    actualParts.length === expectedParts.length &&
    expectedParts.every((part, index) => matchesWildcards(part, actualParts[index] ?? "", context))
  );
}

function arnParts(arn: string): string[] {
  // The colons of a policy variable are not the ARN's.
  const parts = arn.match(/(?:\$\{[^}]*\}|[^:])+|(?<=:)(?=:)/g) ?? [];
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Milliseconds since 1970, from ISO 8601 or from seconds since 1970. */
function date(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function inNetwork(actual: string, expected: string): boolean {
  const [network = "", prefix] = expected.split("/");
  const version = isIP(network);
  if (version === 0 || version !== isIP(actual)) return false;
  const family = version === 4 ? "ipv4" : "ipv6";
  const bits = prefix === undefined ? (version === 4 ? 32 : 128) : Number(prefix);
  if (!Number.isInteger(bits) || bits < 0 || bits > (version === 4 ? 32 : 128)) return false;
  const networks = new BlockList();
  networks.addSubnet(network, bits, family);
  return networks.check(actual, family);
}
