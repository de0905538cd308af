import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ALARM_KINDS } from "../../../constructs/observability/alarm-list";
import { ALARM_ENTRIES } from "../../../constructs/observability/alarm-settings";
import { readSettings } from "../../../settings/settings";
import type { Params } from "../../support/setting-groups";
import { type Synthesized, synthesizedNoAuthStack } from "../../support/synthesized";

const TOPIC = "arn:aws:sns:eu-central-1:123456789012:on-call";
const THEIR_API: Params = {
  existing_rest_api_id: "a1b2c3d4e5",
  existing_rest_api_name: "shop",
  stage_name: "v1",
};

function read(params: Params, more: Params = {}) {
  const context = {
    params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders", ...more },
    "no-auth-stack": { storage_sqs_queue_name: "open", ...params },
  };
  return readSettings(context, {});
}

function stackWith(alarms: Params | undefined, params: Params = {}): Synthesized {
  const { existing_queue_arn } = params;
  const name = existing_queue_arn === undefined ? {} : { storage_sqs_queue_name: undefined };
  const given = read({ ...params, ...name, ...(alarms && { alarms }) });
  return synthesizedNoAuthStack(given.noAuthStack);
}

function mistake(params: Params): string {
  try {
    read(params);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

type Alarm = Record<string, unknown>;

/** The alarms by what their names end in. */
function alarmsOf(stack: Synthesized): Record<string, Alarm> {
  const alarms = Object.values(stack.resources("aws_cloudwatch_metric_alarm"));
  return Object.fromEntries(
    alarms.map((alarm) => [String(alarm.alarm_name).replace(/^.*\}-|^no-auth-stack-theirs-/, ""), alarm]),
  );
}

function metricsOf(alarm: Alarm | undefined): string[] {
  const queries = (alarm?.metric_query ?? []) as { metric?: Alarm }[];
  const read = queries.flatMap(({ metric }) => (metric === undefined ? [] : [String(metric.metric_name)]));
  return read.length > 0 ? read : [String(alarm?.metric_name)];
}

const OF_EVERY_STACK = [
  "backlog",
  "backlog-growth",
  "client-error-percent",
  "dead-letters",
  "integration-p99-milliseconds",
  "oldest-message-seconds",
  "p99-milliseconds",
  "server-errors",
];
const OF_FAIR_QUEUES = ["quiet-groups-backlog", "quiet-groups-oldest-message-seconds"];

test("there are none unless they are asked for", () => {
  const { json } = stackWith(undefined);
  expect(JSON.stringify(json)).not.toContain("cloudwatch");
});

test.each<[string, Params, Params, readonly string[]]>([
  ["a standard queue", {}, {}, OF_EVERY_STACK],
  ["without dead letters", {}, { dead_letter_queue: false }, without(OF_EVERY_STACK, "dead-letters")],
  ["a fair queue", {}, { message_group_id: { header: "X-Tenant" } }, [...OF_EVERY_STACK, ...OF_FAIR_QUEUES]],
  [
    "a fair queue whose noisy groups are told",
    { noisy_groups: 3 },
    { message_group_id: { header: "X-Tenant" } },
    [...OF_EVERY_STACK, "noisy-groups", ...OF_FAIR_QUEUES],
  ],
  [
    "a FIFO queue",
    {},
    { fifo: true, content_based_deduplication: true, message_group_id: { constant: "all" } },
    [...OF_EVERY_STACK, "deduplicated-messages"],
  ],
  [
    "some that are off",
    { backlog: false, p99_milliseconds: false },
    {},
    without(OF_EVERY_STACK, "backlog", "p99-milliseconds"),
  ],
  [
    "somebody else's queue",
    {},
    { existing_queue_arn: "arn:aws:sqs:eu-central-1:123456789012:theirs" },
    without(OF_EVERY_STACK, "dead-letters"),
  ],
  [
    "somebody else's queue in another Region",
    { queue_alarms: false },
    { existing_queue_arn: "arn:aws:sqs:eu-west-1:123456789012:theirs" },
    ["client-error-percent", "integration-p99-milliseconds", "p99-milliseconds", "server-errors"],
  ],
  ["somebody else's API", {}, THEIR_API, OF_EVERY_STACK],
])("%s has the alarms that its metrics are there for", (_what, alarms, params, expected) => {
  expect(Object.keys(alarmsOf(stackWith(alarms, params))).sort()).toEqual([...expected].sort());
});

function without(names: readonly string[], ...dropped: string[]): string[] {
  return names.filter((name) => !dropped.includes(name));
}

test("by default they read ten metrics, which are free", () => {
  expect(Object.values(alarmsOf(stackWith({}))).flatMap(metricsOf)).toHaveLength(10);
});

test("the dead letters are counted in their queue, and an alarm stays when SQS falls silent", () => {
  const stack = stackWith({});
  const { name_in_terraform: queue } = stack.only("aws_sqs_queue", /DeadLetter/);
  expect(alarmsOf(stack)["dead-letters"]).toMatchObject({
    namespace: "AWS/SQS",
    metric_name: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: `\${aws_sqs_queue.${queue}.name}` },
    statistic: "Maximum",
    threshold: 1,
    evaluation_periods: 1,
    treat_missing_data: "ignore",
  });
});

test("no alarm takes silence for a fault", () => {
  const missing = Object.values(alarmsOf(stackWith({}))).map((alarm) => alarm.treat_missing_data);
  expect(new Set(missing)).toEqual(new Set(["notBreaching", "ignore"]));
});

test("the API is known by its name, and its stage by that of the resource", () => {
  const stack = stackWith({});
  const api = stack.only("aws_api_gateway_rest_api").name_in_terraform;
  const stage = stack.only("aws_api_gateway_stage").name_in_terraform;
  expect(alarmsOf(stack)["server-errors"]?.dimensions).toEqual({
    ApiName: `\${aws_api_gateway_rest_api.${api}.name}`,
    Stage: `\${aws_api_gateway_stage.${stage}.stage_name}`,
  });
});

test("somebody else's API is known by the name that AWS has for it", () => {
  const stack = stackWith({}, THEIR_API);
  const found = Object.entries(stack.json.data?.aws_api_gateway_rest_api ?? {});
  expect(found).toEqual([
    [
      expect.any(String),
      expect.objectContaining({
        name: "shop",
        lifecycle: {
          postcondition: [expect.objectContaining({ condition: '${self.id == "a1b2c3d4e5"}' }) as unknown],
        },
      }),
    ],
  ]);
  expect(alarmsOf(stack)["server-errors"]?.dimensions).toEqual({
    ApiName: `\${data.aws_api_gateway_rest_api.${found[0]?.[0]}.name}`,
    Stage: "v1",
  });
});

test("somebody else's queue is watched in this account and Region only, and a plan for another one is refused", () => {
  const stack = stackWith({}, { existing_queue_arn: "arn:aws:sqs:eu-central-1:210987654321:theirs" });
  const { backlog, "server-errors": serverErrors, "backlog-growth": growth } = alarmsOf(stack);
  const condition = expect.stringMatching(
    /210987654321.*account_id.*eu-central-1.*aws_region_name/,
  ) as unknown;
  const lifecycle = {
    precondition: [{ condition, error_message: expect.stringContaining("210987654321") as unknown }],
  };
  expect(backlog).toMatchObject({ dimensions: { QueueName: "theirs" }, lifecycle });
  expect(growth).toMatchObject({ lifecycle });
  expect(serverErrors).not.toHaveProperty("lifecycle");
  expect(alarmsOf(stackWith({})).backlog).not.toHaveProperty("lifecycle");
});

test("topics hear of the start and of the end", () => {
  for (const alarm of Object.values(alarmsOf(stackWith({ topics: [TOPIC] })))) {
    expect(alarm).toMatchObject({ alarm_actions: [TOPIC], ok_actions: [TOPIC] });
  }
});

test("a name has the stack, the queue with its environment, and the threshold", () => {
  const { noAuthStack, environment } = read({ alarms: {} });
  const stack = synthesizedNoAuthStack({ ...noAuthStack, environment: environment ?? "staging" });
  const names = Object.values(stack.resources("aws_cloudwatch_metric_alarm")).map(
    ({ alarm_name }) => alarm_name,
  );
  expect(names).toContain("no-auth-stack-${var.storage_sqs_queue_name}-staging-backlog");
  expect(new Set(names).size).toBe(names.length);
});

/** What CloudWatch wants of an alarm, and what AWS CLI's help says of descriptions. */
test.each([stackWith({}), stackWith({ noisy_groups: 1 }, { message_group_id: { header: "X-Tenant" } })])(
  "CloudWatch takes every alarm",
  (stack) => {
    for (const alarm of Object.values(stack.resources("aws_cloudwatch_metric_alarm"))) {
      const { statistic, extended_statistic, metric_query, evaluation_periods, datapoints_to_alarm } = alarm;
      expect([statistic, extended_statistic, metric_query].filter((one) => one !== undefined)).toHaveLength(
        1,
      );
      const queries = (metric_query ?? []) as {
        id: string;
        return_data?: boolean;
        metric?: { period: number };
      }[];
      const periods = queries
        .flatMap(({ metric }) => metric?.period ?? [])
        .concat(Number(alarm.period ?? 60));
      for (const period of periods) expect(period % 60).toBe(0);
      expect(Math.max(...periods) * Number(evaluation_periods)).toBeLessThanOrEqual(86_400);
      expect(Number(datapoints_to_alarm)).toBeLessThanOrEqual(Number(evaluation_periods));
      expect(String(alarm.alarm_description).length).toBeLessThanOrEqual(1024);
      expect(queries.filter(({ return_data }) => return_data === true)).toHaveLength(metric_query ? 1 : 0);
      for (const { id } of queries) expect(id).toMatch(/^[a-z][A-Za-z0-9_]*$/);
    }
  },
);

test("every threshold has an alarm, and a description tells its section of the runbook", () => {
  const thresholds = without(Object.keys(ALARM_ENTRIES), "topics", "queueAlarms");
  expect(Object.keys(ALARM_KINDS).sort()).toEqual(thresholds.sort());
  const { "dead-letters": deadLetters } = alarmsOf(stackWith({}));
  expect(deadLetters?.alarm_description).toContain('Runbook: "Dead letters" in docs/runbook.md.');
  expect(deadLetters?.alarm_description).toContain("setting alarms.dead_letters.");
});

test.each(Object.entries(ALARM_KINDS))("%s: docs/runbook.md has the section that it names", (_name, kind) => {
  const page = readFileSync(resolve(__dirname, "..", "..", "..", "docs", "runbook.md"), "utf8");
  expect(page.split("\n")).toContain(`## ${kind.runbook}`);
});

test.each<[string, Params, string]>([
  ["a number for all", { alarms: 5 }, "no-auth-stack.alarms: is not an object"],
  [
    "a list, whose message has the file's names",
    { alarms: [] },
    '"client_error_percent", "p99_milliseconds", "int',
  ],
  ["an unknown threshold", { alarms: { backlogs: 5 } }, "no-auth-stack.alarms.backlogs: is not a setting"],
  [
    "a threshold of nothing",
    { alarms: { backlog: 0 } },
    "no-auth-stack.alarms.backlog: is out of range, got 0; a number of messages from 1 to 1000000000. Write a number in that range, or false for no such alarm.",
  ],
  ["a threshold in quotes", { alarms: { backlog: "5" } }, "Write 5, without quotes."],
  ["true", { alarms: { backlog: true } }, "no-auth-stack.alarms.backlog: is not a number, got true"],
  ["more than all", { alarms: { client_error_percent: 101 } }, "answers in a hundred from 1 to 100"],
  ["a FIFO topic", { alarms: { topics: [`${TOPIC}.fifo`] } }, "no-auth-stack.alarms.topics.0: is not valid"],
  [
    "six topics",
    { alarms: { topics: "abcdef".split("").map((letter) => `${TOPIC}-${letter}`) } },
    "alarms.topics: has more than an alarm takes",
  ],
  ["a topic twice", { alarms: { topics: [TOPIC, TOPIC] } }, "alarms.topics: repeats an item"],
  [
    "a topic of another Region",
    { alarms: { topics: [TOPIC.replace("central", "west")] } },
    "no-auth-stack.alarms.topics: has a topic of another Region than the alarms'",
  ],
  [
    "dead letters without their queue",
    { dead_letter_queue: false, alarms: { dead_letters: 3 } },
    'no-auth-stack.alarms.dead_letters: watches nothing: there is no dead-letter queue of the stack\'s, got 3; this threshold with a "dead_letter_queue".',
  ],
  [
    "quiet groups without groups",
    { alarms: { quiet_groups_backlog: 3 } },
    "no-auth-stack.alarms.quiet_groups_backlog: watches nothing: the queue is no fair queue",
  ],
  [
    "repeats on a standard queue",
    { alarms: { deduplicated_messages: 3 } },
    "no-auth-stack.alarms.deduplicated_messages: watches nothing: the queue is no FIFO queue",
  ],
  [
    "a queue in another Region",
    {
      alarms: {},
      existing_queue_arn: "arn:aws:sqs:eu-west-1:123456789012:theirs",
      storage_sqs_queue_name: undefined,
    },
    "no-auth-stack.alarms: would watch a queue of another Region, whose CloudWatch has its metrics",
  ],
  [
    "an API without its name",
    { alarms: {}, existing_rest_api_id: "a1b2c3d4e5", stage_name: "v1" },
    'no-auth-stack.alarms: watches a REST API by its name, which is not given, got {}; this setting together with "existing_rest_api_name".',
  ],
  [
    "a name without an API",
    { existing_rest_api_name: "shop" },
    "no-auth-stack.existing_rest_api_name: needs an existing REST API",
  ],
])("%s is refused", (_what, params, message) => {
  expect(mistake(params)).toContain(message);
});
