import { setTimeout as sleep } from "node:timers/promises";
import {
  EventSourceMapping,
  type HandledBatch,
  type MappingSettings,
} from "../../../local/lambda/event-source-mapping";
import type { InvocationResult } from "../../../local/lambda/function-invoker";
import { recordFilter } from "../../../local/lambda/filter-pattern";
import type { SqsEvent, SqsRecord } from "../../../local/lambda/sqs-event";
import { EndpointQueue } from "../../../local/server/polled-queue";
import { EmulatedQueues } from "../../support/emulated-queues";

const ARN = "arn:aws:sqs:eu-central-1:123456789012:work";

const SETTINGS: MappingSettings = {
  batchSize: 10,
  maximumBatchingWindowInSeconds: 0,
  concurrency: 5,
  reportsBatchItemFailures: true,
  filters: [],
  waitSeconds: 1,
};

type Handler = (records: readonly SqsRecord[]) => InvocationResult | Promise<InvocationResult>;

const ok = (payload: unknown = null): InvocationResult => ({ ok: true, payload });
const failing = (...records: readonly SqsRecord[]) =>
  ok({ batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })) });

let queues: EmulatedQueues;
let mapping: EventSourceMapping | undefined;

afterEach(async () => {
  await mapping?.stop();
  mapping = undefined;
  await queues.stop();
});

/** What a mapping did. */
interface Observed {
  readonly events: SqsEvent[];
  readonly batches: HandledBatch[];
  readonly troubles: string[];
  filtered: number;
  running: number;
  mostAtOnce: number;
}

function consume(handler: Handler, settings: Partial<MappingSettings> = {}): Observed {
  const seen: Observed = { events: [], batches: [], troubles: [], filtered: 0, running: 0, mostAtOnce: 0 };
  const queue = new EndpointQueue(queues.emulator.endpoint, queues.url, { arn: ARN, region: "eu-central-1" });
  const lambda = {
    invoke: async (event: unknown) => {
      const { Records } = event as SqsEvent;
      seen.events.push({ Records });
      seen.running += 1;
      seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.running);
      const result = await handler(Records);
      seen.running -= 1;
      return { requestId: "id", result };
    },
    close: () => undefined,
  };
  const listeners = {
    onBatch: (batch: HandledBatch) => {
      seen.batches.push(batch);
    },
    onFiltered: (messages: number) => {
      seen.filtered += messages;
    },
    onTrouble: (message: string) => {
      seen.troubles.push(message);
    },
  };
  mapping = new EventSourceMapping(queue, lambda, { ...SETTINGS, ...settings }, listeners);
  return seen;
}

async function until(isSo: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    await sleep(20);
    if (Date.now() > end) throw new Error("It did not come so.");
  }
}

const bodies = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ MessageBody: String(from + index) }));

const isEmpty = async () => (await queues.messages(queues.name)).length === 0;

test("an event has the shape that AWS documents", async () => {
  queues = await EmulatedQueues.start();
  const seen = consume(() => ok());
  await queues.send(queues.url, [
    {
      MessageBody: "Test message.",
      MessageAttributes: {
        text: { DataType: "String", StringValue: "a" },
        number: { DataType: "Number.int", StringValue: "1" },
        bytes: { DataType: "Binary", BinaryValue: Buffer.from([0, 255]) },
      },
      MessageSystemAttributes: {
        AWSTraceHeader: { DataType: "String", StringValue: "Root=1-5759e988-bd862e3fe1be46a994272793" },
      },
    },
  ]);
  await until(isEmpty);
  const time = expect.stringMatching(/^\d{13}$/) as string;
  const text = expect.stringMatching(/^[\w-]+$/) as string;
  const none = { stringListValues: [], binaryListValues: [] };
  expect(seen.events).toEqual([
    {
      Records: [
        {
          messageId: text,
          receiptHandle: text,
          body: "Test message.",
          attributes: {
            ApproximateReceiveCount: "1",
            SentTimestamp: time,
            SenderId: text,
            ApproximateFirstReceiveTimestamp: time,
            AWSTraceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793",
          },
          messageAttributes: {
            text: { stringValue: "a", dataType: "String", ...none },
            number: { stringValue: "1", dataType: "Number.int", ...none },
            bytes: { binaryValue: "AP8=", dataType: "Binary", ...none },
          },
          // The digest in AWS's own sample event.
          md5OfBody: "e4e68fb7bd0e697a0ae8f1bb342846b3",
          md5OfMessageAttributes: expect.stringMatching(/^[\da-f]{32}$/) as string,
          eventSource: "aws:sqs",
          eventSourceARN: ARN,
          awsRegion: "eu-central-1",
        },
      ],
    },
  ]);
});

test("a FIFO queue's event tells group, sequence and deduplication id, and no attributes where there are none", async () => {
  queues = await EmulatedQueues.start("fifo");
  const seen = consume(() => ok());
  await queues.send(queues.url, [{ MessageBody: "a", MessageGroupId: "g", MessageDeduplicationId: "d" }]);
  await until(isEmpty);
  const [record] = seen.events[0]?.Records ?? [];
  expect(Object.keys(record?.attributes ?? {}).sort()).toEqual([
    "ApproximateFirstReceiveTimestamp",
    "ApproximateReceiveCount",
    "MessageDeduplicationId",
    "MessageGroupId",
    "SenderId",
    "SentTimestamp",
    "SequenceNumber",
  ]);
  expect(record?.messageAttributes).toEqual({});
  expect(record).not.toHaveProperty("md5OfMessageAttributes");
});

describe("batches", () => {
  test("are of no more than the batch size, and no more run at once than the limit", async () => {
    queues = await EmulatedQueues.start();
    await queues.send(queues.url, bodies(100));
    const seen = consume(() => sleep(20).then(() => ok()), { batchSize: 4, concurrency: 3 });
    await until(isEmpty);
    expect(Math.max(...seen.events.map(({ Records }) => Records.length))).toBe(4);
    expect(seen.mostAtOnce).toBe(3);
    expect(seen.events.flatMap(({ Records }) => Records)).toHaveLength(100);
  });

  test("are gathered over the window, over several receives, and no longer than that", async () => {
    queues = await EmulatedQueues.start();
    const seen = consume(() => ok(), { batchSize: 25, maximumBatchingWindowInSeconds: 2, concurrency: 1 });
    await queues.send(queues.url, bodies(30));
    await until(() => seen.events.length === 1);
    expect(seen.events[0]?.Records).toHaveLength(25);
    const start = Date.now();
    await sleep(500);
    await queues.send(queues.url, bodies(3, 30));
    await until(() => seen.events.length === 2);
    expect(seen.events[1]?.Records).toHaveLength(8);
    expect(Date.now() - start).toBeGreaterThan(1500);
    expect(Date.now() - start).toBeLessThan(4000);
  });

  test("are no longer than 6 MB", async () => {
    queues = await EmulatedQueues.start("standard", 5, { MaximumMessageSize: "1048576" });
    const MessageBody = "x".repeat(1_000_000);
    for (let count = 0; count < 10; count++) await queues.send(queues.url, [{ MessageBody }]);
    const seen = consume(() => ok(), { concurrency: 1 });
    await until(isEmpty);
    expect(seen.events.map(({ Records }) => Records.length)).toEqual([6, 4]);
    for (const event of seen.events) expect(JSON.stringify(event).length).toBeLessThan(6 * 1024 * 1024);
  });
});

describe("failures", () => {
  test("what is reported comes again after the visibility timeout, and the rest is deleted", async () => {
    queues = await EmulatedQueues.start("standard", 5, { VisibilityTimeout: "1" });
    await queues.send(queues.url, bodies(6));
    const seen = consume((records) =>
      failing(
        ...records.filter(
          ({ body, attributes }) => body === "3" && attributes.ApproximateReceiveCount === "1",
        ),
      ),
    );
    await until(isEmpty);
    const times = seen.events.flatMap(({ Records }) => Records.map(({ body }) => body));
    expect(times.sort()).toEqual(["0", "1", "2", "3", "3", "4", "5"]);
    expect(seen.batches.reduce((sum, { failed }) => sum + failed, 0)).toBe(1);
  });

  test.each([
    ["an error", { ok: false, errorMessage: "down" } as const],
    ["an unknown id", ok({ batchItemFailures: [{ itemIdentifier: "nobody's" }] })],
  ])("%s leaves the whole batch", async (_name, result) => {
    queues = await EmulatedQueues.start("standard", 2, { VisibilityTimeout: "1" });
    await queues.send(queues.url, bodies(3));
    const seen = consume(() => result);
    await until(async () => (await queues.bodies(queues.deadLetters)).length === 3);
    expect(await isEmpty()).toBe(true);
    expect(seen.events.flatMap(({ Records }) => Records)).toHaveLength(6);
  });

  test("errors slow the polling, reported failures don't", async () => {
    const counts: number[] = [];
    for (const result of [{ ok: false, errorMessage: "down" } as const, undefined]) {
      queues = await EmulatedQueues.start("standard", 1000, { VisibilityTimeout: "0" });
      await queues.send(queues.url, bodies(1));
      const seen = consume((records) => sleep(10).then(() => result ?? failing(...records)), {
        concurrency: 1,
      });
      await sleep(1500);
      await mapping?.stop();
      counts.push(seen.events.length);
      if (result !== undefined) await queues.stop();
    }
    const [afterErrors = 0, afterFailures = 0] = counts;
    expect(afterErrors).toBeLessThan(6);
    expect(afterFailures).toBeGreaterThan(20);
  });

  test("a queue that is gone is told, and polled on", async () => {
    queues = await EmulatedQueues.start();
    const seen = consume(() => ok());
    await queues.emulator.stop();
    await until(() => seen.troubles.length > 2);
    expect(seen.troubles[0]).toMatch(/No answer from SQS/);
  });
});

test("what matches no filter is deleted, and the function never sees it", async () => {
  queues = await EmulatedQueues.start();
  const wanted = JSON.stringify({ n: 1 });
  await queues.send(queues.url, [
    { MessageBody: wanted },
    { MessageBody: "plain" },
    { MessageBody: '{"n":2}' },
  ]);
  const filters = [recordFilter('{"body":{"n":[1]}}'), recordFilter('{"body":{"n":[3]}}')];
  const seen = consume(() => ok(), { filters });
  await until(isEmpty);
  expect(seen.events.flatMap(({ Records }) => Records.map(({ body }) => body))).toEqual([wanted]);
  expect(seen.filtered).toBe(2);
});

test("a stop lets the batch under way end, deletes what it handled, and leaves the rest", async () => {
  queues = await EmulatedQueues.start();
  await queues.send(queues.url, bodies(30));
  const seen = consume(() => sleep(500).then(() => ok()), { concurrency: 1 });
  await until(() => seen.running === 1);
  await mapping?.stop();
  expect(seen.events).toHaveLength(1);
  const left = await queues.messages(queues.name);
  expect(left).toHaveLength(20);
  expect(left.every(({ state }) => state === "visible")).toBe(true);
});

test("of 1,200 messages none is lost, and each poison one is in the dead-letter queue once", async () => {
  queues = await EmulatedQueues.start("standard", 4, { VisibilityTimeout: "1" });
  await queues.send(queues.url, bodies(1200));
  const isPoison = (body: string) => Number(body) % 40 === 7;
  const done = new Set<string>();
  const seen = consume(
    async (records) => {
      await sleep(Math.random() * 20);
      // Only on a first receive: a message that is none's fault must not become a dead letter by bad luck.
      const isFirst = records.every(({ attributes }) => attributes.ApproximateReceiveCount === "1");
      if (isFirst && Math.random() < 0.1) return { ok: false, errorMessage: "crashed" };
      const failed = records.filter(
        ({ body, attributes }) =>
          isPoison(body) || (attributes.ApproximateReceiveCount === "1" && Math.random() < 0.2),
      );
      for (const record of records) if (!failed.includes(record)) done.add(record.body);
      return failing(...failed);
    },
    { concurrency: 7 },
  );
  await until(isEmpty, 60);
  const all = bodies(1200).map(({ MessageBody }) => MessageBody);
  expect([...done].sort()).toEqual(all.filter((body) => !isPoison(body)).sort());
  expect((await queues.bodies(queues.deadLetters)).sort()).toEqual(all.filter(isPoison).sort());
  expect(seen.mostAtOnce).toBeLessThanOrEqual(7);
  expect(seen.troubles).toEqual([]);
}, 90_000);

test("a FIFO queue's groups keep their order under failures, one batch of a group at a time", async () => {
  queues = await EmulatedQueues.start("fifo", 20, { VisibilityTimeout: "1" });
  const groups = Array.from({ length: 12 }, (_, index) => `group-${index}`);
  const entries = Array.from({ length: 20 }, (_, index) =>
    groups.map((MessageGroupId) => ({
      MessageBody: String(index),
      MessageGroupId,
      MessageDeduplicationId: `${MessageGroupId}-${index}`,
    })),
  ).flat();
  await queues.send(queues.url, entries);
  const handled = new Map(groups.map((group) => [group, [] as number[]]));
  const running = new Set<string>();
  let overlaps = 0;
  const seen = consume(
    async (records) => {
      const groupOf = ({ attributes }: SqsRecord) => attributes.MessageGroupId ?? "";
      const mine = new Set(records.map(groupOf));
      for (const group of mine) overlaps += Number(running.has(group));
      for (const group of mine) running.add(group);
      await sleep(Math.random() * 10);
      const stop = records.findIndex(() => Math.random() < 0.04);
      const done = stop === -1 ? records : records.slice(0, stop);
      for (const record of done) handled.get(groupOf(record))?.push(Number(record.body));
      for (const group of mine) running.delete(group);
      return failing(...records.slice(done.length));
    },
    { concurrency: 4 },
  );
  await until(isEmpty, 60);
  const inOrder = Array.from({ length: 20 }, (_, index) => index);
  expect(Object.fromEntries(handled)).toEqual(Object.fromEntries(groups.map((group) => [group, inOrder])));
  expect(overlaps).toBe(0);
  expect(seen.mostAtOnce).toBeLessThanOrEqual(4);
  expect(seen.batches.reduce((sum, { failed }) => sum + failed, 0)).toBeGreaterThan(0);
  expect(seen.batches.every(({ outOfOrder }) => outOfOrder === 0)).toBe(true);
}, 90_000);
