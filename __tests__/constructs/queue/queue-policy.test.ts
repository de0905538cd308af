import { readFileSync } from "node:fs";
import { readStack } from "../../../local/terraform/read-stack";
import { encodedJson, synthesizedNoAuthStack } from "../../support/synthesized";

const PARTNER = {
  Sid: "Partner",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::210987654321:root" },
  Action: "sqs:SendMessage",
} as const;

const EVERYBODY = { ...PARTNER, Principal: "*" } as const;

const IF_TAGGED = { StringEquals: { "aws:PrincipalTag/team": "${aws:PrincipalTag/tenant}" } };

const synthesized = (...statements: unknown[]) =>
  synthesizedNoAuthStack({ queuePolicyStatements: statements as never });

test("a statement stands beside the stack's own, about this queue, and not in the dead-letter queue's policy", () => {
  const stack = synthesized(PARTNER);
  const [own, partner] = (
    encodedJson(stack.only("aws_sqs_queue", /^Queue_\d/).policy) as { Statement: object[] }
  ).Statement;
  expect(own).toMatchObject({ Sid: "RefusePlainHttp", Effect: "Deny" });
  expect(partner).toEqual({ ...PARTNER, Resource: (own as { Resource: string }).Resource });
  expect(JSON.stringify(stack.only("aws_sqs_queue", /DeadLetter/))).not.toContain("Partner");
});

test("IAM's own variables arrive as they are", () => {
  const document = synthesized({ ...PARTNER, Condition: IF_TAGGED }).json;
  const { queues } = readStack({ document, environment: {}, accountId: "123456789012" });
  const policy = queues.find(({ name }) => name === "orders")?.policy;
  expect(JSON.stringify(policy)).toContain("${aws:PrincipalTag/tenant}");
});

test.each<[string, unknown]>([
  ["everybody with a condition", { ...EVERYBODY, Condition: IF_TAGGED }],
  ["a Deny for everybody", { ...EVERYBODY, Effect: "Deny" }],
  ["a list of actions", { ...PARTNER, Action: ["sqs:SendMessage", "SQS:ReceiveMessage", "sqs:Get*"] }],
  ["the queue by its ARN", { ...PARTNER, Resource: "arn:aws:sqs:eu-central-1:123456789012:orders" }],
  ["another principal", { ...PARTNER, Principal: { Service: "events.amazonaws.com" } }],
])("%s is taken", (_, statement) => {
  expect(() => synthesized(statement)).not.toThrow();
});

test.each<[string, unknown, string]>([
  ["everybody", EVERYBODY, "lets everybody use the queue"],
  ["every account", { ...PARTNER, Principal: { AWS: ["*"] } }, "lets everybody use the queue"],
  ["every service", { ...PARTNER, Principal: { Service: "*" } }, "lets everybody use the queue"],
  ["an empty condition", { ...EVERYBODY, Condition: {} }, "lets everybody use the queue"],
  [
    "an operator without keys",
    { ...EVERYBODY, Condition: { StringEquals: {} } },
    "lets everybody use the queue",
  ],
  [
    "everybody over TLS",
    { ...EVERYBODY, Condition: { Bool: { "aws:SecureTransport": "true" } } },
    "lets everybody use the queue",
  ],
  [
    "everybody but one",
    { ...PARTNER, Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::210987654321:root" } },
    "lets everybody use the queue",
  ],
  [
    "the stack's Sid",
    { ...PARTNER, Sid: "RefusePlainHttp" },
    "has the Sid of a statement of the stack's own",
  ],
  ["another service", { ...PARTNER, Action: "s3:GetObject" }, "names an action that is not SQS's"],
  [
    "another resource",
    { ...PARTNER, Resource: "arn:aws:s3:::bucket" },
    "is about another resource than the queue",
  ],
  ["all resources", { ...PARTNER, Resource: "*" }, "is about another resource than the queue"],
  ["no effect", { ...PARTNER, Effect: undefined }, "is not a statement that IAM takes (Effect:"],
  [
    "an effect in another case",
    { ...PARTNER, Effect: "allow" },
    "is not a statement that IAM takes (Effect:",
  ],
  ["an unknown key", { ...PARTNER, Actions: "sqs:*" }, "is not a statement that IAM takes (Actions:"],
  ["no principal", { ...PARTNER, Principal: undefined }, "needs Principal or NotPrincipal"],
  ["a quotation mark", { ...PARTNER, Sid: 'a"b' }, "has characters that Terraform would not pass on"],
  [
    "a directive of Terraform's",
    { ...PARTNER, Sid: "%{if}" },
    "has characters that Terraform would not pass on",
  ],
  ["a text", "Allow", "is not a statement"],
])("%s is refused", (_, statement, message) => {
  const given = JSON.parse(JSON.stringify(statement)) as unknown;
  expect(() => synthesized(given)).toThrow(message);
});

test("a Sid twice is refused, and more statements than SQS takes", () => {
  expect(() => synthesized(PARTNER, { ...PARTNER, Effect: "Deny" })).toThrow("repeats a Sid");
  const many = Array.from({ length: 20 }, (_, index) => ({ ...PARTNER, Sid: `S${index}` }));
  expect(() => synthesized(...many)).toThrow("has more than SQS takes");
});

test("docs/settings.md shows a statement that is taken", () => {
  const [, shown = ""] =
    /"queue_policy_statements": (\[[^`]+)```/.exec(readFileSync("docs/settings.md", "utf8")) ?? [];
  expect(() => synthesized(...(JSON.parse(shown) as unknown[]))).not.toThrow();
});
