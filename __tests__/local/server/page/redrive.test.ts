import type { CallSqs } from "../../../../local/server/page/call-sqs";
import { redrive } from "../../../../local/server/page/redrive";

const FAILED = {
  name: "failed",
  url: "https://sqs.us-east-1.amazonaws.com/000000000000/failed",
  attributes: {},
};
const SOURCE = { ...FAILED, name: "source" };

interface Call {
  readonly action: string;
  readonly queue: string;
  readonly input: Record<string, unknown>;
}

interface RecordedSqs {
  readonly call: CallSqs;
  readonly calls: Call[];
}

/** An SQS with these messages in the dead-letter queue, that refuses one action; `calls` fills with what it is asked. */
function sqsWith(messages: readonly object[], refused?: string): RecordedSqs {
  const waiting = messages.map((message, index) => ({
    ReceiptHandle: `handle-${index}`,
    Body: "b",
    ...message,
  }));
  const calls: Call[] = [];
  const call: CallSqs = (action, queue, input = {}) => {
    calls.push({ action, queue: queue.name, input: input as Record<string, unknown> });
    if (action === refused) return Promise.reject(new Error("refused by SQS"));
    if (action === "GetQueueAttributes") {
      return Promise.resolve({ Attributes: { ApproximateNumberOfMessages: String(messages.length) } });
    }
    if (action === "ReceiveMessage") return Promise.resolve({ Messages: waiting.splice(0, 1) });
    return Promise.resolve({});
  };
  return { call, calls };
}

const named = (calls: readonly Call[], action: string) => calls.filter((call) => call.action === action);

test("each message is deleted after its copy was sent, never before", async () => {
  const { call, calls } = sqsWith([{ Body: "1" }, { Body: "2" }]);
  expect(await redrive(call, FAILED, SOURCE)).toEqual({ moved: 2, left: 0 });
  expect(calls.map(({ action, queue }) => `${action} ${queue}`).slice(1)).toEqual([
    "ReceiveMessage failed",
    "SendMessage source",
    "DeleteMessage failed",
    "ReceiveMessage failed",
    "SendMessage source",
    "DeleteMessage failed",
  ]);
  expect(named(calls, "SendMessage").map(({ input }) => input.MessageBody)).toEqual(["1", "2"]);
});

test("a message that the source does not take is given back, not deleted, and told", async () => {
  const { call, calls } = sqsWith([{}, {}], "SendMessage");
  await expect(redrive(call, FAILED, SOURCE)).rejects.toThrow("A message stays in failed");
  expect(named(calls, "DeleteMessage")).toEqual([]);
  expect(named(calls, "ReceiveMessage")).toHaveLength(1);
  expect(named(calls, "ChangeMessageVisibility")).toMatchObject([
    { queue: "failed", input: { ReceiptHandle: "handle-0", VisibilityTimeout: 0 } },
  ]);
});

test("a message that can't be deleted is told to be in both", async () => {
  const { call } = sqsWith([{}], "DeleteMessage");
  await expect(redrive(call, FAILED, SOURCE)).rejects.toThrow(
    "A message is in source and still in failed too.",
  );
});

test("a message that SQS says is another queue's stays", async () => {
  const arn = (name: string) => ({
    Attributes: { DeadLetterQueueSourceArn: `arn:aws:sqs:us-east-1:1:${name}` },
  });
  const { call, calls } = sqsWith([arn("other"), arn("source")]);
  expect(await redrive(call, FAILED, SOURCE)).toEqual({ moved: 1, left: 1 });
  expect(named(calls, "DeleteMessage")).toMatchObject([{ input: { ReceiptHandle: "handle-1" } }]);
  expect(named(calls, "ChangeMessageVisibility")).toMatchObject([{ input: { ReceiptHandle: "handle-0" } }]);
});

test("what the queue did not hold at the start is not moved: it would go round for ever", async () => {
  const { call, calls } = sqsWith([{}]);
  const endless: CallSqs = async (action, queue, input) =>
    action === "ReceiveMessage"
      ? { Messages: [{ Body: "again", ReceiptHandle: "h" }] }
      : call(action, queue, input);
  expect(await redrive(endless, FAILED, SOURCE)).toEqual({ moved: 1, left: 0 });
  expect(named(calls, "SendMessage")).toHaveLength(1);
});

test("attributes, group and trace header go along; a FIFO queue gets a new deduplication id", async () => {
  const MessageAttributes = {
    text: { DataType: "String", StringValue: "x", StringListValues: [] },
    bytes: { DataType: "Binary", BinaryValue: "AAE=" },
  };
  const Attributes = { MessageGroupId: "g", MessageDeduplicationId: "first", AWSTraceHeader: "Root=1" };
  const { call, calls } = sqsWith([{ MessageAttributes, Attributes }]);
  await redrive(call, FAILED, { ...SOURCE, name: "source.fifo" });
  const [sent] = named(calls, "SendMessage");
  expect(sent?.input).toEqual({
    MessageBody: "b",
    MessageAttributes: {
      text: { DataType: "String", StringValue: "x" },
      bytes: { DataType: "Binary", BinaryValue: "AAE=" },
    },
    MessageGroupId: "g",
    MessageDeduplicationId: expect.not.stringMatching("first") as string,
    MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: "Root=1" } },
  });
});
