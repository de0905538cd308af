import { count } from "../../queue/count";
import { type Look, peek } from "../../queue/peek";
import { purge } from "../../queue/purge";
import { Queue } from "../../queue/queue";
import { EmulatedQueues } from "../support/emulated-queues";

let queues: EmulatedQueues;
let told: string[];

beforeEach(() => {
  told = [];
});

afterEach(() => queues.stop());

function look(options: Partial<Look> = {}, url = queues.url): Promise<string> {
  return peek(Queue.at({ url }), {
    messages: 10,
    longestBody: 300,
    json: false,
    signal: new AbortController().signal,
    tell: (line) => told.push(line),
    ...options,
  });
}

function messages(number: number) {
  return Array.from({ length: number }, (_, index) => ({ MessageBody: `m${index}` }));
}

test("messages are shown and put back at once, and what that costs is told", async () => {
  queues = await EmulatedQueues.start();
  await queues.send(queues.url, messages(15));
  const text = await look({ messages: 12 });
  expect(text.match(/^ {2}m\d+$/gm)).toHaveLength(12);
  expect(text).toMatch(/^[\w-]{36} {2}sent \S+Z \(\d+ s ago\), received 1 time\n {2}m0\n/);
  expect(told).toEqual([
    expect.stringMatching(/^work: each look counts as a receive .*; after 5, the next moves/),
  ]);
  expect(await queues.visible(queues.url)).toBe(15);
});

test("the look that takes a message's last receive says so", async () => {
  queues = await EmulatedQueues.start("standard", 2);
  await queues.send(queues.url, messages(1));
  await look();
  expect(told).toHaveLength(1);
  const text = await look();
  expect(told[2]).toBe(
    `WARNING: 1 of them had one receive left, and this was it: the next, also a look, moves them to the dead-letter queue: ${text.slice(0, 36)}`,
  );
  expect(await queues.visible(queues.url)).toBe(1);
});

test("a queue that allows one receive only is not looked into", async () => {
  queues = await EmulatedQueues.start("standard", 1);
  await queues.send(queues.url, messages(1));
  await expect(look()).rejects.toThrow(
    /^work: moves a message to the dead-letter queue at its second receive/,
  );
  await expect(look({}, queues.deadLettersUrl)).resolves.toMatch(
    /^work-dlq gives no messages: about 0 visible/,
  );
  const [message] = await queues.messages(queues.name);
  expect(message?.systemAttributes.ApproximateReceiveCount).toBe("0");
});

test("long bodies are cut between characters, and no terminal obeys them; JSON has them whole", async () => {
  queues = await EmulatedQueues.start();
  const body = `\u202e${"😀".repeat(20)}`;
  await queues.send(queues.url, [
    {
      MessageBody: body,
      MessageAttributes: { bytes: { DataType: "Binary", BinaryValue: Buffer.from([0, 255]) } },
    },
  ]);
  expect(await look({ longestBody: 4 })).toMatch(
    /\n {2}bytes \(Binary\): AP8=\n {2}\\u202e😀… \(83 bytes\)$/,
  );
  expect(JSON.parse(await look({ json: true }))).toEqual([
    expect.objectContaining({
      body,
      receiveCount: 2,
      attributes: { bytes: { type: "Binary", value: "AP8=" } },
    }),
  ]);
});

test("a FIFO queue's groups keep their order", async () => {
  queues = await EmulatedQueues.start("fifo");
  await queues.send(
    queues.url,
    Array.from({ length: 9 }, (_, index) => ({
      MessageBody: `m${index}`,
      MessageGroupId: `g${index % 3}`,
      MessageDeduplicationId: `d${index}`,
    })),
  );
  const before = await queues.bodies(queues.name);
  expect(await look()).toMatch(/group g0, deduplication id d0\n {2}m0\n/);
  expect(await queues.bodies(queues.name)).toEqual(before);
  expect(await look({ messages: 1 })).toMatch(/ m0$/);
});

test("counts are of both queues, and said to be approximate", async () => {
  queues = await EmulatedQueues.start();
  await queues.send(queues.url, messages(3));
  await queues.send(queues.deadLettersUrl, messages(2));
  const queue = Queue.at({ url: queues.url });
  await queue.receive(1, 60);
  expect(JSON.parse(await count(queue, true))).toEqual([
    { role: "queue", name: "work", visible: 2, inFlight: 1, delayed: 0 },
    { role: "dead-letter queue", name: "work-dlq", visible: 2, inFlight: 0, delayed: 0 },
  ]);
  expect(await count(queue, false)).toMatch(/work-dlq[\s\S]*All are approximate/);
  expect(await count(Queue.at({ url: queues.deadLettersUrl }), false)).toMatch(
    /It has no dead-letter queue\.$/,
  );
});

test("a purge wants the queue's name, and tells how many are lost", async () => {
  queues = await EmulatedQueues.start();
  await queues.send(queues.url, messages(3));
  const queue = Queue.at({ url: queues.url });
  await expect(purge(queue, "work-dlq")).rejects.toThrow(/^work: is not purged: .*got "work-dlq"; only work/);
  expect(await queues.visible(queues.url)).toBe(3);
  expect(await purge(queue, "work")).toMatch(/^work is purged: about 3 messages .* are lost\./);
  expect(await queues.visible(queues.url)).toBe(0);
});

test("a queue that there is not is one line", async () => {
  queues = await EmulatedQueues.start();
  await expect(look({}, `${queues.url}s`)).rejects.toThrow(
    /^works: is not there, got QueueDoesNotExist: .*--queue-url\.$/,
  );
});
