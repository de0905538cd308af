import { LocalStack } from "../support/local-stack";

const REQUEST_ID = "0a1b2c3d-4e5f-4a6b-8c7d-9e8f7a6b5c4d";
const TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793";

interface Outcome {
  readonly index: number;
  readonly messageId?: string;
  readonly code?: string;
  readonly message?: string;
}

let local: LocalStack;
/** What SQS was sent, of each request; undefined where it was not asked. */
const SENT: unknown[] = [];

beforeAll(async () => {
  local = await LocalStack.start(
    { batch: true, forward_headers: ["X-Tenant"], max_message_size: 2048 },
    {
      auth: { fifo: true, message_group_id: { header: "X-Group" }, content_based_deduplication: true },
      onTrace: ({ backend, integrationRequest }) => SENT.push(backend ?? integrationRequest),
    },
  );
});

beforeEach(() => {
  SENT.length = 0;
});

afterAll(() => local.close());

async function postBatch(
  body: string,
  stack: "auth-stack" | "no-auth-stack" = "no-auth-stack",
  headers = {},
) {
  const response = await local.post(
    body,
    { path: "/batch", headers: { Authorization: "testtoken", ...headers } },
    stack,
  );
  const answer = (await response.json()) as {
    results?: Outcome[];
    code?: string;
    message?: string;
    requestId?: string;
  };
  return { status: response.status, retryAfter: response.headers.get("Retry-After"), ...answer };
}

const ACCEPTED = (index: number) => ({ index, messageId: expect.any(String) as string });
const REFUSED = (index: number, code: string) => ({
  index,
  code,
  message: expect.any(String) as string,
});

const HOSTILE = [
  '{"a":"x&DelaySeconds=900&SendMessageBatchRequestEntry.2.MessageBody=y"}',
  "a+b %41 %zz =?#",
  "\"quotes\" 'and' \\backslashes\\ \\n",
  "$input.body #set($x = 1) ${entry} #end ##",
  "👩‍👩‍👧 é 你好 \u2028\ufeff",
  "\n\r\t ",
  "null",
  "{}",
  "[1]",
  "0",
];

test.each(Array.from({ length: 10 }, (_, index) => index + 1))(
  "%d entries, texts and objects",
  async (count) => {
    const bodies = HOSTILE.slice(0, count);
    const entries = bodies.map((body, index) => (index % 2 === 0 ? body : { body }));
    const answer = await postBatch(JSON.stringify(entries));
    expect(answer).toMatchObject({ status: 200, requestId: expect.any(String) as string });
    expect(answer.results).toEqual(bodies.map((_, index) => ACCEPTED(index)));
    const messages = new Map((await local.receiveAll()).map(({ MessageId, Body }) => [MessageId, Body]));
    expect(answer.results?.map(({ messageId }) => messages.get(messageId))).toEqual(bodies);
    expect(SENT).toHaveLength(1);
  },
);

test.each([
  ["no entries", "[]"],
  ["11 entries", JSON.stringify(Array.from({ length: 11 }, String))],
  ["an object", '{"body":"x"}'],
  ["a text", '"x"'],
  ["no JSON", "x"],
  ["nothing", ""],
  ["a number as an entry", '["x", 1]'],
  ["null as an entry", "[null]"],
  ["an array as an entry", '[["x"]]'],
  ["an empty text", '["x", ""]'],
  ["an empty body", '[{"body":""}]'],
  ["an object without a body", '[{"messageGroupId":"g"}]'],
  ["a body that is no text", '[{"body":{"a":1}}]'],
  ["an unknown key", '[{"body":"x","delaySeconds":900}]'],
  ["a key of SQS", '[{"body":"x","MessageAttribute.1.Name":"y"}]'],
  ["a group with a space", '[{"body":"x","messageGroupId":"a b"}]'],
  ["a group that is too long", JSON.stringify([{ body: "x", messageGroupId: "x".repeat(129) }])],
  ["half of a surrogate pair", String.raw`["\ud83d"]`],
  ["a delete character", '["\u007f"]'],
  ["the other half", String.raw`[{"body":"a\udc4d"}]`],
])("%s is answered 400 before SQS is asked", async (_what, body) => {
  expect(await postBatch(body)).toMatchObject({ status: 400, code: "BAD_REQUEST_BODY" });
  expect(SENT).toEqual([undefined]);
  expect(await local.receiveAll()).toEqual([]);
});

test("a type other than JSON is answered 415", async () => {
  const answer = await postBatch('["x"]', "no-auth-stack", { "Content-Type": "text/plain" });
  expect(answer).toMatchObject({ status: 415, code: "UNSUPPORTED_MEDIA_TYPE" });
});

test("entries that SQS refuses are told by index, and the others are in the queue", async () => {
  const answer = await postBatch(JSON.stringify(["a", "\u0007", "c", { body: "\uffff" }, "e"]));
  expect(answer.status).toBe(207);
  expect(answer.results).toEqual([
    ACCEPTED(0),
    REFUSED(1, "INVALID_MESSAGE"),
    ACCEPTED(2),
    REFUSED(3, "INVALID_MESSAGE"),
    ACCEPTED(4),
  ]);
  const messages = new Map((await local.receiveAll()).map(({ MessageId, Body }) => [MessageId, Body]));
  const accepted = answer.results?.flatMap(({ messageId }) => messageId ?? []) ?? [];
  expect(accepted.map((id) => messages.get(id))).toEqual(["a", "c", "e"]);
  expect(messages.size).toBe(3);
});

test("when SQS refuses all for the caller's mistakes, the answer is 400", async () => {
  const answer = await postBatch(JSON.stringify(["\u0000", { body: "\u0007" }]));
  expect(answer.status).toBe(400);
  expect(answer.results).toEqual([REFUSED(0, "INVALID_MESSAGE"), REFUSED(1, "INVALID_MESSAGE")]);
  expect(await local.receiveAll()).toEqual([]);
});

test("an entry over the queue's limit is told by index, and the others are in the queue", async () => {
  // The request's id is 51 bytes of each.
  const answer = await postBatch(JSON.stringify(["x".repeat(1997), "y".repeat(1998)]));
  expect(answer.status).toBe(207);
  expect(answer.results).toEqual([ACCEPTED(0), REFUSED(1, "MESSAGE_TOO_LONG")]);
  expect((await local.receiveAll()).map(({ Body }) => Body?.charAt(0))).toEqual(["x"]);
});

test("entries over SQS's limit together are answered 413, and nothing is queued", async () => {
  const answer = await postBatch(JSON.stringify(Array.from({ length: 6 }, () => "x".repeat(200_000))));
  expect(answer).toMatchObject({ status: 413, code: "MESSAGE_TOO_LONG" });
  expect(await local.receiveAll()).toEqual([]);
});

test("every entry carries the request's attributes, its id and its trace", async () => {
  const ids = { "x-amzn-RequestId": REQUEST_ID, "X-Amzn-Trace-Id": TRACE };
  await postBatch('["a", "b"]', "no-auth-stack", { "x-tenant": "t&x=y", ...ids });
  const messages = await local.receiveAll();
  const expected = {
    "X-Tenant": { DataType: "String", StringValue: "t&x=y" },
    RequestId: { DataType: "String", StringValue: REQUEST_ID },
  };
  expect(messages.map(({ MessageAttributes }) => MessageAttributes)).toEqual([expected, expected]);
  expect(messages.map(({ Attributes }) => Attributes?.AWSTraceHeader)).toEqual([TRACE, TRACE]);
});

describe("a FIFO queue", () => {
  test("keeps order; an entry's own ids come before the request's group", async () => {
    const entries = [
      "1",
      { body: "2" },
      { body: "3", messageGroupId: "own", messageDeduplicationId: "three" },
    ];
    const answer = await postBatch(JSON.stringify(entries), "auth-stack", { "X-Group": "shared" });
    expect(answer.status).toBe(200);
    const messages = await local.receiveAll("auth-stack");
    const told = messages.map(({ Body, Attributes }) => [Body, Attributes?.MessageGroupId]);
    expect(told.filter(([, group]) => group === "shared").map(([body]) => body)).toEqual(["1", "2"]);
    expect(told).toContainEqual(["3", "own"]);
    expect(messages.find(({ Body }) => Body === "3")?.Attributes?.MessageDeduplicationId).toBe("three");
  });

  test("refuses an entry without a group, and takes the one that has it", async () => {
    const entries = ["lacks one", { body: "has one", messageGroupId: "g" }];
    const answer = await postBatch(JSON.stringify(entries), "auth-stack");
    expect(answer.status).toBe(207);
    expect(answer.results).toEqual([
      {
        index: 0,
        code: "MISSING_MESSAGE_GROUP_ID",
        message: "The message group id is missing. Give the entry a messageGroupId.",
      },
      ACCEPTED(1),
    ]);
    expect((await local.receiveAll("auth-stack")).map(({ Body }) => Body)).toEqual(["has one"]);
  });
});

test("the batch is protected like the single message", async () => {
  const response = await local.post('["x"]', { path: "/batch" }, "auth-stack");
  expect(response.status).toBe(401);
});
