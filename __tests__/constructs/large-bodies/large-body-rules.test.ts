import { readSettings } from "../../../settings/settings";
import type { Params } from "../../support/setting-groups";
import { encodedJson, synthesizedNoAuthStack } from "../../support/synthesized";

const LARGE = { encryption: "sqs-managed", large_bodies: true };

function read(settings: Params): unknown {
  const names = { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" };
  const context = {
    params: names,
    "auth-stack": {},
    "no-auth-stack": { storage_sqs_queue_name: "open", ...settings },
  };
  return readSettings(context, {});
}

test.each<[string, Params]>([
  ["sqs-managed encryption", LARGE],
  ["a customer's key", { ...LARGE, encryption: "arn:aws:kms:eu-central-1:123456789012:key/3f0c5d1e" }],
  ["an object", { ...LARGE, large_bodies: { expiration_days: 20, binary_types: ["image/png"] } }],
  ["false", { large_bodies: false, fifo: false }],
  [
    "few days without dead letters",
    { ...LARGE, dead_letter_queue: false, large_bodies: { expiration_days: 5 } },
  ],
])("%s is allowed", (_what, settings) => {
  expect(() => read(settings)).not.toThrow();
});

test.each<[string, Params, RegExp]>([
  [
    "the default encryption",
    { large_bodies: true },
    /a queue whose key S3 may use.*"encryption": "sqs-managed"|sqs-managed/,
  ],
  [
    "a FIFO queue",
    { ...LARGE, fifo: true, message_group_id: { constant: "a" }, content_based_deduplication: true },
    /S3 notifies no FIFO queue/,
  ],
  [
    "somebody else's queue",
    { large_bodies: true, existing_queue_arn: "arn:aws:sqs:eu-central-1:123456789012:theirs" },
    /policy of the queue, which is not the stack's/,
  ],
  ["a queue that keeps its policy", { ...LARGE, keep_queue_attributes: true }, /which keeps its own/],
  ["14 days with dead letters", { ...LARGE, large_bodies: { expiration_days: 14 } }, /at least 15/],
  [
    "4 days of messages",
    { ...LARGE, dead_letter_queue: false, large_bodies: { expiration_days: 4 } },
    /at least 5/,
  ],
  [
    "bodies that may go from a guarded stack",
    { ...LARGE, prevent_destroy: true, large_bodies: { force_destroy: true } },
    /messages are guarded/,
  ],
  ["a secret header", { ...LARGE, secret_header: "X-Gitlab-Token" }, /would let everybody in/],
  [
    "JSON as a binary type",
    { ...LARGE, large_bodies: { binary_types: ["application/json"] } },
    /: application\/json/,
  ],
  [
    "bytes that POST /sqs takes for text",
    { ...LARGE, content_types: ["application/octet-stream"], binary_content_types: [] },
    /: application\/octet-stream/,
  ],
  ["an unknown key", { ...LARGE, large_bodies: { expiration: 3 } }, /expiration_days/],
  ["a text", { ...LARGE, large_bodies: "yes" }, /true or false/],
])("%s is refused", (_what, settings, message) => {
  expect(() => read(settings)).toThrow(message);
});

test("a consumer that the stack makes may read this bucket, and is told its name", () => {
  const consumer = { functionFolder: "lambda/token-authorizer" };
  const stack = synthesizedNoAuthStack({ largeBodies: true, encryption: "sqs-managed", consumer });
  const policy = JSON.stringify(encodedJson(stack.only("aws_iam_role_policy", /Consumer/).policy));
  expect(policy).toMatch(/"Action":"s3:GetObject","Resource":"\$\{aws_s3_bucket[.]\w+[.]arn\}\/\*"/);
  expect(stack.only("aws_lambda_function", /Consumer/).environment).toMatchObject({
    variables: { LARGE_BODIES_BUCKET: expect.stringMatching(/aws_s3_bucket/) as string },
  });
  const without = synthesizedNoAuthStack({ consumer });
  expect(JSON.stringify(without.json)).not.toMatch(/s3:GetObject|LARGE_BODIES_BUCKET/);
});
