import { readSettings } from "../../../settings/settings";
import type { Params } from "../../support/setting-groups";
import { type Synthesized, synthesizedAuthStack, synthesizedNoAuthStack } from "../../support/synthesized";

const NAMES = { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" };

function read(params: Params) {
  const open = { storage_sqs_queue_name: params.fifo === true ? "open.fifo" : "open" };
  return readSettings({ params: NAMES, "no-auth-stack": { ...open, ...params } }, {}).noAuthStack;
}

function noAuthStack(params: Params = {}): Synthesized {
  return synthesizedNoAuthStack(read(params));
}

/** Limits by method path: the rate, then the burst. */
function limits(stack: Synthesized): Record<string, unknown[]> {
  const all = Object.values(stack.resources("aws_api_gateway_method_settings"));
  return Object.fromEntries(
    all.map(({ method_path, settings }) => {
      const { throttling_rate_limit, throttling_burst_limit } = settings as Record<string, unknown>;
      return [String(method_path), [throttling_rate_limit, throttling_burst_limit]];
    }),
  );
}

function mistake(params: Params): string {
  try {
    read(params);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test("the open stack is throttled by default, the other is not", () => {
  const stack = noAuthStack();
  expect(limits(stack)).toEqual({ "*/*": [50, 500] });
  expect(stack.only("aws_api_gateway_method_settings").settings).toMatchObject({
    metrics_enabled: false,
    logging_level: "OFF",
    data_trace_enabled: false,
  });
  expect(limits(synthesizedAuthStack())).toEqual({});
});

test.each<[Params, Record<string, unknown[]>]>([
  [{ throttling_rate_limit: -1 }, {}],
  [{ throttling_rate_limit: 7.5 }, { "*/*": [7.5, 500] }],
  [{ throttling_burst_limit: 10 }, { "*/*": [50, 10] }],
  [{ throttling_burst_limit: -1 }, { "*/*": [50, -1] }],
  [{ throttling_rate_limit: 0, throttling_burst_limit: 0 }, { "*/*": [0, 0] }],
  [
    {
      batch: true,
      method_throttles: {
        "sqs/POST": { rate_limit: 1, burst_limit: 2 },
        "sqs/batch/POST": { rate_limit: 3, burst_limit: 4 },
      },
    },
    { "*/*": [50, 500], "~1sqs/POST": [1, 2], "~1sqs~1batch/POST": [3, 4] },
  ],
  [
    {
      existing_rest_api_id: "a1b2c3d4e5",
      existing_rest_api_parent_path: "/shop",
      stage_name: "v1",
      deploy_existing_rest_api: true,
      throttling_rate_limit: -1,
      method_throttles: { "shop/sqs/POST": { rate_limit: 1, burst_limit: 2 } },
    },
    { "~1shop~1sqs/POST": [1, 2] },
  ],
  [{ existing_rest_api_id: "a1b2c3d4e5", stage_name: "v1" }, {}],
])("%j", (params, expected) => {
  expect(limits(noAuthStack(params))).toEqual(expected);
});

test("a throttle is about the stage, so it makes no new deployment", () => {
  const triggers = (params: Params) => noAuthStack(params).only("aws_api_gateway_deployment").triggers;
  expect(triggers({ throttling_rate_limit: 1 })).toEqual(triggers({}));
});

describe("max_cost_per_day", () => {
  /** Dollars for each million requests to the methods, by the prices of June 2026; a day with KMS costs 0.001728 besides. */
  test.each<[string, Params, number, number]>([
    ["a message of 256 KiB is four", {}, 3.5 + 0.4 * 4, 0.001728],
    ["a message of 64 KiB is one", { max_message_size: 65_536 }, 3.9, 0.001728],
    ["one byte more is two", { max_message_size: 65_537 }, 4.3, 0.001728],
    ["SQS's own encryption costs nothing", { max_message_size: 1024, encryption: "sqs-managed" }, 3.9, 0],
    [
      "FIFO",
      {
        fifo: true,
        content_based_deduplication: true,
        message_group_id: { constant: "a" },
        max_message_size: 1024,
      },
      4,
      0.001728,
    ],
    ["fair queues", { message_group_id: { header: "X-Tenant" }, max_message_size: 1024 }, 4, 0.001728],
    [
      "batches and preflights",
      { batch: true, cors: { allow_origins: ["*"] } },
      5.1 + 3.5 + 0.4 * 16 + 7,
      0.001728,
    ],
    [
      "a template of one's own may send as much as SQS takes",
      { request_templates: { "application/json": "Action=SendMessageBatch" } },
      3.5 + 0.5 * 16,
      0.001728,
    ],
    [
      "of a queue that is there already nobody knows the largest message",
      {
        existing_queue_arn: "arn:aws:sqs:eu-central-1:123456789012:theirs",
        storage_sqs_queue_name: undefined,
      },
      3.5 + 0.4 * 16,
      0.001728,
    ],
  ])("%s", (_what, params, perMillion, perDay) => {
    const { "*/*": [rate = NaN, burst = NaN] = [] } = limits(
      noAuthStack({ ...params, max_cost_per_day: 20 }),
    ) as Record<string, number[]>;
    expect(burst).toBe(500);
    const worst = ((rate * 86_400 + burst) * perMillion) / 1e6 + perDay;
    expect(worst).toBeLessThanOrEqual(20);
    expect(worst).toBeGreaterThan(19.999);
  });

  test("the least amount leaves a rate, and a burst that fits into it", () => {
    const { "*/*": [rate = NaN, burst = NaN] = [] } = limits(
      noAuthStack({ max_cost_per_day: 0.01, batch: true, cors: { allow_origins: ["*"] } }),
    ) as Record<string, number[]>;
    expect(rate).toBeGreaterThan(0);
    expect(burst).toBeGreaterThan(0);
  });

  test("the default of the open stack is what the documentation says it costs", () => {
    const dollars = (chunks: number) => ((50 * 86_400 + 500) * (3.5 + 0.4 * chunks)) / 1e6;
    expect([dollars(1), dollars(4)].map(Math.round)).toEqual([17, 22]);
    expect((10_000 * 3600 * 3.9) / 1e6).toBeCloseTo(140.4);
  });
});

test.each<[string, Params, string]>([
  [
    "a cost of nothing",
    { max_cost_per_day: 0 },
    'no-auth-stack.max_cost_per_day: is out of range, got 0; a number of dollars from 0.01 to 1000000. Write an amount in that range. To refuse every request, write "throttling_rate_limit": 0 and "throttling_burst_limit": 0.',
  ],
  [
    "a cost beside a rate",
    { max_cost_per_day: 1, throttling_rate_limit: 1 },
    'no-auth-stack.throttling_rate_limit: is a second limit, got 1; this setting without "max_cost_per_day"',
  ],
  [
    "a cost beside a method's limits",
    { max_cost_per_day: 1, method_throttles: { "sqs/POST": { rate_limit: 1, burst_limit: 1 } } },
    "no-auth-stack.method_throttles: is a second limit",
  ],
  [
    "a cost in an API that is not the stack's",
    {
      max_cost_per_day: 1,
      existing_rest_api_id: "a1b2c3d4e5",
      stage_name: "v1",
      deploy_existing_rest_api: true,
    },
    "no-auth-stack.max_cost_per_day: can't be kept in a REST API that is not the stack's",
  ],
  [
    "a limit of a stage that is not the stack's",
    { throttling_burst_limit: 1, existing_rest_api_id: "a1b2c3d4e5", stage_name: "v1" },
    "no-auth-stack.throttling_burst_limit: is a limit of a stage, which is not the stack's here, got 1;",
  ],
  [
    "a method that the stack does not have",
    {
      method_throttles: { "sqs/batch/POST": { rate_limit: 1, burst_limit: 1 } },
      cors: { allow_origins: ["*"] },
    },
    'names what is no method of the stack, got {"sqs/batch/POST":{"rate_limit":1,"burst_limit":1}}; sqs/POST, sqs/OPTIONS. Write one of those.',
  ],
  [
    "half a method's limits",
    { method_throttles: { "sqs/POST": { rate_limit: 1 } } },
    "method_throttles.sqs/POST.burst_limit: is missing",
  ],
  [
    "less than nothing",
    { throttling_rate_limit: -2 },
    "no-auth-stack.throttling_rate_limit: is out of range, got -2; a number of requests a second from 0 to 1000000, or -1 for none.",
  ],
  ["half a request", { throttling_burst_limit: 0.5 }, "no-auth-stack.throttling_burst_limit: "],
  [
    "a text",
    { throttling_rate_limit: "1" },
    'no-auth-stack.throttling_rate_limit: is not a number, got "1"; a number of requests a second from 0 to 1000000, or -1 for none. Write 1, without quotes.',
  ],
])("%s is refused", (_what, params, message) => {
  expect(mistake(params)).toContain(message);
});
