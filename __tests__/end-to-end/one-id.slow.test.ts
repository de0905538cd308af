import type { Message } from "@aws-sdk/client-sqs";
import { LocalStack } from "../support/local-stack";
import { type LoadAnswer, type LoadRequest, sendAll } from "../support/send-all";
import type { StackName } from "../support/synthesized-project";

jest.setTimeout(240_000);

const REQUESTS = 10_000;

const JSON_TYPE = { "Content-Type": "application/json" };
const TOKEN = { Authorization: "testtoken" };

/** Requests of every kind, in turn, and what is answered. */
const KINDS: readonly { status: number; stack?: StackName; request: (number: number) => LoadRequest }[] = [
  { status: 200, request: (number) => ({ headers: JSON_TYPE, body: `{"number":${number}}` }) },
  {
    status: 200,
    stack: "auth-stack",
    request: (number) => ({ headers: { ...JSON_TYPE, ...TOKEN }, body: `"${number}"` }),
  },
  {
    status: 200,
    request: (number) => ({
      headers: JSON_TYPE,
      path: "/batch",
      body: JSON.stringify(Array.from({ length: 1 + (number % 3) }, (_, index) => `${number}.${index}`)),
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

type Place = "answer" | "access log" | "message" | "dead letter";

/** The one query: all that is known of each request. */
function byRequestId(facts: readonly Fact[]): ReadonlyMap<string, Readonly<Record<Place, readonly Fact[]>>> {
  const requests = new Map<string, Record<Place, Fact[]>>();
  for (const fact of facts) {
    const known = requests.get(fact.requestId) ?? {
      answer: [],
      "access log": [],
      message: [],
      "dead letter": [],
    };
    requests.set(fact.requestId, known);
    known[fact.from].push(fact);
  }
  return requests;
}

let local: LocalStack;
const FACTS: Fact[] = [];

beforeAll(async () => {
  local = await LocalStack.start(
    { batch: true, max_receive_count: 1, visibility_timeout_seconds: 0, max_message_size: 1024 },
    {
      accessLog: (line) => {
        FACTS.push({ from: "access log", ...(JSON.parse(line) as { requestId: string }) });
      },
    },
  );
});

afterAll(() => local.close());

test(`${REQUESTS} requests are each found by one id, from the answer to the dead letters`, async () => {
  for (const stack of ["no-auth-stack", "auth-stack"] as const) await sendTo(stack);
  for (const stack of ["no-auth-stack", "auth-stack"] as const) {
    const { queueUrl } = local.served(stack);
    const deadLettersUrl = queueUrl.replace(/[^/]+$/, (name) => `${name}-dlq`);
    await receiveAll("message", queueUrl);
    await receiveAll("dead letter", deadLettersUrl);
  }
  const requests = [...byRequestId(FACTS).values()];
  expect(requests).toHaveLength(REQUESTS);
  expect(requests.filter((request) => !isWhole(request)).slice(0, 3)).toEqual([]);
  const count = (place: Place) => requests.reduce((sum, request) => sum + request[place].length, 0);
  expect(count("answer")).toBe(REQUESTS);
  expect(count("message")).toBe(SENT_MESSAGES);
  expect(count("dead letter")).toBe(count("message"));
});

async function sendTo(stack: StackName): Promise<void> {
  const kinds = NUMBERS.map((number) => ({ ...KINDS[number % KINDS.length], number }));
  const sent = kinds.filter((kind) => (kind.stack ?? "no-auth-stack") === stack);
  const answers = await sendAll(
    local.served(stack).url,
    sent.map(({ request, number }) => request?.(number) ?? { headers: {}, body: "" }),
  );
  expect(answers.map(({ status }) => status)).toEqual(sent.map(({ status }) => status));
  FACTS.push(...answers.map(factOfAnswer));
}

function factOfAnswer({ status, headers, text }: LoadAnswer): Fact {
  const told = /"requestId":"([^"]+)"/.exec(text)?.[1];
  return {
    from: "answer",
    requestId: String(headers["x-amzn-requestid"]),
    extendedRequestId: String(headers["x-amz-apigw-id"]),
    status: String(status),
    trace: headers["x-amzn-trace-id"],
    // SQS's own answer names SQS's request; all others name this one.
    toldId: told ?? (status === 200 ? headers["x-amzn-requestid"] : undefined),
    sqsId: /"ResponseMetadata":\{"RequestId":"([^"]+)"/.exec(text)?.[1],
    messageIds: [...text.matchAll(/"[mM]essageId":"([^"]+)"/g)].map(([, id]) => id),
  };
}

/** Receives until there is nothing: whoever receives a message a second time finds it gone to the dead letters. */
async function receiveAll(from: Place, queueUrl: string): Promise<void> {
  const seen = new Set<string>();
  for (;;) {
    const messages = await local.peekAtMost(10, queueUrl);
    const fresh = messages.filter(({ MessageId = "" }) => !seen.has(MessageId));
    if (fresh.length === 0) return;
    for (const { MessageId = "" } of fresh) seen.add(MessageId);
    FACTS.push(...fresh.map((message) => factOfMessage(from, message)));
  }
}

function factOfMessage(from: Place, { MessageId, MessageAttributes, Attributes }: Message): Fact {
  return {
    from,
    requestId: MessageAttributes?.RequestId?.StringValue ?? "",
    messageId: MessageId,
    trace: Attributes?.AWSTraceHeader,
  };
}

/** Does all that is known of a request agree? */
function isWhole(request: Readonly<Record<Place, readonly Fact[]>>): boolean {
  const [answer, ...others] = request.answer;
  const [line, ...more] = request["access log"];
  if (answer === undefined || line === undefined || others.length + more.length > 0) return false;
  const ids = (facts: readonly Fact[]) =>
    facts
      .map(({ messageId }) => messageId)
      .sort()
      .join();
  return (
    answer.toldId === answer.requestId &&
    line.extendedRequestId === answer.extendedRequestId &&
    line.status === answer.status &&
    (answer.sqsId === undefined || answer.sqsId === line.integrationRequestId) &&
    ids(request.message) === (answer.messageIds as string[]).sort().join() &&
    ids(request["dead letter"]) === ids(request.message) &&
    [...request.message, ...request["dead letter"]].every(({ trace }) => trace === answer.trace)
  );
}
