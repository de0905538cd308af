import type { PolicyDocument, PolicyStatement } from "../../../aws/policy-document";
import {
  type PolicyDecision,
  type PolicyRequest,
  evaluatePolicies,
  strictest,
} from "../../../local/iam/policy";
import { matchesWildcards } from "../../../aws/wildcards";

const QUEUE = "arn:aws:sqs:eu-west-1:123456789012:orders";
const ROLE = "arn:aws:iam::123456789012:role/api";
const allow = (statement: Partial<PolicyStatement>): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: QUEUE, ...statement }],
});
const deny = (statement: Partial<PolicyStatement>): PolicyDocument => ({
  Statement: { Effect: "Deny", Action: "*", Resource: "*", ...statement },
});
const decide = (documents: PolicyDocument | PolicyDocument[], request: Partial<PolicyRequest> = {}) =>
  evaluatePolicies([documents].flat(), { action: "sqs:SendMessage", resource: QUEUE, ...request });

describe("evaluatePolicies", () => {
  test.each<[string, PolicyDocument[], PolicyDecision]>([
    ["nothing", [], "ImplicitDeny"],
    ["the exact action and queue", [allow({})], "Allow"],
    ["the action in other letters", [allow({ Action: "SQS:sendmessage" })], "Allow"],
    ["one of several actions", [allow({ Action: ["sqs:GetQueueUrl", "sqs:Send*"] })], "Allow"],
    ["another action", [allow({ Action: "sqs:ReceiveMessage" })], "ImplicitDeny"],
    ["an action that only begins alike", [allow({ Action: "sqs:Send" })], "ImplicitDeny"],
    ["another queue", [allow({ Resource: `${QUEUE}-2` })], "ImplicitDeny"],
    ["the queue in other letters", [allow({ Resource: QUEUE.toUpperCase() })], "ImplicitDeny"],
    ["all but another action", [allow({ Action: undefined, NotAction: "sqs:Delete*" })], "Allow"],
    ["all but this action", [allow({ Action: undefined, NotAction: ["sqs:Send*"] })], "ImplicitDeny"],
    ["all but another queue", [allow({ Resource: undefined, NotResource: "arn:aws:sqs:*:*:x" })], "Allow"],
    ["all but this queue", [allow({ Resource: undefined, NotResource: QUEUE })], "ImplicitDeny"],
    ["an allow and a deny", [allow({}), deny({})], "ExplicitDeny"],
    ["a deny of another queue", [allow({}), deny({ Resource: "arn:aws:sqs:*:*:x" })], "Allow"],
  ])("judges %s", (_name, documents, decision) => {
    expect(decide(documents)).toBe(decision);
  });

  const S = "stand-in-0123456789ab";
  const MADE = `arn:aws:sqs:eu-west-1:123456789012:${S}`;
  test.each<[string, PolicyDocument[], PolicyDecision]>([
    ["an allow of a queue", [allow({ Resource: MADE })], "Undetermined"],
    ["an allow of this queue and another", [allow({ Resource: [MADE, QUEUE] })], "Allow"],
    ["an allow of anything", [allow({ Resource: S })], "Undetermined"],
    [
      "an allow of another account's queue",
      [allow({ Resource: `arn:aws:sqs:eu-west-1:1:${S}` })],
      "ImplicitDeny",
    ],
    ["an allow of another service", [allow({ Resource: `arn:aws:dynamodb:::table/${S}` })], "ImplicitDeny"],
    ["an allow of another action", [allow({ Action: "sqs:ReceiveMessage", Resource: S })], "ImplicitDeny"],
    ["an allow of an action", [allow({ Action: S })], "Undetermined"],
    ["an allow of an action of SQS", [allow({ Action: `sqs:${S}` })], "Undetermined"],
    ["an allow of an action of another service", [allow({ Action: `dynamodb:${S}` })], "ImplicitDeny"],
    ["an allow of all but an action", [allow({ Action: undefined, NotAction: S })], "Undetermined"],
    ["an allow of all but a queue", [allow({ Resource: undefined, NotResource: MADE })], "Undetermined"],
    ["an allow that is unknown, and a denial", [allow({ Resource: MADE }), deny({})], "ExplicitDeny"],
    ["a denial that is unknown", [deny({ Resource: MADE })], "ImplicitDeny"],
    ["an allow, and a denial that is unknown", [allow({}), deny({ Resource: MADE })], "Undetermined"],
    [
      "an allow, and a denial of another service",
      [allow({}), deny({ Resource: `arn:aws:s3:::${S}` })],
      "Allow",
    ],
    ["a condition on what the request has not", [allow(equal("aws:SourceArn"))], "ImplicitDeny"],
    ["a condition on what the request has", [allow(equal("aws:PrincipalAccount"))], "Undetermined"],
    ["a negated condition on it", [allow(equal("aws:PrincipalAccount", "StringNotEquals"))], "Undetermined"],
    ["a condition on whether it is there", [allow(equal("aws:PrincipalAccount", "Null"))], "Undetermined"],
  ])("judges %s that only an apply knows", (_name, documents, decision) => {
    expect(decide(documents, { context: { "aws:PrincipalAccount": "123456789012" } })).toBe(decision);
  });

  test.each<[string, string | string[], PolicyDecision]>([
    ["its very name", MADE, "Allow"],
    ["any queue", "arn:aws:sqs:*:*:*", "Allow"],
    ["a known queue, which it may be", QUEUE, "Undetermined"],
    ["queues of a kind, of which it may be", "arn:aws:sqs:*:*:or*rs", "Undetermined"],
    ["another account's", "arn:aws:sqs:eu-west-1:1:orders", "ImplicitDeny"],
    ["another service", "arn:aws:sns:*", "ImplicitDeny"],
  ])("judges a queue that only an apply knows by an allow of %s", (_name, Resource, decision) => {
    expect(decide(allow({ Resource }), { resource: MADE })).toBe(decision);
  });

  function equal(key: string, operator = "StringEquals"): Partial<PolicyStatement> {
    return { Condition: { [operator]: { [key]: "stand-in-0123456789ab" } } };
  }

  test("judges a principal that only an apply knows", () => {
    const principal = { type: "AWS", value: ROLE } as const;
    expect(decide(allow({ Principal: { AWS: S } }), { principal })).toBe("Undetermined");
    expect(decide(allow({ Principal: { AWS: [S, ROLE] } }), { principal })).toBe("Allow");
    expect(decide(allow({ Principal: { Service: S } }), { principal })).toBe("ImplicitDeny");
    expect(decide([allow({}), deny({ NotPrincipal: { AWS: S } })], { principal })).toBe("Undetermined");
  });

  test.each<[PolicyDecision[], PolicyDecision]>([
    [["Allow", "Allow"], "Allow"],
    [["Allow", "Undetermined"], "Undetermined"],
    [["Undetermined", "ImplicitDeny"], "ImplicitDeny"],
    [["ExplicitDeny", "Undetermined"], "ExplicitDeny"],
  ])("%j together are %s", (decisions, outcome) => {
    expect(strictest(decisions)).toBe(outcome);
  });

  const service = { type: "Service", value: "apigateway.amazonaws.com" } as const;
  const identity = { type: "AWS", value: ROLE } as const;
  test.each<[PolicyStatement["Principal"], PolicyRequest["principal"], PolicyDecision]>([
    [{ Service: "apigateway.amazonaws.com" }, service, "Allow"],
    [{ Service: ["lambda.amazonaws.com", "apigateway.amazonaws.com"] }, service, "Allow"],
    [{ Service: "lambda.amazonaws.com" }, service, "ImplicitDeny"],
    [{ AWS: "123456789012" }, service, "ImplicitDeny"],
    ["*", service, "Allow"],
    [{ AWS: "*" }, identity, "Allow"],
    [{ AWS: ROLE }, identity, "Allow"],
    [{ AWS: "123456789012" }, identity, "Allow"],
    [{ AWS: "arn:aws:iam::123456789012:root" }, identity, "Allow"],
    [{ AWS: "arn:aws:iam::210987654321:root" }, identity, "ImplicitDeny"],
    [{ AWS: `${ROLE}*` }, identity, "ImplicitDeny"],
    ["*", undefined, "ImplicitDeny"],
    [undefined, identity, "Allow"],
  ])("with Principal %j judges %j: %s", (Principal, principal, decision) => {
    expect(decide(allow({ Principal }), { ...(principal && { principal }) })).toBe(decision);
  });

  test("NotPrincipal spares whom it names", () => {
    const documents = [allow({}), deny({ NotPrincipal: { AWS: ROLE } })];
    expect(decide(documents, { principal: identity })).toBe("Allow");
    expect(decide(documents, { principal: service })).toBe("ExplicitDeny");
  });

  test("a trust policy has no resource", () => {
    const trust = allow({
      Action: "sts:AssumeRole",
      Resource: undefined,
      Principal: { Service: service.value },
    });
    expect(decide(trust, { action: "sts:AssumeRole", resource: ROLE, principal: service })).toBe("Allow");
  });

  const context = {
    "aws:SourceArn": "arn:aws:execute-api:eu-west-1:123456789012:abc/prod/POST/sqs",
    "aws:SourceIp": "10.1.2.3",
    "aws:SecureTransport": "true",
    "aws:SourceAccount": "123456789012",
    "aws:CurrentTime": "2026-01-02T03:04:05Z",
    "aws:Size": "10",
    "aws:Literal": "a*",
  };
  test.each<[string, string, string | string[], boolean]>([
    ["StringEquals", "aws:SourceAccount", "123456789012", true],
    ["StringEquals", "AWS:sourceaccount", ["x", "123456789012"], true],
    ["StringEquals", "aws:SourceAccount", "12345678901*", false],
    ["StringEquals", "aws:Literal", "a*", true],
    ["StringEquals", "aws:SourceAccount", "${aws:SourceAccount}", true],
    ["StringEquals", "aws:SourceAccount", "${aws:Missing}", false],
    ["StringEquals", "aws:SourceAccount", "${aws:Missing, '123456789012'}", true],
    ["StringEquals", "aws:Missing", "x", false],
    ["StringEqualsIfExists", "aws:Missing", "x", true],
    ["StringEqualsIfExists", "aws:SourceAccount", "x", false],
    ["StringNotEquals", "aws:SourceAccount", ["x", "123456789012"], false],
    ["StringNotEquals", "aws:Missing", "x", true],
    ["StringEqualsIgnoreCase", "aws:SecureTransport", "TRUE", true],
    ["StringNotEqualsIgnoreCase", "aws:SecureTransport", "TRUE", false],
    ["StringLike", "aws:SourceAccount", "1234????9012", true],
    ["StringLike", "aws:Literal", "${*}*", false],
    ["StringLike", "aws:Literal", "a${*}", true],
    ["StringNotLike", "aws:SourceAccount", "123*", false],
    ["ArnLike", "aws:SourceArn", "arn:aws:execute-api:*:*:abc/*/POST/sqs", true],
    ["ArnLike", "aws:SourceArn", "arn:aws:*", false],
    ["ArnEquals", "aws:SourceArn", "arn:aws:execute-api:*:123456789012:abc/*", true],
    ["ArnNotLike", "aws:SourceArn", "arn:aws:execute-api:*:*:abc/*", false],
    ["Bool", "aws:SecureTransport", "true", true],
    ["Bool", "aws:SecureTransport", "false", false],
    ["Bool", "aws:Missing", "false", false],
    ["BoolIfExists", "aws:Missing", "false", true],
    ["IpAddress", "aws:SourceIp", "10.0.0.0/8", true],
    ["IpAddress", "aws:SourceIp", ["192.168.0.0/16", "10.1.2.3"], true],
    ["IpAddress", "aws:SourceIp", "10.1.2.4/32", false],
    ["IpAddress", "aws:SourceIp", "2001:db8::/32", false],
    ["IpAddress", "aws:SourceIp", "10.0.0.0/99", false],
    ["NotIpAddress", "aws:SourceIp", "10.0.0.0/8", false],
    ["NotIpAddress", "aws:SourceIp", "11.0.0.0/8", true],
    ["Null", "aws:Missing", "true", true],
    ["Null", "aws:SourceIp", "true", false],
    ["Null", "aws:SourceIp", "false", true],
    ["NumericEquals", "aws:Size", "10.0", true],
    ["NumericLessThan", "aws:Size", "10", false],
    ["NumericLessThanEquals", "aws:Size", "10", true],
    ["NumericGreaterThan", "aws:Size", "9", true],
    ["NumericNotEquals", "aws:Size", "10", false],
    ["DateGreaterThan", "aws:CurrentTime", "2026-01-01T00:00:00Z", true],
    ["DateLessThan", "aws:CurrentTime", "1767225600", false],
    ["ForAnyValue:StringEquals", "aws:Missing", "x", false],
    ["ForAnyValue:StringLike", "aws:SourceAccount", ["x", "123*"], true],
    ["ForAllValues:StringEquals", "aws:Missing", "x", true],
    ["ForAllValues:StringEquals", "aws:SourceAccount", "x", false],
  ])("condition %s on %s with %j: %s", (operator, key, value, holds) => {
    const decision = decide(allow({ Condition: { [operator]: { [key]: value } } }), { context });
    expect(decision).toBe(holds ? "Allow" : "ImplicitDeny");
  });

  test("all operators and keys of a condition must hold", () => {
    const Condition = { Bool: { "aws:SecureTransport": true }, StringEquals: { "aws:SourceAccount": "x" } };
    expect(decide(allow({ Condition }), { context })).toBe("ImplicitDeny");
  });

  test("refuses plain HTTP as queue policies do", () => {
    const documents = [
      allow({}),
      deny({ Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    ];
    const principal = identity;
    expect(decide(documents, { principal, context: { "aws:SecureTransport": "false" } })).toBe(
      "ExplicitDeny",
    );
    expect(decide(documents, { principal, context: { "aws:SecureTransport": "true" } })).toBe("Allow");
  });

  test("fills policy variables in a resource, and takes their content literally", () => {
    const documents = allow({ Resource: "arn:aws:sqs:eu-west-1:${aws:SourceAccount}:*" });
    expect(decide(documents, { context })).toBe("Allow");
    expect(decide(documents)).toBe("ImplicitDeny");
    expect(decide(documents, { context: { "aws:SourceAccount": "*" } })).toBe("ImplicitDeny");
  });
});

describe("matchesWildcards", () => {
  test.each([
    ["arn:aws:execute-api:*:*:abc/*", "arn:aws:execute-api:r:1:abc/test/POST/a/b", true],
    ["a*c", "abcbc", true],
    ["a*c", "abcb", false],
    ["a?c", "a😀c", true],
    ["a?c", "ac", false],
    ["a.c", "abc", false],
    ["", "", true],
    ["", "a", false],
    ["**", "", true],
    ["a😀*", "a😀b", true],
    ["a\n*", "a\nb\nc", true],
  ])("%j on %j: %s", (pattern, text, expected) => {
    expect(matchesWildcards(pattern, text)).toBe(expected);
  });

  test("takes no long time on a pattern made for it", () => {
    const start = Date.now();
    expect(matchesWildcards(`${"a*".repeat(50)}b`, "a".repeat(10_000))).toBe(false);
    expect(Date.now() - start).toBeLessThan(500);
  });
});
