import type { Message } from "@aws-sdk/client-sqs";
import { HOSTILE_TEXTS } from "../support/hostile-texts";
import { LocalStack } from "../support/local-stack";

const ROUTES = {
  "/orders": {
    queue_by: { header: "X-Priority" },
    queues: { high: {}, low: { max_message_size: 1024 } },
    forward_headers: ["X-Tenant"],
    response: "compact",
  },
  "/eu/refunds": {
    fifo: true,
    content_based_deduplication: true,
    message_group_id: { json_path: "$.customer" },
    content_types: ["application/json", "text/plain"],
  },
  "/eu": { required_headers: ["X-Tenant"] },
};

let local: LocalStack;

beforeAll(async () => {
  local = await LocalStack.start({
    routes: ROUTES,
    queue_by: { json_path: "$.priority" },
    queues: { high: {}, "2": {} },
  });
});

afterAll(() => local.close());

async function send(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  const base = local.served("no-auth-stack").url.slice(0, -"/sqs".length);
  return fetch(`${base}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body,
  });
}

/** What waits in the queue whose name has this behind `open`, and is then hidden. */
async function messagesIn(suffix: string): Promise<Message[]> {
  return local.peekAtMost(10, `${local.served("no-auth-stack").queueUrl}${suffix}`);
}

async function bodiesIn(suffix: string): Promise<(string | undefined)[]> {
  return (await messagesIn(suffix)).map(({ Body }) => Body);
}

test.each([
  ["/orders", { "X-Priority": "high" }, "-orders-high"],
  ["/orders", { "x-priority": "low" }, "-orders-low"],
  ["/orders", {}, "-orders"],
  ["/orders", { "X-Priority": "HIGH" }, "-orders"],
  ["/orders", { "X-Priority": "" }, "-orders"],
  ["/orders", { "X-Priority": "high " }, "-orders-high"],
  ["/orders", { "X-Priority": "high, low" }, "-orders"],
  ["/orders", { "X-Priority": "high')#set($context.requestOverride.path.queue = 'open" }, "-orders"],
  ["/orders", { "X-Priority": "open-dlq" }, "-orders"],
  ["/orders", { "X-Priority": "../open" }, "-orders"],
  ["/orders", { "X-Priority": "high&QueueUrl=http://127.0.0.1/1/open" }, "-orders"],
  ["/eu", { "X-Tenant": "a" }, "-eu"],
])("a message to %s with %j goes to %s", async (path, headers, suffix) => {
  const body = JSON.stringify({ path, headers, at: Math.random() });
  const answer = await send(path, body, headers);
  expect([answer.status, await bodiesIn(suffix)]).toEqual([path === "/orders" ? 202 : 200, [body]]);
});

test.each([
  ['{"priority":"high"}', "-high"],
  ['{"priority":2}', "-2"],
  ['{"priority":"2"}', "-2"],
  ['{"priority":"2.0"}', ""],
  ['{"priority":["high"]}', ""],
  ['{"priority":{"high":1}}', ""],
  ['{"priority":null}', ""],
  ["[]", ""],
  ["no JSON", ""],
])("the body %s goes to the queue of its priority", async (body, suffix) => {
  expect((await send("/sqs", body)).status).toBe(200);
  expect(await bodiesIn(suffix)).toEqual([body]);
});

test("each route has its queue's limits, its attributes and its answer", async () => {
  const long = JSON.stringify("x".repeat(1100));
  const refused = await send("/orders", long, { "X-Priority": "low" });
  const accepted = await send("/orders", long, { "X-Priority": "high", "X-Tenant": "a" });
  expect([refused.status, accepted.status]).toEqual([413, 202]);
  expect(await bodiesIn("-orders-low")).toEqual([]);
  const [message] = await messagesIn("-orders-high");
  expect(message?.MessageAttributes?.["X-Tenant"]?.StringValue).toBe("a");
});

test("a FIFO route beside standard ones has its group, and its content types", async () => {
  const answers = await Promise.all([
    send("/eu/refunds", '{"customer":"c1"}'),
    send("/eu/refunds", "{}"),
    send("/eu/refunds", "text", { "Content-Type": "text/plain" }),
    send("/orders", "text", { "Content-Type": "text/plain" }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 400, 415]);
  const [message, ...others] = await messagesIn("-eu-refunds.fifo");
  expect([message?.Attributes?.MessageGroupId, others]).toEqual(["c1", []]);
});

test("what a route asks for is asked for there alone", async () => {
  expect([(await send("/eu", "{}")).status, (await send("/orders", "{}")).status]).toEqual([400, 202]);
});

test("no value but those that are written chooses another queue, and none changes the body", async () => {
  const bodies = HOSTILE_TEXTS.map((text) => JSON.stringify({ priority: text }));
  for (const body of bodies) expect((await send("/sqs", body)).status).toBe(200);
  const received: Message[] = [];
  for (let messages = await messagesIn(""); messages.length > 0; messages = await messagesIn("")) {
    received.push(...messages);
  }
  expect(received.map(({ Body }) => Body).sort()).toEqual([...bodies].sort());
});
