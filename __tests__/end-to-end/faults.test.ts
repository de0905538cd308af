import type { Message } from "@aws-sdk/client-sqs";
import { startSqsEmulator, type SqsEmulator } from "../../local/sqs/sqs-emulator";
import { type Fault, FaultySqs } from "../support/faulty-sqs";
import { LocalStack } from "../support/local-stack";
import { type LoadAnswer, sendAll } from "../support/send-all";
import { tries } from "../support/tries";

jest.setTimeout(60_000);

const TIMEOUT_MS = 3000;

/** Every status that an answer with an error can have and that SQS, or what is before it, gives. */
const ERRORS: readonly (readonly [status: number, code?: string])[] = [
  [400, "InvalidMessageContents"],
  [400, "RequestThrottled"],
  [400, "QueueDoesNotExist"],
  [400, "KmsDisabled"],
  [400],
  [401],
  [403, "AccessDeniedException"],
  [403],
  [404],
  [405],
  [408],
  [409],
  [410],
  [411],
  [412],
  [413],
  [414],
  [415],
  [416],
  [417],
  [421],
  [422],
  [429, "ThrottlingException"],
  [429],
  [431],
  [451],
  [500, "InternalFailure"],
  [500],
  [501],
  [502],
  [503, "ServiceUnavailable"],
  [503],
  [504],
  [505],
];

function faults(stored: boolean): Fault[] {
  return [
    { kind: "reset", stored },
    { kind: "truncated", stored, declared: true },
    { kind: "truncated", stored, declared: false },
    { kind: "delay", stored, ms: 40_000 },
    ...ERRORS.map(([status, code]): Fault => ({ kind: "status", stored, status, ...(code && { code }) })),
  ];
}

const SLOW: Fault = { kind: "delay", stored: true, ms: 1000 };
const NONE: Fault = { kind: "none" };

let emulator: SqsEmulator;
let faulty: FaultySqs;
let local: LocalStack;

beforeAll(async () => {
  emulator = await startSqsEmulator({ queues: ["auth", "open"].map((name) => ({ name, attributes: {} })) });
  faulty = new FaultySqs(emulator.endpoint);
  local = await LocalStack.start(
    { response: "compact", integration_timeout_milliseconds: TIMEOUT_MS },
    { sqsEndpoint: await faulty.start() },
  );
  // The queue's URL is asked for once; this test is of what comes after.
  expect((await local.post("{}")).status).toBe(202);
  expect(await queued()).toHaveLength(1);
});

afterAll(async () => {
  await local.close();
  await faulty.stop();
  await emulator.stop();
});

/** Sends each fault in turn, as messages of their own, over many connections. */
async function send(all: readonly Fault[], count: number) {
  const bodies = Array.from({ length: count }, (_, n) => JSON.stringify({ n, fault: all[n % all.length] }));
  const headers = { "Content-Type": "application/json" };
  const answers = await sendAll(
    local.served("no-auth-stack").url,
    bodies.map((body) => ({ headers, body })),
    64,
  );
  return { bodies, answers };
}

function queued(): Promise<Message[]> {
  return local.receiveAll();
}

const isSuccess = ({ status }: LoadAnswer) => status >= 200 && status < 300;

/** Every success is in the queue once, under the id that the caller was told. */
function expectNoneLost(
  bodies: readonly string[],
  answers: readonly LoadAnswer[],
  messages: readonly Message[],
): void {
  const ids = new Map(messages.map(({ MessageId, Body }) => [MessageId, Body]));
  const counts = new Map<string, number>();
  for (const { Body = "" } of messages) counts.set(Body, (counts.get(Body) ?? 0) + 1);
  const wrong = answers.flatMap((answer, index) => {
    if (!isSuccess(answer)) return [];
    const body = bodies[index] ?? "";
    const { messageId } = JSON.parse(answer.text) as { messageId: string };
    return ids.get(messageId) === body && counts.get(body) === 1 ? [] : [{ body, answer }];
  });
  expect(wrong).toEqual([]);
}

/** Errors are told in the one shape; those that may pass, with a time to retry after. */
function expectTold(answers: readonly LoadAnswer[]): void {
  for (const answer of answers.filter((each) => !isSuccess(each))) {
    expect([400, 429, 500, 503, 504]).toContain(answer.status);
    expect(JSON.parse(answer.text)).toEqual({
      code: expect.any(String) as string,
      message: expect.any(String) as string,
      requestId: expect.any(String) as string,
    });
  }
}

test("faults before SQS has the message: as many successes as messages", async () => {
  const all = [NONE, ...faults(false), SLOW];
  const { bodies, answers } = await send(all, tries(1000));
  const messages = await queued();
  expectNoneLost(bodies, answers, messages);
  expectTold(answers);
  const successes = answers.filter(isSuccess).length;
  expect(successes).toBe(messages.length);
  expect(successes).toBe(bodies.filter((body) => /"none"|"ms":1000/.test(body)).length);
});

test("faults after SQS has the message: every success is a message, and a failure may be one", async () => {
  const all = [NONE, ...faults(true), SLOW];
  const { bodies, answers } = await send(all, tries(300));
  const messages = await queued();
  expectNoneLost(bodies, answers, messages);
  expectTold(answers);
  // Nothing is sent twice on its own account.
  expect(messages).toHaveLength(tries(300));
  expect(new Set(messages.map(({ Body }) => Body)).size).toBe(tries(300));
});

test("connections refused: no success and no message; then all is well again", async () => {
  await faulty.stop();
  const { answers } = await send([NONE], 200);
  expectTold(answers);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  await faulty.start();
  expect(await queued()).toEqual([]);
  const after = await send([NONE], 50);
  const messages = await queued();
  expect(after.answers.filter(isSuccess)).toHaveLength(50);
  expectNoneLost(after.bodies, after.answers, messages);
  expect(messages).toHaveLength(50);
});
