import { TerraformStack, Testing } from "cdktf";
import { accessLogFormat } from "../../../aws/access-log-format";
import { AwsLocation } from "../../../constructs/aws-location";
import { addObservability, type ObservabilityOptions } from "../../../constructs/observability/observability";
import { ACCESS_LOG_METRICS } from "../../../constructs/observability/access-log-metrics";
import { LeveledQueue } from "../../../constructs/queue/leveled-queue";
import { QueueLeveling } from "../../../constructs/queue-leveling";
import { Synthesized } from "../../support/synthesized";

function watched(options: ObservabilityOptions, accessLogGroupName?: string): Synthesized {
  const stack = new TerraformStack(Testing.app(), "shop");
  const location = new AwsLocation(stack, "AwsLocation", { regionName: "eu-central-1" });
  const queue = new LeveledQueue(stack, "Queue", { location, queueName: "orders" });
  const leveling = new QueueLeveling(stack, "QueueLeveling", { location, queue, apiName: "orders" });
  addObservability(stack, { location, leveling, apiName: "orders", accessLogGroupName, ...options });
  return new Synthesized(Testing.synth(stack));
}

function countedIn(stack: Synthesized): string[] {
  const filters = Object.values(stack.resources("aws_cloudwatch_log_metric_filter"));
  return filters.map(({ name }) => String(name)).sort();
}

function alarmsIn(stack: Synthesized): string[] {
  const alarms = Object.values(stack.resources("aws_cloudwatch_metric_alarm"));
  return alarms.map(({ alarm_name }) => String(alarm_name));
}

test.each<[string, ObservabilityOptions, string | undefined, readonly string[]]>([
  ["nothing is asked for", {}, "logs", []],
  ["there is no access log", { alarms: {}, dashboard: true }, undefined, []],
  ["there are alarms", { alarms: {} }, "logs", ["IntegrationErrors", "ThrottledRequests"]],
  ["one of the alarms is off", { alarms: { throttledRequests: false } }, "logs", ["IntegrationErrors"]],
  ["there is a dashboard only", { dashboard: true }, "logs", ["IntegrationErrors", "ThrottledRequests"]],
])("what is counted in the access log where %s", (_what, options, group, expected) => {
  expect(countedIn(watched(options, group))).toEqual(expected);
});

test("an alarm reads what the filter counts, and sleeps where nothing is", () => {
  const stack = watched({ alarms: { throttledRequests: 7 } }, "logs");
  expect(alarmsIn(stack)).toEqual(
    expect.arrayContaining(["shop-orders-throttled-requests", "shop-orders-integration-errors"]),
  );
  const alarm = stack.only("aws_cloudwatch_metric_alarm", /Throttled/);
  expect(alarm).toMatchObject({
    metric_name: "ThrottledRequests",
    namespace: "QueueLeveling/shop-orders",
    statistic: "Sum",
    threshold: 7,
    treat_missing_data: "notBreaching",
  });
  expect(alarm).not.toHaveProperty("dimensions");
  expect(stack.only("aws_cloudwatch_log_metric_filter", /Throttled/)).toMatchObject({
    log_group_name: "logs",
    metric_transformation: { name: "ThrottledRequests", namespace: "QueueLeveling/shop-orders", value: "1" },
  });
});

test("without an access log these alarms are not there", () => {
  expect(alarmsIn(watched({ alarms: {} })).join()).not.toMatch(/throttled|integration-errors/);
});

test("the filters name fields that the access log has", () => {
  const fields = Object.keys(JSON.parse(accessLogFormat()) as object);
  const named = Object.values(ACCESS_LOG_METRICS).flatMap(({ pattern }) =>
    Array.from(pattern.matchAll(/[$][.](\w+)/g), ([, field]) => field),
  );
  expect(named.length).toBeGreaterThan(4);
  expect(fields).toEqual(expect.arrayContaining(named));
});
