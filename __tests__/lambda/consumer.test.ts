import { EventEmitter, once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { FakeDynamoDb } from "../support/fake-dynamodb";

/** Stands in for the sample's own work, so that a test can tell what is done, and make it fail. */
const mockConsume = jest.fn<Promise<void>, [{ messageId: string; body: string }]>();
jest.mock("../../lambda/consumer/consume", () => ({ consume: mockConsume }));

interface Answer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

interface SentRecord {
  readonly messageId: string;
  readonly body: string;
  readonly messageAttributes?: Readonly<Record<string, { readonly stringValue: string }>>;
}

const FOLDER = path.join(__dirname, "../../lambda/consumer");
const CONTEXT = { awsRequestId: "invocation-1", getRemainingTimeInMillis: () => 5000 };
const BROKEN = "broken";

// Powertools writes to the console that Jest sees only where it is told so before it is loaded.
process.env.POWERTOOLS_DEV = "true";
const { handler } = jest.requireActual<{
  handler: (event: unknown, context: unknown) => Promise<Answer>;
}>(FOLDER);

/** Invokes the sample with what Lambda hands over, of a standard queue unless its name says otherwise. */
async function failedOf(records: readonly SentRecord[], queueName = "orders"): Promise<string[]> {
  const Records = records.map((record) => ({
    attributes: { ApproximateReceiveCount: "2" },
    messageAttributes: { RequestId: { stringValue: `request-${record.messageId}` } },
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:eu-central-1:123456789012:${queueName}`,
    ...record,
  }));
  const { batchItemFailures } = await handler({ Records }, CONTEXT);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

function messages(...bodies: string[]): SentRecord[] {
  return bodies.map((body, index) => ({ messageId: `m${index + 1}`, body }));
}

function done(): string[] {
  return mockConsume.mock.calls.map(([{ messageId }]) => messageId);
}

let lines: Record<string, unknown>[];

beforeEach(() => {
  lines = [];
  for (const method of ["info", "error"] as const) {
    jest.spyOn(console, method).mockImplementation((...[text]: unknown[]) => {
      lines.push(JSON.parse(String(text)) as Record<string, unknown>);
    });
  }
  mockConsume
    .mockReset()
    .mockImplementation(({ body }) =>
      body === BROKEN ? Promise.reject(new Error("can't be done")) : Promise.resolve(),
    );
});

afterEach(() => {
  jest.restoreAllMocks();
});

test("of a standard queue only what failed comes back, and all else is done", async () => {
  expect(await failedOf(messages("1", BROKEN, "3", BROKEN, "5"))).toEqual(["m2", "m4"]);
  expect(done()).toEqual(["m1", "m2", "m3", "m4", "m5"]);
});

test("of a FIFO queue what stands behind a failure comes back untried", async () => {
  expect(await failedOf(messages("1", BROKEN, "3", "4"), "orders.fifo")).toEqual(["m2", "m3", "m4"]);
  expect(done()).toEqual(["m1", "m2"]);
});

test.each(["orders", "orders.fifo"])("when nothing of %s succeeds, the invocation fails", async (queue) => {
  await expect(failedOf(messages(BROKEN), queue)).rejects.toThrow("All records failed processing");
});

test.each(["orders", "orders.fifo"])("when all of %s succeeds, nothing comes back", async (queue) => {
  expect(await failedOf(messages("1", "2"), queue)).toEqual([]);
});

test("what is no batch of SQS is an error, and no batch without failures", async () => {
  await expect(handler({ order: 1 }, CONTEXT)).rejects.toThrow("Unexpected batch type");
});

test("every line tells the sender's request id, the message's id and how often it was received", async () => {
  await failedOf(messages("1", BROKEN));
  const ids = (id: string) => ({ requestId: `request-${id}`, messageId: id, receiveCount: 2 });
  const ofInvocation = { invocationId: "invocation-1" };
  expect(lines).toEqual([
    expect.objectContaining({ level: "INFO", message: "Message is done", ...ids("m1"), ...ofInvocation }),
    expect.objectContaining({ level: "ERROR", message: "Message failed", ...ids("m2"), ...ofInvocation }),
  ]);
});

test("a message without attributes is done, too", async () => {
  expect(await failedOf([{ messageId: "m1", body: "1", messageAttributes: {} }])).toEqual([]);
  expect(lines).toEqual([expect.objectContaining({ messageId: "m1" })]);
});

describe("the sample's own work", () => {
  const { consume } = jest.requireActual<{
    consume: (record: { body: string }, logger: { info: jest.Mock }) => Promise<void>;
  }>("../../lambda/consumer/consume");

  test("fails for a body that is no JSON, and does not quote it", async () => {
    const info = jest.fn();
    await expect(consume({ body: "secret" }, { info })).rejects.toThrow(/^The body is no JSON\.$/);
    await consume({ body: '{"secret":"ä"}' }, { info });
    expect(info.mock.calls).toEqual([["Message is worked on", { bytes: 15 }]]);
  });
});

describe("with a table of what is done", () => {
  const table = new FakeDynamoDb();
  const before = { ...process.env };

  beforeAll(async () => {
    process.env.AWS_ENDPOINT_URL_DYNAMODB = await table.start();
    process.env.AWS_REGION = "eu-central-1";
    process.env.AWS_ACCESS_KEY_ID = process.env.AWS_SECRET_ACCESS_KEY = "test";
    process.env.IDEMPOTENCY_TABLE = "done";
  });

  beforeEach(() => {
    table.items.clear();
    delete process.env.IDEMPOTENCY_ATTRIBUTE;
  });

  afterAll(async () => {
    process.env = before;
    await table.close();
  });

  const withKey = (messageId: string, body: string, key = "order-7") => ({
    messageId,
    body,
    messageAttributes: { "Idempotency-Key": { stringValue: key } },
  });

  test("what SQS delivers twice is done once, and succeeds twice", async () => {
    expect(await failedOf(messages("1"))).toEqual([]);
    expect(await failedOf(messages("1", "2"))).toEqual([]);
    expect(done()).toEqual(["m1", "m2"]);
    expect(lines.map(({ message, messageId }) => [messageId, message])).toContainEqual([
      "m1",
      "Message was done before",
    ]);
  });

  test("what failed is tried again", async () => {
    await expect(failedOf(messages(BROKEN))).rejects.toThrow();
    expect(table.items.size).toBe(0);
    await expect(failedOf(messages(BROKEN))).rejects.toThrow();
    expect(done()).toEqual(["m1", "m1"]);
  });

  test("what another invocation works on comes back, and is not taken for done", async () => {
    const work = new EventEmitter();
    mockConsume.mockImplementationOnce(async () => {
      await once(work, "finish");
    });
    const first = failedOf(messages("1"));
    while (done().length === 0) await new Promise(setImmediate);
    expect(await failedOf(messages("1", "2"))).toEqual(["m1"]);
    work.emit("finish");
    expect(await first).toEqual([]);
    expect(done()).toEqual(["m1", "m2"]);
  });

  test("the sender's own id tells a request that was repeated, by the setting only", async () => {
    process.env.IDEMPOTENCY_ATTRIBUTE = "Idempotency-Key";
    expect(await failedOf([withKey("m1", "{}")])).toEqual([]);
    expect(await failedOf([withKey("m2", "{}")])).toEqual([]);
    expect(done()).toEqual(["m1"]);
    delete process.env.IDEMPOTENCY_ATTRIBUTE;
    expect(await failedOf([withKey("m3", "{}")])).toEqual([]);
    expect(done()).toEqual(["m1", "m3"]);
  });

  test("another body of the same id fails, rather than be dropped without a word", async () => {
    process.env.IDEMPOTENCY_ATTRIBUTE = "Idempotency-Key";
    await failedOf([withKey("m1", "{}")]);
    expect(await failedOf([withKey("m2", '{"other":1}'), withKey("m3", "{}", "order-8")])).toEqual(["m2"]);
    expect(done()).toEqual(["m1", "m3"]);
  });

  test("a request id that a caller repeats hides nothing", async () => {
    const RequestId = { stringValue: "chosen by the caller" };
    const records = ["m1", "m2"].map((messageId) => ({
      messageId,
      body: "{}",
      messageAttributes: { RequestId },
    }));
    expect(await failedOf(records)).toEqual([]);
    expect(done()).toEqual(["m1", "m2"]);
  });

  test("an attribute's value is never taken for a message's id", async () => {
    await failedOf([{ messageId: "m1", body: "{}" }]);
    process.env.IDEMPOTENCY_ATTRIBUTE = "Idempotency-Key";
    await failedOf([withKey("m2", "{}", "m1")]);
    expect(done()).toEqual(["m1", "m2"]);
  });
});

test("the tests run what the function's archive gets", () => {
  const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Record<string, object>;
  const { dependencies } = read(path.join(FOLDER, "package.json"));
  expect(read("package.json").devDependencies).toMatchObject(dependencies ?? { none: "" });
  expect(Object.keys(dependencies ?? {})).toHaveLength(3);
});
