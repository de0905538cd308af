import { Testing, TerraformStack, TerraformVariable } from "cdktf";
import { AwsLocation } from "../../../constructs/aws-location";
import { LeveledQueue } from "../../../constructs/queue/leveled-queue";
import { QueueLeveling, type QueueLevelingProps } from "../../../constructs/queue-leveling";
import { readSettings } from "../../../settings/settings";
import type { Params } from "../../support/setting-groups";
import { type Synthesized, synthesizedNoAuthStack } from "../../support/synthesized";

function synthesized(webhook: unknown, settings: Params = {}): Synthesized {
  const params = { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" };
  const open = { storage_sqs_queue_name: "open", webhook, ...settings };
  return synthesizedNoAuthStack(readSettings({ params, "no-auth-stack": open }, {}).noAuthStack);
}

/** What a method's resources say, all but those of `POST /sqs` where the sender has a path of its own. */
function saidOf(stack: Synthesized, isAtOwnPath: boolean): string {
  const types = ["integration", "integration_response", "method"];
  const all = types.flatMap((type) => Object.entries(stack.resources(`aws_api_gateway_${type}`)));
  const own = all.filter(([name]) => !isAtOwnPath || name.includes("_Webhook"));
  return JSON.stringify(own.map(([, { "//": _path, ...attributes }]) => attributes));
}

const FIFO = { fifo: true, content_based_deduplication: true, message_group_id: { constant: "all" } };

const NOTHING = "nothing of the sender's";

/** Each key that an entry of the list may override: a value, what it makes, and what of the sender's is then gone. */
const OVERRIDDEN: readonly (readonly [key: string, value: unknown, makes: string, gone: string])[] = [
  [
    "content_types",
    ["text/xml"],
    '"request_templates":{"text/xml"',
    '"request_templates":{"application/json"',
  ],
  ["forward_headers", ["X-Mine"], "X-Mine", "X-Slack-Retry-Num"],
  ["message_delay_seconds", { header: "X-Wait" }, "&DelaySeconds=", NOTHING],
  ["forward_query_parameters", ["mine"], "mine", NOTHING],
  ["forward_request_metadata", ["path"], ".Name=Path&", "RequestTimeEpoch"],
  ["required_headers", ["X-Must"], "method.request.header.X-Must", NOTHING],
  ["required_query_parameters", ["must"], "method.request.querystring.must", NOTHING],
  ["response", { status: 202, template: "mine" }, "status = 202", NOTHING],
  ["integration_timeout_milliseconds", 1234, "1234", '"timeout_milliseconds":2400'],
];

describe.each([
  ["POST /sqs is the sender's", false],
  ["the sender has a path of its own", true],
])("%s", (_what, isAtOwnPath) => {
  const withSetting = (settings: Params, more: Params = {}) =>
    isAtOwnPath
      ? synthesized([{ sender: "slack", ...settings }], more)
      : synthesized("slack", { ...settings, ...more });

  test.each(OVERRIDDEN)("%s %j counts before the sender's", (key, value, makes, gone) => {
    const before = saidOf(withSetting({}), isAtOwnPath);
    const after = saidOf(withSetting({ [key]: value }), isAtOwnPath);
    expect([before.includes(makes), after.includes(makes)]).toEqual([false, true]);
    expect(after.includes(gone)).toBe(false);
    expect(gone === NOTHING || before.includes(gone)).toBe(true);
  });

  test.each([
    ["message_group_id", { header: "X-Group" }, "X-Group"],
    ["message_deduplication_id", { header: "X-Id" }, "X-Id"],
  ])("%s counts before the sender's on a FIFO queue", (key, value, makes) => {
    const settings = isAtOwnPath ? FIFO : { ...FIFO, message_group_id: undefined };
    const given = Object.fromEntries(Object.entries(settings).filter(([, one]) => one !== undefined));
    const said = [{}, { [key]: value }].map((one) => saidOf(withSetting(one, given), isAtOwnPath));
    expect(said.map((text) => text.includes(makes))).toEqual([false, true]);
  });
});

/** The construct in a stack of its own. */
function construct(props: Partial<QueueLevelingProps>): QueueLeveling {
  const stack = new TerraformStack(Testing.app(), "own");
  const location = new AwsLocation(stack, "Location", { regionName: "eu-central-1" });
  const queue = new LeveledQueue(stack, "Queue", { location, queueName: "orders" });
  return new QueueLeveling(stack, "Leveling", { queue, location, apiName: "orders", ...props });
}

describe("the construct without cdktf.json", () => {
  test.each<[string, Partial<QueueLevelingProps>, string]>([
    [
      "an own queue that is not given",
      { webhook: [{ sender: "github", ownQueue: true }] },
      "own/Leveling/WebhookGithub.ownQueues: has no queue for github, got none; a queue for each sender with `ownQueue`, each route, and each value by which a method chooses. Give one, or drop the setting that asks for it.",
    ],
    [
      "a verify token that is not given",
      { webhook: "meta" },
      "own/Leveling/WebhookVerifyToken.webhookVerifyToken: holds no secret that only Terraform knows, got none; references to sensitive Terraform variables, since the JSON is no place for a secret. Give the stringValue of a TerraformVariable with sensitive: true.",
    ],
    [
      "a verify token in plain text",
      { webhook: "meta", webhookVerifyToken: "plain" },
      "own/Leveling/WebhookVerifyToken.webhookVerifyToken: holds no secret that only Terraform knows, got text;",
    ],
    [
      "an unknown sender",
      { webhook: "gihub" },
      'own/Leveling.webhook: is not a sender that is known here, got "gihub"; a sender of docs/webhooks.md. Did you mean "github"?',
    ],
    [
      "what its sender's method lacks",
      { webhook: "github", secretHeader: "X-Mine" },
      "own/Leveling.webhook: has a sender that can't get in: GitHub can't send the header X-Mine with a value of yours, got \"github\"",
    ],
  ])("is told %s", (_what, props, message) => {
    expect(() => construct(props)).toThrow(message);
  });

  test("is told that a token is no sender", () => {
    const stack = new TerraformStack(Testing.app(), "variables");
    const { stringValue } = new TerraformVariable(stack, "sender", { type: "string" });
    expect(() => construct({ webhook: stringValue })).toThrow(
      "own/Leveling.webhook: is known to Terraform only, got a token; a value that synthesis can read, since it decides by it. Write the value itself.",
    );
  });

  test("tells its senders, with the queue of each", () => {
    const { webhooks, queue } = construct({ webhook: ["github", { sender: "slack", path: "events" }] });
    expect(webhooks).toEqual([
      { sender: "github", resourcePath: "/github", queue },
      { sender: "slack", resourcePath: "/events", queue },
    ]);
  });
});
