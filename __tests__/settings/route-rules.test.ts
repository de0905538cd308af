import { readSettings } from "../../settings/settings";
import type { Params } from "../support/setting-groups";

const NAMES = { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" };
const AUTHORIZER = { authorizer_lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:decide" };
const HIGH = { queue_by: { header: "X-Priority" }, queues: { high: {} } };

function mistakes(settings: Params): string[] {
  const open = { storage_sqs_queue_name: "open", ...settings };
  try {
    readSettings({ params: { ...NAMES, ...AUTHORIZER }, "no-auth-stack": open }, {});
  } catch (error) {
    return (error as Error).message
      .split("\n")
      .map((line) => line.replace("cdktf.json context.no-auth-stack.", ""));
  }
  return [];
}

test.each<[string, Params]>([
  ["nothing of their own", { routes: { "/orders": {} } }],
  ["paths below others", { routes: { "/eu": {}, "/eu/orders": {}, "/eu/orders/late": {} } }],
  [
    "a FIFO queue each",
    {
      routes: {
        "/a": { fifo: true, message_group_id: { constant: "a" }, message_deduplication_id: { header: "Id" } },
      },
    },
  ],
  [
    "a standard queue beside a FIFO one",
    {
      fifo: true,
      content_based_deduplication: true,
      message_group_id: { constant: "a" },
      routes: { "/a": { fifo: false, content_based_deduplication: false } },
    },
  ],
  [
    "a standard queue beside a FIFO one with deduplication ids",
    {
      fifo: true,
      message_deduplication_id: { header: "Id" },
      message_group_id: { constant: "a" },
      routes: { "/a": { fifo: false }, "/b": {} },
    },
  ],
  [
    "a FIFO queue beside a standard one with delays",
    {
      message_delay_seconds: { header: "X-Delay" },
      message_delay_out_of_range: "clamp",
      routes: {
        "/a": { fifo: true, content_based_deduplication: true, message_group_id: { constant: "a" } },
      },
    },
  ],
  ["a choice of queues", { ...HIGH, routes: { "/a": HIGH } }],
  ["an empty list of them", { routes: {} }],
])("routes may have %s", (_what, settings) => {
  expect(mistakes(settings)).toEqual([]);
});

test.each<[string, Params, string]>([
  ["no path", { routes: { orders: {} } }, "routes.orders: has a path that is none here"],
  [
    "a path of the stack's",
    { routes: { "/sqs/x": {} } },
    "routes./sqs/x: has a path that the stack has already",
  ],
  ["a path with a parameter", { routes: { "/{id}": {} } }, "routes./{id}: has a path that is none here"],
  [
    "a path that ends in a slash",
    { routes: { "/orders/": {} } },
    "routes./orders/: has a path that is none here",
  ],
  [
    "two paths that are alike",
    { routes: { "/orders": {}, "/Orders": {} } },
    "routes: has two paths that differ by their first capital alone",
  ],
  ["an unknown key", { routes: { "/orders": { fifos: true } } }, "routes./orders.fifos: is not a setting"],
  [
    "a value out of range",
    { routes: { "/orders": { delay_seconds: 901 } } },
    "routes./orders.delay_seconds: is out of range",
  ],
  ["a list", { routes: ["/orders"] }, "routes: is not an object"],
  ["nothing in it", { routes: { "/orders": null } }, "routes./orders: is not an object"],
  [
    "the sender's settings",
    { webhook: "github", routes: { "/orders": {} } },
    'routes: would have the settings of the sender of "webhook", which are those of the stack',
  ],
  [
    "a sender's path",
    { webhook: ["github"], routes: { "/github/late": {} } },
    'routes: has a path at which a sender of "webhook" is: /github/late',
  ],
  [
    "scopes without a user pool",
    { routes: { "/orders": { authorization_scopes: ["a"] } } },
    `routes: has a route with "authorization_scopes", which only a Cognito user pool's tokens have`,
  ],
  [
    "a FIFO queue without a group",
    { routes: { "/orders": { fifo: true } } },
    'routes: makes for /orders a "message_group_id" that is missing',
  ],
  [
    "a group's authorizer where there is none",
    { routes: { "/orders": { message_group_id: { authorizer: "principalId" } } } },
    'routes: makes for /orders a "message_group_id" that needs an authorizer',
  ],
  [
    "FIFO's settings without FIFO",
    { routes: { "/orders": { fifo_high_throughput: true } } },
    'routes: makes for /orders a "fifo_high_throughput" that needs a FIFO queue',
  ],
  [
    "no dead letters, and when they come",
    { routes: { "/orders": { dead_letter_queue: false, max_receive_count: 3 } } },
    'routes: makes for /orders a "max_receive_count" that needs a dead-letter queue',
  ],
  [
    "a schema of what it does not accept",
    { routes: { "/orders": { content_types: ["text/plain"], request_schema: { "application/json": {} } } } },
    'routes: makes for /orders a "request_schema" that names what is not accepted, or not text',
  ],
  [
    "text that is binary elsewhere",
    { content_types: ["text/xml"], routes: { "/orders": { binary_content_types: ["text/xml"] } } },
    "routes: takes for binary at one path what is text at another: text/xml",
  ],
  [
    "a delay of its own on a FIFO queue",
    {
      routes: {
        "/a": {
          fifo: true,
          content_based_deduplication: true,
          message_group_id: { constant: "a" },
          message_delay_seconds: { header: "X-Delay" },
        },
      },
    },
    'routes: makes for /a a "message_delay_seconds" that needs a standard queue',
  ],
  [
    "a retention that delays outlast",
    { message_delay_seconds: { header: "X-Delay" }, routes: { "/a": { message_retention_seconds: 900 } } },
    `routes: makes for /a a "message_delay_seconds" that lets messages wait until the queue's retention has ended, when SQS deletes them`,
  ],
  [
    "a chosen queue that is FIFO, and no group",
    { queue_by: { header: "X-Priority" }, queues: { high: { fifo: true } } },
    'queues: makes for high a "message_group_id" that is missing',
  ],
  [
    "a chosen queue whose retention delays outlast",
    {
      message_delay_seconds: { header: "X-Delay" },
      queue_by: { header: "X-Priority" },
      queues: { high: { message_retention_seconds: 60 } },
    },
    `queues: makes for high a "message_delay_seconds" that lets messages wait until the queue's retention has ended, when SQS deletes them`,
  ],
  [
    "a route's chosen queue that is FIFO, and no group",
    { routes: { "/a": { ...HIGH, queues: { high: { fifo: true } } } } },
    'routes: makes for /a a "queues" that makes for high a "message_group_id" that is missing',
  ],
  [
    "queues that nothing chooses",
    { routes: { "/orders": { queues: { high: {} } } } },
    'routes: makes for /orders a "queues" that has queues that nothing chooses',
  ],
  [
    "a choice of nothing",
    { routes: { "/orders": { queue_by: { header: "X-Priority" } } } },
    'routes: makes for /orders a "queue_by" that has no queue to choose',
  ],
  [
    "a choice of nothing for /sqs",
    { queue_by: { header: "X-Priority" }, queues: {} },
    "queue_by: has no queue to choose",
  ],
  [
    "a value that can't be compared",
    { ...HIGH, queues: { "very high": {} } },
    "queues.very high: has a value that can't be compared",
  ],
  [
    "a batch by its body",
    { ...HIGH, queue_by: { json_path: "$.a" }, batch: true },
    "queue_by: is looked for in the body, which in a batch has ten messages",
  ],
  [
    "names that two queues have",
    { ...HIGH, routes: { "/high": {} } },
    "routes: has a queue of its own for /high, whose name is that of another queue",
  ],
  [
    "the name of the dead-letter queue",
    { routes: { "/dlq": {} } },
    "routes: has a queue of its own for /dlq, whose name is that of another queue",
  ],
  [
    "a sender's queue's name",
    { webhook: [{ sender: "github", path: "eu-a", own_queue: true }], routes: { "/eu/a": {} } },
    "routes: has a queue of its own for /eu/a, whose name is that of another queue",
  ],
  [
    "somebody else's queue",
    { existing_queue_arn: "arn:aws:sqs:eu-central-1:123456789012:theirs", routes: { "/a": {} } },
    "routes: has routes, each with a queue of its own, which would have the settings of a queue that is not the stack's",
  ],
  [
    "cross-origin headers that lack its own",
    {
      cors: { allow_origins: ["*"], allow_headers: ["Content-Type"] },
      routes: { "/a": { required_headers: ["X-A"] } },
    },
    'routes: makes for /a a "cors" that lacks headers that a request must have',
  ],
  [
    "binary bodies in somebody else's API",
    {
      existing_rest_api_id: "a1b2c3d4e5",
      stage_name: "v1",
      throttling_rate_limit: -1,
      routes: { "/a": { content_types: ["image/png"] } },
    },
    "routes: needs binary media types of the REST API, which hold for all that is in it",
  ],
  [
    "a throttle for what is no route",
    { routes: { "/orders": {} }, method_throttles: { "order/POST": { rate_limit: 1, burst_limit: 1 } } },
    "method_throttles: names what is no method of the stack",
  ],
])("routes must not have %s", (_what, settings, message) => {
  expect(mistakes(settings)).toEqual([expect.stringContaining(`${message}, got `) as string]);
});
