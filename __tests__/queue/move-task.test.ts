import { setTimeout } from "node:timers/promises";
import { Queue } from "../../queue/queue";
import { type Redrive, redrive } from "../../queue/redrive";
import { FakeMoveTasks } from "../support/fake-move-tasks";

let sqs: FakeMoveTasks;
let url: string;
let told: string[];

beforeEach(async () => {
  told = [];
  sqs = new FakeMoveTasks();
  url = await sqs.start();
});

afterEach(() => sqs.close());

function run(job: Partial<Redrive> = {}) {
  return redrive(Queue.at({ url }), {
    filter: { attributes: {} },
    dryRun: false,
    signal: new AbortController().signal,
    tell: (line) => told.push(line),
    ...job,
  });
}

function inputOf(action: string): unknown {
  return sqs.calls.find(([name]) => name === action)?.[1];
}

test("SQS moves what comes from one queue by itself, each message to its own source", async () => {
  expect(await run({ rate: 20 })).toEqual({
    text: "SQS moved about 100 messages of work-dlq, by its own message move task.",
    exitCode: 0,
  });
  expect(inputOf("StartMessageMoveTask")).toEqual({
    SourceArn: "arn:aws:sqs:eu-central-1:123456789012:work-dlq",
    MaxNumberOfMessagesPerSecond: 20,
  });
});

test("or to another queue, whatever the sources are", async () => {
  sqs.sources = ["work", "theirs"];
  expect(await run({ to: sqs.url("other") })).toMatchObject({ exitCode: 0 });
  expect(inputOf("StartMessageMoveTask")).toMatchObject({
    DestinationArn: "arn:aws:sqs:eu-central-1:123456789012:other",
  });
});

test("a task that runs already is followed", async () => {
  sqs.task = { TaskHandle: "theirs", Status: "RUNNING", ApproximateNumberOfMessagesMoved: 10 };
  expect(await run()).toMatchObject({ exitCode: 0 });
  expect(told[0]).toBe("SQS is moving messages of work-dlq already: following that task.");
  expect(inputOf("StartMessageMoveTask")).toBeUndefined();
});

test("Ctrl-C cancels the task", async () => {
  sqs.step = 1;
  const stopping = new AbortController();
  const outcome = run({ signal: stopping.signal });
  await setTimeout(300);
  stopping.abort();
  expect(await outcome).toMatchObject({
    text: expect.stringMatching(/was cancelled; the rest stays/) as string,
    exitCode: 1,
  });
  expect(inputOf("CancelMessageMoveTask")).toEqual({ TaskHandle: "handle" });
});

test("a task that fails tells why", async () => {
  sqs.failureReason = "CouldNotDetermineMessageSource";
  await expect(run()).rejects.toThrow(
    /^work-dlq: SQS gave up .*got CouldNotDetermineMessageSource; .*by --to; what was moved is moved\.$/,
  );
});

test("who may not start it is told", async () => {
  sqs.refusals.set("StartMessageMoveTask", "AccessDeniedException");
  await expect(run()).rejects.toThrow(
    /^work-dlq: refuses what these credentials may not do, got AccessDenied/,
  );
});

test("a rate that SQS does not take is refused before anything is moved", async () => {
  await expect(run({ rate: 501 })).rejects.toThrow(/^--rate: .*got 501; 1 to 500/);
  expect(inputOf("StartMessageMoveTask")).toBeUndefined();
});

test.each([
  ["other queues' messages are there, too", () => (sqs.sources = ["work", "theirs"])],
  ["the emulator has no tasks", () => sqs.refusals.set("ListMessageMoveTasks", "InvalidAction")],
])("messages are moved one by one where %s", async (_why, prepare) => {
  prepare();
  sqs.refusals.set("ReceiveMessage", "AccessDeniedException");
  await expect(run()).rejects.toThrow(/AccessDenied/);
  expect(inputOf("ReceiveMessage")).toBeDefined();
});
