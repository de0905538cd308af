import { readSettings } from "../../settings/settings";

const FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:consume";
const QUEUE = "arn:aws:sqs:eu-central-1:123456789012:orders";
/** A folder with a handler that needs nothing. */
const FOLDER = "lambda/token-authorizer";
const FIFO = { fifo: true, message_group_id: { constant: "all" }, content_based_deduplication: true };

/** The mistakes in a consumer's settings beside `others`, for both stacks: those of the second are the same. */
function mistakesIn(consumer: unknown, others: object = {}, ofNoAuth: object = {}): string {
  const context = {
    params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders", consumer, ...others },
    "no-auth-stack": { storage_sqs_queue_name: "open", ...ofNoAuth },
  };
  try {
    readSettings(context, {});
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

const made = (more: object) => ({ function_folder: FOLDER, ...more });
const given = (more: object) => ({ lambda_arn: FUNCTION, ...more });

test.each<[string, unknown, object, string]>([
  ["no function", {}, {}, "consumer: names no function"],
  ["two functions", made({ lambda_arn: FUNCTION }), {}, "consumer.function_folder: is a second function"],
  ["what is no object", "consume", {}, "consumer: is not an object"],
  [
    "a folder without a handler",
    { function_folder: "docs" },
    {},
    "function_folder: holds no handler that can",
  ],
  ["the latest code of a function", { lambda_arn: `${FUNCTION}:$LATEST` }, {}, "consumer.lambda_arn: is not"],
  [
    "a concurrency of one",
    given({ maximum_concurrency: 1 }),
    {},
    "maximum_concurrency: is out of range, got 1",
  ],
  ["a concurrency of 1001", given({ maximum_concurrency: 1001 }), {}, "maximum_concurrency: is out of range"],
  ...["minimum_pollers", "maximum_pollers"].map((key): [string, unknown, object, string] => [
    `${key} beside a concurrency`,
    given({ maximum_concurrency: 2, [key]: 5 }),
    {},
    `consumer.${key}: is provisioned mode, which has no maximum concurrency, got 5; "maximum_concurrency", or pollers`,
  ]),
  [
    "fewer pollers at most than at least",
    given({ minimum_pollers: 5, maximum_pollers: 4 }),
    {},
    "consumer.minimum_pollers: is more than the maximum, got 5",
  ],
  ["one poller", given({ minimum_pollers: 1 }), {}, "minimum_pollers: is out of range, got 1"],
  ["2001 pollers", given({ maximum_pollers: 2001 }), {}, "maximum_pollers: is out of range, got 2001"],
  ["a batch of 20000", given({ batch_size: 20_000 }), {}, "batch_size: is out of range, got 20000"],
  [
    "a batch of 11 without a window",
    given({ batch_size: 11 }),
    {},
    "consumer.batch_size: needs a window, got 11",
  ],
  [
    "a batch of 11 of a FIFO queue",
    given({ batch_size: 11 }),
    FIFO,
    "consumer.batch_size: is more than Lambda takes from a FIFO queue, got 11",
  ],
  [
    "a batch of 11 of somebody else's FIFO queue",
    given({ batch_size: 11 }),
    { existing_queue_arn: `${QUEUE}.fifo`, message_group_id: { constant: "all" } },
    "consumer.batch_size: is more than Lambda takes from a FIFO queue",
  ],
  [
    "a window of 301 seconds",
    given({ maximum_batching_window_seconds: 301 }),
    {},
    "maximum_batching_window_seconds: is out of range, got 301",
  ],
  [
    "a window for a FIFO queue",
    given({ maximum_batching_window_seconds: 1 }),
    FIFO,
    "consumer.maximum_batching_window_seconds: is for standard queues, got 1",
  ],
  [
    "more environment than Lambda takes",
    made({ environment_variables: { FIRST: "x".repeat(2000), SECOND: "x".repeat(2000) } }),
    {},
    "consumer.environment_variables: is more than Lambda takes",
  ],
  [
    "six patterns",
    given({ filter_patterns: Array.from({ length: 6 }, (_, n) => ({ body: { n: [n] } })) }),
    {},
    "filter_patterns: has more than Lambda takes",
  ],
  [
    "a pattern on an attribute",
    given({ filter_patterns: [{ messageAttributes: { type: ["order"] } }] }),
    {},
    "filter_patterns.0: filters by something else than the body",
  ],
  [
    "a pattern with a bare value",
    given({ filter_patterns: [{ body: { type: "order" } }] }),
    {},
    "filter_patterns.0: has a value outside of a list",
  ],
  [
    "a pattern as a text",
    given({ filter_patterns: ['{"body":{"type":["order"]}}'] }),
    {},
    "filter_patterns.0: is not a pattern",
  ],
  [
    "a pattern of 4097 characters",
    given({ filter_patterns: [{ body: { type: ["x".repeat(4075)] } }] }),
    {},
    "filter_patterns.0: is too long",
  ],
  ...Object.entries({
    memory_size: 256,
    reserved_concurrent_executions: 5,
    tracing: true,
    environment_variables: { TABLE_NAME: "orders" },
    idempotency: true,
  }).map(([key, value]): [string, unknown, object, string] => [
    `${key} for a function of yours`,
    given({ maximum_concurrency: 5, [key]: value }),
    {},
    `consumer.${key}: is for a function that the stack makes`,
  ]),
  [
    "a sender's id without a table",
    made({ idempotency_attribute: "Idempotency-Key" }),
    {},
    "consumer.idempotency_attribute: needs a table of what is done",
  ],
  [
    "a reservation without a concurrency",
    made({ reserved_concurrent_executions: 100 }),
    {},
    "consumer.reserved_concurrent_executions: is not enough",
  ],
  [
    "a reservation below the concurrency",
    made({ reserved_concurrent_executions: 19, maximum_concurrency: 20 }),
    {},
    "consumer.reserved_concurrent_executions: is not enough",
  ],
  [
    "a reservation below ten times the pollers",
    made({ reserved_concurrent_executions: 49, maximum_pollers: 5 }),
    {},
    "consumer.reserved_concurrent_executions: is not enough",
  ],
  [
    "a reservation below ten times the pollers that there may be",
    made({ reserved_concurrent_executions: 1999, minimum_pollers: 2 }),
    {},
    "consumer.reserved_concurrent_executions: is not enough",
  ],
  [
    "a variable of Lambda's",
    made({ environment_variables: { AWS_REGION: "eu-west-1" } }),
    {},
    "environment_variables.AWS_REGION: is a variable that Lambda or the stack sets",
  ],
  [
    "a variable that is no text",
    made({ environment_variables: { LIMIT: 3 } }),
    {},
    "environment_variables.LIMIT: is not a text, got 3",
  ],
  [
    "a function that takes longer than a sixth of the visibility timeout",
    made({ timeout_seconds: 6 }),
    {},
    "visibility_timeout_seconds: is too short for the consumer: messages would come back while it works on them, got nothing; at least 36 seconds",
  ],
  [
    "a window that takes it over a sixth",
    made({ maximum_batching_window_seconds: 1 }),
    { visibility_timeout_seconds: 30 },
    "visibility_timeout_seconds: is too short for the consumer: messages would come back while it works on them, got 30; at least 31 seconds",
  ],
  [
    "what is told of a function of yours",
    given({ timeout_seconds: 60 }),
    { visibility_timeout_seconds: 359 },
    "visibility_timeout_seconds: is too short for the consumer",
  ],
  [
    "a function of another Region",
    { lambda_arn: FUNCTION.replace("central", "west") },
    {},
    "consumer.lambda_arn: is in another Region than the queue",
  ],
  [
    "a queue of another Region",
    made({}),
    { existing_queue_arn: QUEUE.replace("central", "west") },
    "existing_queue_arn: is in another Region than the consumer",
  ],
  ["an unknown key", made({ concurrency: 5 }), {}, "consumer.concurrency"],
])("%s", (_name, consumer, others, message) => {
  expect(mistakesIn(consumer, others)).toContain(message);
});

test.each<[string, unknown, object]>([
  ["as little as can be", made({}), {}],
  ["a function of yours of which nothing is told", given({}), { visibility_timeout_seconds: 0 }],
  ["exactly a sixth", made({ timeout_seconds: 900 }), { visibility_timeout_seconds: 5400 }],
  [
    "the most of all",
    made({
      batch_size: 10_000,
      maximum_batching_window_seconds: 300,
      maximum_concurrency: 1000,
      reserved_concurrent_executions: 1000,
    }),
    { visibility_timeout_seconds: 330 },
  ],
  ["ten times the pollers", made({ reserved_concurrent_executions: 50, maximum_pollers: 5 }), {}],
  ["ten of a FIFO queue", made({ batch_size: 10 }), FIFO],
  ["a queue that keeps its attributes", made({ timeout_seconds: 900 }), { keep_queue_attributes: true }],
  [
    "patterns with operators",
    given({ filter_patterns: [{ body: { n: [{ numeric: [">", 3] }] } }, { body: ["ping"] }] }),
    {},
  ],
  ["switches that are off", given({ tracing: false, idempotency: false }), {}],
])("allowed: %s", (_name, consumer, others) => {
  expect(mistakesIn(consumer, others)).toBe("");
});

test.each([
  [
    "one queue of another account in both is too many consumers",
    {},
    /^[^\n]*consumer: is a second consumer of the queue/,
  ],
  ["a queue of another account in each is allowed", { existing_queue_arn: `${QUEUE}-open` }, /^$/],
])("%s", (_name, ofNoAuth, message) => {
  const others = { existing_queue_arn: QUEUE.replace(/1234/, "4321") };
  expect(mistakesIn(made({}), others, ofNoAuth)).toMatch(message);
});
