import { readSettings } from "../../../settings/settings";
import { NoAuthStack } from "../../../stacks/no-auth-stack";
import type { Params } from "../../support/setting-groups";
import { encodedJson, Synthesized, synthesizedNoAuthStack } from "../../support/synthesized";
import { Testing } from "cdktf";

const WEBHOOK = [
  "slack",
  { sender: "github", own_queue: true },
  { sender: "meta", path: "wa", own_queue: true },
];

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/3f0c5d1e-0000-4000-8000-000000000000";

function read(settings: Params, environment?: string) {
  const params = { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" };
  const context = { params, "no-auth-stack": { storage_sqs_queue_name: "open", ...settings } };
  return readSettings({ ...context, ...(environment === undefined ? {} : { environment }) }, {});
}

function stackWith(settings: Params = {}, environment?: string): Synthesized {
  const { noAuthStack } = read({ webhook: WEBHOOK, ...settings }, environment);
  return synthesizedNoAuthStack({ ...noAuthStack, environment });
}

function queueNames(stack: Synthesized): unknown[] {
  return Object.values(stack.resources("aws_sqs_queue")).map(({ name }) => name);
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** The statements of the policies of roles, those of `action` only. */
function statements(stack: Synthesized, action: string): Statement[] {
  return Object.values(stack.resources("aws_iam_role_policy"))
    .flatMap(({ policy }) => (encodedJson(policy) as { Statement: Statement[] }).Statement)
    .filter(({ Action }) => [Action].flat().includes(action));
}

const arnsOf = (...names: readonly RegExp[]) => names.map((name) => expect.stringMatching(name) as string);
const ARNS = arnsOf(
  /aws_sqs_queue\.Queue_\w+\.arn/,
  /WebhookGithubQueue_\w+\.arn/,
  /WebhookWaQueue_\w+\.arn/,
);

test.each<[string, Params, string | undefined, readonly string[]]>([
  ["a name", {}, undefined, ["", "-dlq", "-github", "-github-dlq", "-wa", "-wa-dlq"]],
  [
    "an environment",
    {},
    "staging",
    ["-staging", "-staging-dlq", "-github-staging", "-github-staging-dlq", "-wa-staging", "-wa-staging-dlq"],
  ],
  ["no dead letters", { dead_letter_queue: false }, undefined, ["", "-github", "-wa"]],
])("their names are made of the stack's: %s", (_what, settings, environment, endings) => {
  expect(queueNames(stackWith(settings, environment)).sort()).toEqual(
    endings.map((ending) => `\${var.storage_sqs_queue_name}${ending}`).sort(),
  );
});

test("those of a FIFO queue end in .fifo", () => {
  const settings = { fifo: true, content_based_deduplication: true, message_group_id: { constant: "a" } };
  const names = queueNames(stackWith(settings)).map(String);
  expect(names).toContain('${trimsuffix(var.storage_sqs_queue_name, ".fifo")}-wa-dlq.fifo');
  expect(names).toHaveLength(6);
  expect(names.filter((name) => !name.endsWith(".fifo"))).toEqual([]);
});

test("they have the settings of the stack's queue, and its guard, but not what is about that one", () => {
  const stack = stackWith({
    visibility_timeout_seconds: 60,
    prevent_destroy: true,
    adopt_queue: "arn:aws:sqs:eu-central-1:123456789012:open",
    keep_queue_attributes: false,
    queue_policy_statements: [
      {
        Sid: "Partner",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::210987654321:root" },
        Action: "sqs:SendMessage",
      },
    ],
  });
  const queues = Object.values(stack.resources("aws_sqs_queue"));
  const own = stack.only("aws_sqs_queue", /^WebhookGithubQueue_(?!DeadLetter)/);
  expect(own.visibility_timeout_seconds).toBe(60);
  expect(queues.map(({ lifecycle }) => lifecycle)).toEqual(
    queues.map(() => expect.objectContaining({ prevent_destroy: true }) as object),
  );
  expect(stack.json.import).toHaveLength(1);
  expect(queues.filter(({ policy }) => String(policy).includes("Partner"))).toHaveLength(1);
  expect(String(own.policy)).toContain("aws:SecureTransport");
});

test("the API's role may send to exactly these queues, and use their key once", () => {
  const stack = stackWith({ encryption: KEY });
  expect(statements(stack, "sqs:SendMessage").map(({ Resource }) => Resource)).toEqual([ARNS]);
  expect(statements(stack, "kms:GenerateDataKey").map(({ Resource }) => Resource)).toEqual([KEY]);
});

const CONSUMER = { function_folder: "lambda/token-authorizer", timeout_seconds: 3, maximum_concurrency: 5 };

test("the consumer gets the messages of each queue, and its role reads exactly these", () => {
  const stack = stackWith({ consumer: CONSUMER, encryption: KEY });
  const mappings = Object.values(stack.resources("aws_lambda_event_source_mapping"));
  expect(mappings.map(({ event_source_arn: arn }) => arn)).toEqual(ARNS);
  expect(mappings.map(({ scaling_config: scaling }) => scaling)).toEqual(
    mappings.map(() => ({ maximum_concurrency: 5 })),
  );
  expect(statements(stack, "sqs:ReceiveMessage").map(({ Resource }) => Resource)).toEqual([ARNS]);
  expect(statements(stack, "kms:Decrypt")).toHaveLength(2);
  expect(stack.json.output?.consumer_event_source_mapping_uuids?.value).toEqual({
    github: expect.stringMatching(/WebhookGithubEventSourceMapping_\w+\.uuid/) as string,
    wa: expect.stringMatching(/WebhookWaEventSourceMapping_\w+\.uuid/) as string,
  });
});

test("a function that is not the stack's is told a policy for all of them", () => {
  const lambda_arn = "arn:aws:lambda:eu-central-1:123456789012:function:consume";
  const policy = stackWith({ consumer: { lambda_arn } }).json.output?.consumer_policy?.value;
  const [statement] = (encodedJson(policy) as { Statement: Statement[] }).Statement;
  expect(statement?.Resource).toEqual(ARNS);
});

test("synthesis says how often the function may run for all queues together", () => {
  const { noAuthStack, backend } = read({ webhook: WEBHOOK, consumer: CONSUMER });
  const stack = new NoAuthStack(Testing.app(), "no-auth-stack", { ...noAuthStack, backend });
  expect(stack.notes).toContain(
    "`consumer`: `maximumConcurrency` counts for each of the 3 queues, so that the function may run 15 times at once.",
  );
});

test("the output webhooks tells which queue a path sends to", () => {
  const { value } = stackWith().json.output?.webhooks as { value: Record<string, { queue_url: string }> };
  expect(Object.fromEntries(Object.entries(value).map(([path, { queue_url: url }]) => [path, url]))).toEqual({
    "/slack": expect.stringMatching(/aws_sqs_queue\.Queue_/) as string,
    "/github": expect.stringMatching(/WebhookGithubQueue_/) as string,
    "/wa": expect.stringMatching(/WebhookWaQueue_/) as string,
  });
});

const ALARMS = { topics: [] };

test("each of them is watched by the queue's alarms, whose names and texts have its path", () => {
  const alarms = Object.values(stackWith({ alarms: ALARMS }).resources("aws_cloudwatch_metric_alarm"));
  const ofPath = (path: string) =>
    alarms.filter(({ alarm_name: name }) =>
      String(name).startsWith(`no-auth-stack-\${var.storage_sqs_queue_name}-${path}-`),
    );
  expect(
    ofPath("github")
      .map(({ alarm_name: name }) => String(name).replace(/^.*-github-/, ""))
      .sort(),
  ).toEqual(["backlog", "backlog-growth", "dead-letters", "oldest-message-seconds"]);
  expect(ofPath("wa")).toHaveLength(4);
  expect(alarms).toHaveLength(8 + 4 + 4);
  expect(
    ofPath("github").filter(({ alarm_description: text }) => !String(text).startsWith("Queue of /github. ")),
  ).toEqual([]);
  const [deadLetters] = ofPath("github").filter(({ alarm_name: name }) =>
    String(name).endsWith("dead-letters"),
  );
  expect(JSON.stringify(deadLetters?.dimensions)).toMatch(/WebhookGithubQueue_DeadLetterQueue_\w+\.name/);
});

test("an own queue is fair where its sender has groups, and the stack's where another of its senders has", () => {
  const quiet = (webhook: unknown) =>
    Object.values(stackWith({ webhook, alarms: ALARMS }).resources("aws_cloudwatch_metric_alarm"))
      .map(({ alarm_name: name }) => String(name).replace("no-auth-stack-${var.storage_sqs_queue_name}-", ""))
      .filter((name) => name.endsWith("quiet-groups-backlog"));
  const message_group_id = { header: "X-Tenant" };
  expect(quiet(["slack", { sender: "github", own_queue: true, message_group_id }])).toEqual([
    "github-quiet-groups-backlog",
  ]);
  expect(
    quiet([
      { sender: "slack", message_group_id },
      { sender: "github", own_queue: true },
    ]),
  ).toEqual(["quiet-groups-backlog"]);
});

interface Widget {
  readonly y: number;
  readonly properties: {
    readonly title: string;
    readonly metrics?: unknown[][];
    readonly alarms?: unknown[];
  };
}

test("the dashboard has a row of each, all alarms, and one graph of how all level the load", () => {
  const stack = stackWith({ alarms: ALARMS, dashboard: true });
  const body = String(stack.only("aws_cloudwatch_dashboard").dashboard_body);
  const { widgets } = JSON.parse(body) as { widgets: Widget[] };
  const rows = new Map<number, string[]>();
  for (const { y, properties } of widgets) rows.set(y, [...(rows.get(y) ?? []), properties.title]);
  expect([...rows.values()].slice(-2)).toEqual(
    ["/github", "/wa"].map((path) =>
      ["Backlog", "Backlog growth", "Age of the oldest message", "Dead letters"].map(
        (title) => `${path}: ${title}`,
      ),
    ),
  );
  expect(widgets[0]?.properties.alarms).toHaveLength(16);
  const leveling = widgets.find(({ properties }) => properties.title.startsWith("Load leveling"));
  expect(
    leveling?.properties.metrics?.flatMap(([first]) =>
      typeof first === "object" ? [(first as { expression: string }).expression] : [],
    ),
  ).toEqual([
    "requests / PERIOD(requests)",
    "SUM([sent, sent_2, sent_3]) / PERIOD(sent)",
    "SUM([deleted, deleted_2, deleted_3]) / PERIOD(deleted)",
  ]);
});
