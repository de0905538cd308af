import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { sampleAuthorizer } from "../../local/server/sample-authorizer";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { Queue } from "../../queue/queue";
import { type SmokeTest, smokeTest } from "../../smoke/smoke-test";
import { synthesizedAuthStack } from "../support/synthesized";

let folder: string;
let gateway: RunningGateway;
let queue: Queue;

beforeAll(() => {
  process.env.AUTHORIZER_TOKEN = "testtoken";
  folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));
  writeFileSync(
    join(folder, "cdk.tf.json"),
    JSON.stringify(synthesizedAuthStack({ maxReceiveCount: 3 }).json),
  );
});

beforeEach(async () => {
  gateway = await startGateway({ stacks: [folder], authorizer: sampleAuthorizer });
  queue = Queue.at({ url: gateway.stacks[0]?.queueUrl ?? "" });
});

afterEach(() => gateway.close());

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(test: Partial<SmokeTest> = {}) {
  return smokeTest(queue, {
    url: gateway.stacks[0]?.url ?? "",
    headers: { Authorization: "testtoken" },
    body: '{"smoke":"{id}"}',
    seconds: 2,
    signal: new AbortController().signal,
    ...test,
  });
}

async function addOthers(count: number): Promise<void> {
  const Entries = Array.from({ length: count }, (_, index) => ({
    Id: String(index),
    MessageBody: `other ${index}`,
  }));
  await queue.sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
}

/** What the queue holds: bodies, states and receive counts. */
async function held() {
  return (await gateway.messages()).map(({ body, state, systemAttributes }) => [
    body,
    state,
    systemAttributes.ApproximateReceiveCount,
  ]);
}

test("as JSON, for scripts: the same, by name", async () => {
  await addOthers(1);
  const { text, exitCode } = await run({ json: true });
  expect(exitCode).toBe(0);
  expect(JSON.parse(text)).toEqual({
    url: gateway.stacks[0]?.url,
    id: expect.stringMatching(/^[\w-]{36}$/) as string,
    status: 200,
    post_milliseconds: expect.any(Number) as number,
    request_id: expect.stringMatching(/^[\w-]{36}$/) as string,
    queue: "orders",
    found: true,
    message_id: expect.stringMatching(/^[\w-]{36}$/) as string,
    find_milliseconds: expect.any(Number) as number,
    looks_at_others: 1,
    said: expect.stringMatching(/^Found in orders \d+ ms later/) as string,
  });
});

test("its own message is found and deleted, with ids and times", async () => {
  const { text, exitCode } = await run();
  expect(exitCode).toBe(0);
  expect(text).toMatch(
    /^POST http:\S+ answered 200 in \d+ ms: id [\w-]{36}, request id [\w-]{36}, message id ([\w-]{36})\.\nFound in orders \d+ ms later, as \1, and deleted\. No other message was looked at\.$/,
  );
  expect(await held()).toEqual([]);
});

test("others' messages stay, each looked at once", async () => {
  await addOthers(10);
  expect(await run()).toEqual({
    text: expect.stringMatching(/deleted\. 10 looks at others' messages, all put back/) as string,
    exitCode: 0,
  });
  const after = await held();
  expect(after.map(([body]) => body).sort()).toEqual(
    Array.from({ length: 10 }, (_, index) => `other ${index}`),
  );
  expect(new Set(after.map(([, state, count]) => `${String(state)} ${String(count)}`))).toEqual(
    new Set(["visible 1"]),
  );
});

test("the search ends before others' messages have no receive left for their consumer", async () => {
  await addOthers(10);
  await queue.putBack(await queue.receive(10, 30));
  const { text, exitCode } = await run({ json: true });
  expect(JSON.parse(text)).toMatchObject({ found: false, find_milliseconds: null });
  expect([text, exitCode]).toEqual([expect.stringMatching(/a further look could leave others' messages/), 1]);
  expect(new Set((await held()).map(([, state]) => state))).toEqual(new Set(["visible"]));
});

test("a message that a consumer took has an exit code of its own", async () => {
  const consumer = (async () => {
    for (;;) {
      const taken = await queue.receive(10, 30);
      await queue.delete(taken);
      if (taken.length > 0) return;
    }
  })();
  const { text, exitCode } = await run({ seconds: 1, body: "for the consumer" });
  await consumer;
  // Either may be first: who finds it is told the truth.
  expect([text, exitCode]).toEqual(
    exitCode === 0
      ? [expect.stringMatching(/ and deleted\./), 0]
      : [expect.stringMatching(/after 1 s; a consumer may have taken it\./), 3],
  );
});

test.each([
  [
    "a wrong token",
    { headers: { Authorization: "wrong" } },
    /refuses the message, got 403 AccessDenied.*--token/,
  ],
  ["no token", { headers: {} }, /refuses the message, got 401 Unauthorized.*request id [\w-]{36}/],
  [
    "another path",
    { headers: {}, url: "nowhere" },
    /refuses the message, got 403 MissingAuthenticationToken/,
  ],
])("%s is one line, and nothing is sent", async (_what, test, message) => {
  const url = `${gateway.stacks[0]?.url ?? ""}${"url" in test ? "/nowhere" : ""}`;
  await expect(run({ ...test, url })).rejects.toThrow(message);
  expect(await held()).toEqual([]);
});

test("an API that can't be reached is one line", async () => {
  await expect(run({ url: "http://127.0.0.1:2/" })).rejects.toThrow(
    /^http:\/\/127\.0\.0\.1:2\/: gives no answer, got .*ECONNREFUSED/,
  );
});
