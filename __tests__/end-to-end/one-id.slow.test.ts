import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "@aws-sdk/client-sqs";
import { LocalStack } from "../support/local-stack";
import { type ConsumerLine, LoggingConsumer } from "../support/logging-consumer";
import { type LoadAnswer, type LoadRequest, sendAll } from "../support/send-all";
import type { StackName } from "../support/synthesized-project";

jest.setTimeout(240_000);

const REQUESTS = 10_000;

const JSON_TYPE = { "Content-Type": "application/json" };
const TOKEN = { Authorization: "testtoken" };

/** A few messages fail in the sample consumer, which takes JSON only: where nothing of a batch succeeds, Lambda backs off. */
const isPoison = (number: number) => number % 200 < 3;

/** What the last message of a request is made of. */
const last = (number: number) => (isPoison(number) ? `no JSON ${number}` : `{"number":${number}}`);

/** Requests of every kind, in turn, and what is answered. */
const KINDS: readonly { status: number; stack?: StackName; request: (number: number) => LoadRequest }[] = [
  { status: 200, request: (number) => ({ headers: JSON_TYPE, body: last(number) }) },
  {
    status: 200,
    stack: "auth-stack",
    request: (number) => ({ headers: { ...JSON_TYPE, ...TOKEN }, body: last(number) }),
  },
  {
    status: 200,
    request: (number) => ({
      headers: JSON_TYPE,
      path: "/batch",
      body: JSON.stringify([
        ...Array.from({ length: number % 3 }, (_, index) => `${number}.${index}`),
        last(number),
      ]),
    }),
  },
  {
    // One entry of two is refused.
    status: 207,
    request: (number) => ({ headers: JSON_TYPE, path: "/batch", body: `["${number}","\\u0007"]` }),
  },
  // SQS refuses it.
  { status: 400, request: () => ({ headers: JSON_TYPE, body: "\u0007" }) },
  { status: 413, request: () => ({ headers: JSON_TYPE, body: "x".repeat(1100) }) },
  // API Gateway refuses them.
  { status: 400, request: () => ({ headers: JSON_TYPE, path: "/batch", body: "{}" }) },
  { status: 415, request: () => ({ headers: { "Content-Type": "text/csv" }, body: "a,b" }) },
  { status: 403, request: () => ({ headers: JSON_TYPE, path: "/nowhere", body: "{}" }) },
  { status: 401, stack: "auth-stack", request: () => ({ headers: JSON_TYPE, body: "{}" }) },
];

const NUMBERS = Array.from({ length: REQUESTS }, (_, number) => number);

/** The second kind of batch loses one of its two. */
const SENT_MESSAGES = NUMBERS.reduce(
  (sum, number) => sum + ([1, 1, 1 + (number % 3), 1][number % KINDS.length] ?? 0),
  0,
);

/** What somebody writes down of a request, with its id. */
type Fact = Readonly<Record<string, unknown>> & { readonly from: Place; readonly requestId: string };

const PLACES = ["answer", "access log", "message", "consumer's log", "dead letter"] as const;
type Place = (typeof PLACES)[number];
type Known = Readonly<Record<Place, readonly Fact[]>>;

/** The one query: all that is known of each request. */
function byRequestId(facts: readonly Fact[]): ReadonlyMap<string, Known> {
  const requests = new Map<string, Record<Place, Fact[]>>();
  for (const fact of facts) {
    const known =
      requests.get(fact.requestId) ??
      (Object.fromEntries(PLACES.map((place) => [place, []])) as unknown as Record<Place, Fact[]>);
    requests.set(fact.requestId, known);
    known[fact.from].push(fact);
  }
  return requests;
}

const STACKS = ["no-auth-stack", "auth-stack"] as const;
const consumer = new LoggingConsumer();
let local: LocalStack;
const FACTS: Fact[] = [];

beforeAll(async () => {
  local = await LocalStack.start(
    {
      batch: true,
      max_message_size: 1024,
      // Long enough for a machine that is busy: what is done is not to come again.
      visibility_timeout_seconds: 5,
      max_receive_count: 2,
      consumer: {
        lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:consume",
        maximum_concurrency: 2,
      },
    },
    {
      consumer: consumer.module,
      accessLog: (line) => {
        FACTS.push({ from: "access log", ...(JSON.parse(line) as { requestId: string }) });
      },
    },
  );
});

afterAll(async () => {
  await local.close();
  consumer.remove();
});

test(`${REQUESTS} requests are each found by one id, from the answer through the consumer to the dead letters`, async () => {
  for (const stack of STACKS) await sendTo(stack);
  for (const stack of STACKS) {
    while ((await local.depth(stack)) > 0) await sleep(250);
    await receiveDeadLetters(local.served(stack).queueUrl.replace(/[^/]+$/, (name) => `${name}-dlq`));
  }
  FACTS.push(...consumer.records().flatMap(factOfRecord), ...consumer.logLines().map(factOfLogLine));
  const requests = [...byRequestId(FACTS).values()];
  expect(requests).toHaveLength(REQUESTS);
  expect(requests.filter((request) => !isWhole(request)).slice(0, 3)).toEqual([]);
  const count = (place: Place) => requests.reduce((sum, request) => sum + request[place].length, 0);
  expect(count("answer")).toBe(REQUESTS);
  expect(count("message")).toBe(SENT_MESSAGES);
  expect(count("dead letter")).toBe(NUMBERS.filter(isPoison).length);
});

async function sendTo(stack: StackName): Promise<void> {
  const kinds = NUMBERS.map((number) => ({ ...KINDS[number % KINDS.length], number }));
  const sent = kinds.filter((kind) => (kind.stack ?? "no-auth-stack") === stack);
  const answers = await sendAll(
    local.served(stack).url,
    sent.map(({ request, number }) => request?.(number) ?? { headers: {}, body: "" }),
  );
  expect(answers.map(({ status }) => status)).toEqual(sent.map(({ status }) => status));
  FACTS.push(...answers.map((answer, index) => factOfAnswer(answer, isPoison(sent[index]?.number ?? -1))));
}

function factOfAnswer({ status, headers, text }: LoadAnswer, isLastPoison: boolean): Fact {
  const told = /"requestId":"([^"]+)"/.exec(text)?.[1];
  const messageIds = [...text.matchAll(/"[mM]essageId":"([^"]+)"/g)].map(([, id]) => id);
  return {
    from: "answer",
    requestId: String(headers["x-amzn-requestid"]),
    extendedRequestId: String(headers["x-amz-apigw-id"]),
    status: String(status),
    trace: headers["x-amzn-trace-id"],
    // SQS's own answer names SQS's request; all others name this one.
    toldId: told ?? (status === 200 ? headers["x-amzn-requestid"] : undefined),
    sqsId: /"ResponseMetadata":\{"RequestId":"([^"]+)"/.exec(text)?.[1],
    messageIds,
    poison: messageIds.slice(isLastPoison ? -1 : messageIds.length),
  };
}

/** Receives until there is nothing new. */
async function receiveDeadLetters(queueUrl: string): Promise<void> {
  const seen = new Set<string>();
  for (;;) {
    const messages = await local.peekAtMost(10, queueUrl);
    const fresh = messages.filter(({ MessageId = "" }) => !seen.has(MessageId));
    if (fresh.length === 0) return;
    for (const { MessageId = "" } of fresh) seen.add(MessageId);
    FACTS.push(...fresh.map(factOfDeadLetter));
  }
}

function factOfDeadLetter({ MessageId, MessageAttributes, Attributes }: Message): Fact {
  return {
    from: "dead letter",
    requestId: MessageAttributes?.RequestId?.StringValue ?? "",
    messageId: MessageId,
    trace: Attributes?.AWSTraceHeader,
  };
}

/** The message as it came to the consumer first. */
function factOfRecord({ messageId, attributes, messageAttributes }: ConsumerLine): Fact[] {
  const { ApproximateReceiveCount, AWSTraceHeader } = attributes as Record<string, string>;
  if (ApproximateReceiveCount !== "1") return [];
  const { RequestId } = messageAttributes as Record<string, { stringValue: string }>;
  return [{ from: "message", requestId: RequestId?.stringValue ?? "", messageId, trace: AWSTraceHeader }];
}

function factOfLogLine({ requestId, messageId, message }: ConsumerLine): Fact {
  return { from: "consumer's log", requestId: String(requestId), messageId, message };
}

/** Does all that is known of a request agree? */
function isWhole(request: Known): boolean {
  const [answer, ...others] = request.answer;
  const [line, ...more] = request["access log"];
  if (answer === undefined || line === undefined || others.length + more.length > 0) return false;
  const told = (message: string) => request["consumer's log"].filter((fact) => fact.message === message);
  const accepted = answer.messageIds as string[];
  const poison = answer.poison as string[];
  const good = accepted.filter((id) => !poison.includes(id));
  const agreed: [readonly Fact[], string[]][] = [
    [request.message, accepted],
    [request["consumer's log"], accepted],
    [told("Message is done"), good],
    [told("Message failed"), poison],
    [request["dead letter"], poison],
  ];
  return (
    answer.toldId === answer.requestId &&
    line.extendedRequestId === answer.extendedRequestId &&
    line.status === answer.status &&
    (answer.sqsId === undefined || answer.sqsId === line.integrationRequestId) &&
    agreed.every(([facts, ids]) => idsOf(facts) === [...ids].sort().join()) &&
    [...request.message, ...request["dead letter"]].every(({ trace }) => trace === answer.trace)
  );
}

/** A message may have several lines of the consumer. */
function idsOf(facts: readonly Fact[]): string {
  return [...new Set(facts.map(({ messageId }) => messageId))].sort().join();
}
