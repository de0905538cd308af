import { TerraformStack, Testing } from "cdktf";
import { AwsLocation } from "../../../constructs/aws-location";
import { QueueLeveling } from "../../../constructs/queue-leveling";
import { LeveledQueue } from "../../../constructs/queue/leveled-queue";
import type { Params } from "../../support/setting-groups";
import { encodedJson, type Synthesized, synthesizedWithSettings } from "../../support/synthesized";

const NAMES = { authorizer_lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:decide" };
const ROUTES = {
  "/orders": { queue_by: { header: "X-Priority" }, queues: { high: {}, low: { max_receive_count: 9 } } },
  "/eu/refunds": { visibility_timeout_seconds: 77 },
};
const POOL = {
  authorization: "COGNITO_USER_POOLS",
  cognito_user_pool_arns: ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI"],
};

function stackWith(settings: Params): Synthesized {
  return synthesizedWithSettings({
    ...("authorization" in settings ? {} : NAMES),
    routes: ROUTES,
    ...settings,
  });
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: string | string[];
}

/** What each role may do, and with which queues, by the name of its policy. */
function allowed(stack: Synthesized): Record<string, [actions: unknown, queues: string[]][]> {
  const policies = Object.entries(stack.resources("aws_iam_role_policy")).map(([name, { policy }]) => [
    name.replace(/_[0-9A-F]{8}$/, ""),
    (encodedJson(policy) as { Statement: Statement[] }).Statement.map(({ Action, Resource }) => [
      Action,
      [Resource].flat().map((arn) => arn.replace(/^.*sqs_queue[.](.*)_[0-9A-F]{8}[.]arn.*$/, "$1")),
    ]),
  ]);
  return Object.fromEntries(policies) as ReturnType<typeof allowed>;
}

test("each role may send to the queues of its path, or receive from its first one, and nothing else", () => {
  const stack = stackWith({ receive: true, queue_by: { query: "p" }, queues: { vip: {} } });
  const receiving = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"];
  expect(allowed(stack)).toEqual({
    QueueLeveling_IntegrationRole_SendMessagePolicy: [["sqs:SendMessage", ["Queue", "RouteSqsx3avipQueue"]]],
    QueueLeveling_Receive_IntegrationRole_ReceiveMessagePolicy: [[receiving, ["Queue"]]],
    QueueLeveling_RouteEux2frefunds_IntegrationRole_SendMessagePolicy: [
      ["sqs:SendMessage", ["RouteEux2frefundsQueue"]],
    ],
    QueueLeveling_RouteEux2frefunds_Receive_IntegrationRole_ReceiveMessagePolicy: [
      [receiving, ["RouteEux2frefundsQueue"]],
    ],
    QueueLeveling_RouteOrders_IntegrationRole_SendMessagePolicy: [
      ["sqs:SendMessage", ["RouteOrdersQueue", "RouteOrdersx3ahighQueue", "RouteOrdersx3alowQueue"]],
    ],
    QueueLeveling_RouteOrders_Receive_IntegrationRole_ReceiveMessagePolicy: [
      [receiving, ["RouteOrdersQueue"]],
    ],
  });
});

test("a route receives where it says so, or where the stack does and it does not say otherwise", () => {
  const verbs = (settings: Params) =>
    Object.entries(stackWith(settings).resources("aws_api_gateway_method"))
      .filter(([, { http_method: verb }]) => verb === "GET")
      .map(([name]) => name.split("_")[1]);
  expect(verbs({})).toEqual([]);
  expect(verbs({ routes: { "/a": { receive: true }, "/b": {} } })).toEqual(["RouteA"]);
  expect(verbs({ receive: true, routes: { "/a": { receive: false }, "/b": {} } })).toEqual([
    "Receive",
    "RouteB",
  ]);
});

test("a path that is no route gets a resource without methods, and keeps it when it becomes one", () => {
  const parts = (routes: Params) =>
    Object.entries(stackWith({ routes }).resources("aws_api_gateway_resource")).map(
      ([name, { path_part: part }]) => [name, part],
    );
  const before = parts({ "/eu/refunds": {} });
  expect(before.map(([, part]) => part)).toEqual(["sqs", "eu", "refunds"]);
  const after = Object.fromEntries(parts({ "/eu/refunds": {}, "/eu": {} })) as unknown;
  expect(after).toEqual(Object.fromEntries(before));
});

test("a route may ask a user pool's tokens for scopes of its own", () => {
  const routes = { "/a": { authorization_scopes: ["a/write"] }, "/b": {} };
  const stack = stackWith({ ...POOL, authorization_scopes: ["write"], routes });
  const scopes = Object.entries(stack.resources("aws_api_gateway_method")).map(
    ([name, { authorization_scopes: list }]) => [name.split("_")[1], list],
  );
  expect(scopes).toEqual([
    ["Post", ["write"]],
    ["RouteA", ["a/write"]],
    ["RouteB", ["write"]],
  ]);
});

test("a queue has its own settings, those of its route before those of the stack", () => {
  const stack = stackWith({
    visibility_timeout_seconds: 60,
    dead_letter_queue: false,
    routes: {
      "/a": {
        dead_letter_queue: true,
        delay_seconds: 5,
        queue_by: { query: "q" },
        queues: { x: { delay_seconds: 6 } },
      },
    },
  });
  const queues = Object.values(stack.resources("aws_sqs_queue")).map(
    ({ name, visibility_timeout_seconds: visibility, delay_seconds: delay }) => [
      String(name).replace("${var.storage_sqs_queue_name}", ""),
      visibility,
      delay,
    ],
  );
  expect(queues.sort()).toEqual([
    ["", 60, 0],
    ["-a", 60, 5],
    ["-a-dlq", undefined, undefined],
    ["-a-x", 60, 6],
    ["-a-x-dlq", undefined, undefined],
  ]);
});

test("a queue whose messages may be large asks for the provider that lets them be, in a route too", () => {
  const stack = stackWith({ routes: { "/a": { max_message_size: 1_048_576 } } });
  expect(stack.json.terraform?.required_providers?.aws).toMatchObject({ version: ">= 6.8.0, < 7.0.0" });
});

test("the consumer reads all queues, and outputs tell them by path and value", () => {
  const stack = stackWith({ consumer: { function_folder: "lambda/token-authorizer", timeout_seconds: 3 } });
  expect(Object.keys(stack.resources("aws_lambda_event_source_mapping"))).toHaveLength(5);
  const { value } = stack.json.output?.consumer_event_source_mapping_uuids as { value: object };
  expect(Object.keys(value).sort()).toEqual(["/eu/refunds", "/orders", "/orders:high", "/orders:low"]);
  const { value: routes } = stack.json.output?.routes as { value: Record<string, Params> };
  expect(routes["/orders"]).toMatchObject({
    url: expect.stringMatching(/invoke_url[}][/]orders$/) as string,
    queue_urls: { high: expect.stringContaining("x3ahigh") as string, low: expect.any(String) as string },
  });
});

test("the stage is deployed again when a queue, a role or a template is another", () => {
  const triggers = (settings: Params) =>
    stackWith(settings).only("aws_api_gateway_deployment").triggers as Record<string, string>;
  const { configuration, ...others } = triggers({ receive: true });
  expect(
    Object.keys(others)
      .filter((key) => key.includes("/orders"))
      .sort(),
  ).toEqual([
    "integration_role_/orders",
    "queue_name_/orders",
    "queue_name_/orders:high",
    "queue_name_/orders:low",
    "receive_role_/orders",
  ]);
  const changed = { ...ROUTES, "/orders": { ...ROUTES["/orders"], queue_by: { header: "X-Other" } } };
  expect(triggers({ receive: true, routes: changed }).configuration).not.toBe(configuration);
});

test("below the path of an API that is there already, and with the throttle of a method", () => {
  const stack = stackWith({
    existing_rest_api_id: "a1b2c3d4e5",
    existing_rest_api_parent_path: "/shop",
    deploy_existing_rest_api: true,
    stage_name: "v1",
    method_throttles: { "shop/eu/refunds/POST": { rate_limit: 1, burst_limit: 2 } },
  });
  const { value } = stack.json.output?.routes as { value: object };
  expect(Object.keys(value)).toEqual(["/shop/eu/refunds", "/shop/orders"]);
});

test("the construct is told which queue it lacks", () => {
  const stack = new TerraformStack(Testing.app(), "own");
  const location = new AwsLocation(stack, "Location", { regionName: "eu-central-1" });
  const queue = new LeveledQueue(stack, "Queue", { location, queueName: "orders" });
  const shared = { queue, location, apiName: "orders" };
  const routes = { "/a": { queueBy: { header: "X" }, queues: { high: {} } } };
  expect(() => new QueueLeveling(stack, "One", { ...shared, routes })).toThrow(
    "own/One/RouteA.ownQueues: has no queue for /a, got none; a queue for each sender",
  );
  expect(() => new QueueLeveling(stack, "Two", { ...shared, routes, ownQueues: { "/a": queue } })).toThrow(
    "own/Two/RouteA.ownQueues: has no queue for /a:high, got /a; a queue for each sender",
  );
});
