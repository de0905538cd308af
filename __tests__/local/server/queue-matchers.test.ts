import { toHaveNothingQueued, toHaveQueued } from "../../../local/server/queue-matchers";
import type { PeekedMessage } from "../../../local/sqs/message";
import { type RunningGateway, startGateway } from "../../../local/server/start-gateway";
import { FakeSqs } from "../../support/fake-sqs";
import { SynthesizedProject } from "../../support/synthesized-project";

const OPEN = "open-orders";
const LONG = JSON.stringify({ text: "ü".repeat(100_000) });

let project: SynthesizedProject;
let gateway: RunningGateway;

beforeAll(async () => {
  project = new SynthesizedProject({
    params: { aws_region_name: "eu-central-1", forward_headers: ["X-Tenant"] },
    "no-auth-stack": { storage_sqs_queue_name: OPEN },
    "auth-stack": {
      storage_sqs_queue_name: "orders",
      authorizer_lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:decide",
    },
  });
  gateway = await startGateway({ stacks: [project.stack("no-auth-stack")] });
});

afterAll(async () => {
  await gateway.close();
  project.remove();
});

test("an empty queue has nothing queued, and says so where a message is expected", async () => {
  expect((await toHaveNothingQueued(gateway)).pass).toBe(true);
  expect((await toHaveNothingQueued(gateway, { queue: `${OPEN}-dlq` })).pass).toBe(true);
  const { pass, message } = await toHaveQueued(gateway, "{}");
  expect([pass, message()]).toEqual([false, 'Expected a message "{}"; the queue is empty']);
});

test("what was posted is found byte for byte, by its attributes too, as often as one looks", async () => {
  await post('{"a":  1}', { "X-Tenant": "acme" });
  await post(LONG);
  const attributes = { "X-Tenant": "acme" };
  const passes = await Promise.all([
    toHaveQueued(gateway, '{"a":  1}'),
    toHaveQueued(gateway, '{"a":  1}', { queue: OPEN, attributes }),
    toHaveQueued(gateway, LONG),
    toHaveQueued(gateway, LONG, { attributes }),
    toHaveQueued(gateway, '{"a": 1}'),
    toHaveQueued(gateway, '{"a":  1}', { queue: `${OPEN}-dlq` }),
    toHaveNothingQueued(gateway),
  ]);
  expect(passes.map(({ pass }) => pass)).toEqual([true, true, true, false, false, false, false]);
  expect((await gateway.messages()).map(({ body, state }) => [body, state])).toEqual([
    ['{"a":  1}', "visible"],
    [LONG, "visible"],
  ]);
});

test("a failure tells what the queue has instead", async () => {
  const { message } = await toHaveQueued(gateway, "[2]", { attributes: { "X-Tenant": "b" } });
  expect(message()).toMatch(
    /^Expected a message "\[2\]" with \{"X-Tenant":"b"\}; the queue has 2:\n {2}"\{\\"a\\": {2}1\}" with \{"X-Tenant":"acme","RequestId":"[\da-f-]{36}"\}\n {2}"\{/,
  );
});

test("a failure shows long bodies cut short, and of many messages the newest", async () => {
  const bodies = Array.from({ length: 12 }, (_, index) => `${index}${"x".repeat(200_000)}`);
  const messages = () => Promise.resolve(bodies.map((body) => ({ body, attributes: {} }) as PeekedMessage));
  for (const { message } of [
    await toHaveQueued({ messages }, LONG),
    await toHaveNothingQueued({ messages }),
  ]) {
    const [first, ...lines] = message().split("\n");
    expect(first).toMatch(/; the queue has 12, the newest 10 of them:$/);
    expect(lines.map((line) => line.slice(0, 5))).toEqual(
      bodies.slice(2).map((body) => `  "${body}`.slice(0, 5)),
    );
    expect(message().length).toBeLessThan(5000);
  }
});

/** As JavaScript calls it, which has no types. */
const untyped = { toHaveQueued, toHaveNothingQueued } as unknown as Record<
  "toHaveQueued" | "toHaveNothingQueued",
  (...args: readonly unknown[]) => Promise<unknown>
>;

test.each<[string, RegExp, "toHaveQueued" | "toHaveNothingQueued", (gateway: unknown) => unknown[]]>([
  [
    "a body that is no text",
    /^toHaveQueued: has a body that is no text, got \{"a":1\}; /,
    "toHaveQueued",
    (gateway) => [gateway, { a: 1 }],
  ],
  [
    "no body",
    /^toHaveQueued: has a body that is no text, got nothing; /,
    "toHaveQueued",
    (gateway) => [gateway],
  ],
  [
    "an option that there is not",
    /^toHaveQueued: has no such option, got "queu"; known here: queue, attributes\. /,
    "toHaveQueued",
    (gateway) => [gateway, "{}", { queu: OPEN }],
  ],
  [
    "an option of the other matcher",
    /^toHaveNothingQueued: has no such option, got "attributes"; known here: queue\. /,
    "toHaveNothingQueued",
    (gateway) => [gateway, { attributes: {} }],
  ],
  [
    "options that are a text",
    /^toHaveQueued: has options that are no object, got "open-orders"; /,
    "toHaveQueued",
    (gateway) => [gateway, "{}", OPEN],
  ],
  [
    "a queue for options",
    /^toHaveNothingQueued: has options that are no object, got "open-orders"; /,
    "toHaveNothingQueued",
    (gateway) => [gateway, OPEN],
  ],
  [
    "a queue that is no text",
    /^toHaveNothingQueued: has options that are no texts, got \{"queue":1\}; /,
    "toHaveNothingQueued",
    (gateway) => [gateway, { queue: 1 }],
  ],
  [
    "an attribute that is no text",
    /^toHaveQueued: has options that are no texts, got \{"attributes":\{"a":1\}\}; /,
    "toHaveQueued",
    (gateway) => [gateway, "{}", { attributes: { a: 1 } }],
  ],
  [
    "attributes that are none",
    /^toHaveQueued: has options that are no texts, got \{"attributes":"a"\}; /,
    "toHaveQueued",
    (gateway) => [gateway, "{}", { attributes: "a" }],
  ],
  [
    "no gateway",
    /^toHaveQueued: is asked of no gateway, got nothing; /,
    "toHaveQueued",
    () => [undefined, "{}"],
  ],
  [
    "a gateway that is not there yet",
    /^toHaveNothingQueued: is asked of no gateway, got \{\}; /,
    "toHaveNothingQueued",
    (gateway) => [Promise.resolve(gateway)],
  ],
])("%s is refused in one line, by .not too", async (_, message, matcher, args) => {
  const failure = (await untyped[matcher](...args(gateway)).catch((error: unknown) => error)) as Error;
  expect([failure.name, failure.message]).toEqual(["UserError", expect.stringMatching(message)]);
  expect(failure.message).not.toContain("\n");
});

test("a queue that is not there is told with those that are", async () => {
  await expect(gateway.messages("order")).rejects.toThrow(
    `messages: is not a queue of the stacks, got "order"; ${OPEN}, ${OPEN}-dlq can be named. Write messages("${OPEN}").`,
  );
});

test("of several queues one is to be named", async () => {
  const authorizer = "lambda/token-authorizer";
  const both = await startGateway({
    stacks: [project.stack("no-auth-stack"), project.stack("auth-stack")],
    authorizer,
  });
  await expect(both.messages()).rejects.toThrow(
    `messages: is not named, got none; ${OPEN}, orders can be named. Write messages("${OPEN}").`,
  );
  await both.close();
});

test("an SQS that can only receive is told", async () => {
  const sqs = new FakeSqs();
  const elsewhere = await startGateway({
    stacks: [project.stack("no-auth-stack")],
    sqsEndpoint: await sqs.start(),
  });
  await expect(elsewhere.messages()).rejects.toThrow("can't look into this SQS without receiving");
  await elsewhere.close();
  await sqs.close();
});

async function post(body: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const response = await fetch(gateway.stacks[0]?.url ?? "", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body,
  });
  expect(response.status).toBe(200);
}
