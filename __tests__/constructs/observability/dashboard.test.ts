import { readSettings } from "../../../settings/settings";
import type { Params } from "../../support/setting-groups";
import { type Synthesized, synthesizedNoAuthStack } from "../../support/synthesized";

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
    readonly period?: number;
    readonly yAxis?: { readonly left: { readonly label: string } };
    readonly annotations?: { readonly horizontal: readonly { readonly value: number }[] };
  };
}

function stackWith(params: Params): Synthesized {
  const { existing_queue_arn } = params;
  const context = {
    params: { aws_region_name: "eu-central-1" },
    "auth-stack": { storage_sqs_queue_name: "others" },
    "no-auth-stack": {
      ...(existing_queue_arn === undefined && { storage_sqs_queue_name: "orders" }),
      ...params,
    },
  };
  return synthesizedNoAuthStack(readSettings(context, {}).noAuthStack);
}

function dashboardOf(stack: Synthesized): Record<string, unknown> {
  return stack.only("aws_cloudwatch_dashboard");
}

function widgetsOf(params: Params): readonly Widget[] {
  const { dashboard_body: body } = dashboardOf(stackWith({ dashboard: true, ...params }));
  return (JSON.parse(String(body)) as { widgets: Widget[] }).widgets;
}

const FAIR = { message_group_id: { header: "X-Tenant" } };
const FIFO = { fifo: true, content_based_deduplication: true, message_group_id: { constant: "all" } };
const THEIR_QUEUE = {
  existing_queue_arn: "arn:aws:sqs:eu-west-1:210987654321:theirs.fifo",
  message_group_id: { constant: "all" },
};

const GRAPHS = [
  "Load leveling: arrivals peak, drains stay level",
  "Backlog",
  "Backlog growth",
  "Age of the oldest message",
  "Errors",
  "Latency",
  "Dead letters",
];

test.each<[string, Params, readonly string[]]>([
  ["a standard queue", {}, GRAPHS],
  ["one with alarms", { alarms: {} }, ["Alarms", ...GRAPHS]],
  ["a queue without dead letters", { dead_letter_queue: false }, GRAPHS.slice(0, -1)],
  ["a fair queue", FAIR, [...GRAPHS, "Fair queue: groups that are not noisy", "Fair queue: noisy groups"]],
  ["a FIFO queue", FIFO, [...GRAPHS, "FIFO: messages taken for repeats", "FIFO: groups in flight"]],
])("%s is shown whole", (_what, params, titles) => {
  expect(widgetsOf(params).map(({ properties }) => properties.title)).toEqual(titles);
});

test.each([{}, { alarms: {} }, { dead_letter_queue: false }, FAIR, FIFO])(
  "no widget lies over another, and none beside the 24 columns: %j",
  (params) => {
    const cells = widgetsOf(params).flatMap(({ x, y, width, height }) => {
      expect(x + width).toBeLessThanOrEqual(24);
      return Array.from(
        { length: width * height },
        (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`,
      );
    });
    expect(new Set(cells).size).toBe(cells.length);
  },
);

test("the first graph has arrivals, sends and drains by the second", () => {
  const [leveling] = widgetsOf({});
  const drawn = leveling?.properties.metrics
    ?.map((row) => row.at(-1))
    .filter((row) => (row as { visible?: boolean }).visible !== false);
  expect(drawn).toMatchObject([
    { expression: "requests / PERIOD(requests)" },
    { expression: "sent / PERIOD(sent)" },
    { expression: "deleted / PERIOD(deleted)" },
  ]);
  expect(leveling?.properties.yAxis?.left.label).toBe("Messages a second");
});

test("each threshold of an alarm is a line in a graph", () => {
  const alarms = {
    backlog: 7001,
    server_errors: 7002,
    p99_milliseconds: 7003,
    dead_letters: 7004,
    client_error_percent: 71,
  };
  const lines = widgetsOf({ alarms }).flatMap(({ properties }) => properties.annotations?.horizontal ?? []);
  const thresholds = lines.map(({ value }) => value);
  expect(thresholds).toEqual(expect.arrayContaining([...Object.values(alarms), 300, 1000]));
  expect(thresholds).toHaveLength(8);
});

test("without alarms, and with one that is off, there is no such line", () => {
  expect(JSON.stringify(widgetsOf({}))).not.toContain("annotations");
  const [, , backlog] = widgetsOf({ alarms: { backlog: false } });
  expect(backlog?.properties).not.toHaveProperty("annotations");
});

test("the row of alarms has every alarm, by its resource", () => {
  const stack = stackWith({ dashboard: true, alarms: {} });
  const [row] = widgetsOf({ alarms: {} });
  const arns = Object.keys(stack.resources("aws_cloudwatch_metric_alarm")).map(
    (name) => `\${aws_cloudwatch_metric_alarm.${name}.arn}`,
  );
  expect([...(row?.properties.alarms ?? [])].sort()).toEqual(arns.sort());
});

test("every graph has a title, a unit and whole minutes, and ids that CloudWatch takes", () => {
  for (const params of [{}, FAIR, FIFO]) {
    for (const { properties } of widgetsOf(params)) {
      expect(properties.title).not.toBe("");
      expect(properties.yAxis?.left.label).not.toBe("");
      expect((properties.period ?? 0) % 60).toBe(0);
      const ids = (properties.metrics ?? []).flatMap((row) => (row.at(-1) as { id?: string }).id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9_]*$/);
    }
  }
});

test("a queue of another Region is read there, and its name is one that a dashboard can have", () => {
  const { json } = stackWith({ dashboard: true, ...THEIR_QUEUE });
  const [{ dashboard_name, dashboard_body } = {}] = Object.values(
    json.resource?.aws_cloudwatch_dashboard ?? {},
  );
  expect(dashboard_name).toBe("no-auth-stack-theirs");
  const { widgets } = JSON.parse(String(dashboard_body)) as { widgets: Widget[] };
  const rows = widgets.flatMap(({ properties }) => properties.metrics ?? []);
  const ofQueue = rows.filter(([namespace]) => namespace === "AWS/SQS");
  expect(ofQueue.length).toBeGreaterThan(5);
  for (const row of ofQueue) expect(row.at(-1)).toMatchObject({ region: "eu-west-1" });
  for (const row of rows.filter(([namespace]) => namespace === "AWS/ApiGateway")) {
    expect(row.at(-1)).not.toHaveProperty("region");
  }
});

test("it is an output, and the same bytes each time", () => {
  const stack = stackWith({ dashboard: true, alarms: {} });
  expect(stack.json.output?.dashboard_name?.value).toMatch(
    /^\$\{aws_cloudwatch_dashboard\..*\.dashboard_name\}$/,
  );
  expect(JSON.stringify(stackWith({ dashboard: true, alarms: {} }).json)).toBe(JSON.stringify(stack.json));
});

test("it is there only where it is asked for", () => {
  const { json } = stackWith({ dashboard: false, alarms: {} });
  expect(json.resource).not.toHaveProperty("aws_cloudwatch_dashboard");
  expect(json.output).not.toHaveProperty("dashboard_name");
});
