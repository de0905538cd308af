import { setTimeout } from "node:timers/promises";
import { ReceivingStack } from "../support/receiving-stack";

let stack: ReceivingStack;
/** What SQS was sent, of each request. */
const SENT: unknown[] = [];

beforeAll(async () => {
  stack = await ReceivingStack.start(
    {
      receive: { max_messages: 5, max_wait_seconds: 3, max_visibility_timeout_seconds: 600 },
      forward_headers: ["X-Tenant"],
      cors: { allow_origins: ["https://app.example"] },
    },
    { onTrace: ({ backend }) => SENT.push(backend?.sent) },
  );
});

beforeEach(() => {
  SENT.length = 0;
});

afterEach(() => stack.local.purge("auth-stack"));
afterAll(() => stack.local.close());

const ANY_TEXT = expect.any(String) as string;
const DONE = { status: 200, retryAfter: null, requestId: ANY_TEXT };

function withHandle(receiptHandle: unknown, others = {}): string {
  return JSON.stringify({ receiptHandle, ...others });
}

test("a message is received in one shape, deleted by body, and gone; deleting it twice is a success", async () => {
  await stack.send('{"a": "é \\" 👍"}', { "X-Tenant": "shop" });
  const answer = await stack.call("GET");
  expect(answer).toEqual({
    ...DONE,
    messages: [
      {
        messageId: ANY_TEXT,
        receiptHandle: ANY_TEXT,
        body: '{"a": "é \\" 👍"}',
        attributes: {
          SentTimestamp: expect.stringMatching(/^\d{13}$/) as string,
          ApproximateReceiveCount: "1",
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/) as string,
          AWSTraceHeader: expect.stringMatching(/^Root=/) as string,
        },
        messageAttributes: {
          "X-Tenant": { dataType: "String", stringValue: "shop" },
          RequestId: { dataType: "String", stringValue: ANY_TEXT },
        },
      },
    ],
  });
  const handle = answer.messages?.[0]?.receiptHandle;
  expect(await stack.call("DELETE", "", withHandle(handle))).toEqual(DONE);
  expect(await stack.call("DELETE", "", withHandle(handle))).toEqual(DONE);
  expect(await stack.local.depth("auth-stack")).toBe(0);
  expect(await stack.call("GET")).toEqual({ ...DONE, messages: [] });
});

test("a message is deleted by path", async () => {
  await stack.send("x");
  const { receiptHandle } = await stack.receiveOne();
  expect(await stack.call("DELETE", `/${receiptHandle}`)).toEqual(DONE);
  expect(await stack.local.depth("auth-stack")).toBe(0);
});

test("several messages come at once, one without a count", async () => {
  for (const body of ["1", "2", "3"]) await stack.send(body);
  expect((await stack.call("GET")).messages).toHaveLength(1);
  const { messages = [] } = await stack.call("GET", "?count=5");
  expect(messages.map(({ body }) => body).sort()).toHaveLength(2);
});

test("a message that is given back comes again, and is counted", async () => {
  await stack.send("x");
  const { receiptHandle } = await stack.receiveOne("?visibility=600");
  expect(await stack.call("GET")).toMatchObject({ messages: [] });
  const back = withHandle(receiptHandle, { visibilityTimeout: 0 });
  expect(await stack.call("POST", "/visibility", back)).toEqual(DONE);
  const again = await stack.receiveOne();
  expect(again).toMatchObject({ body: "x", attributes: { ApproximateReceiveCount: "2" } });
  expect(again.receiptHandle).not.toBe(receiptHandle);
  const longer = withHandle(again.receiptHandle, { visibilityTimeout: 600 });
  expect(await stack.call("POST", "/visibility", longer)).toEqual(DONE);
  expect(SENT.at(-1)).toMatchObject({ input: { VisibilityTimeout: 600 } });
  await stack.call("DELETE", "", withHandle(again.receiptHandle));
  expect(await stack.call("POST", "/visibility", longer)).toMatchObject({
    status: 404,
    code: "UNKNOWN_RECEIPT_HANDLE",
  });
});

test("a receive waits for a message that comes in the meantime", async () => {
  const start = Date.now();
  const waiting = stack.call("GET", "?wait=3");
  await setTimeout(500);
  await stack.send("late");
  expect(await waiting).toMatchObject({ status: 200, messages: [{ body: "late" }] });
  expect(Date.now() - start).toBeLessThan(2500);
});

test("a receive that waits in vain is answered with no messages", async () => {
  const start = Date.now();
  expect(await stack.call("GET", "?wait=1")).toEqual({ ...DONE, messages: [] });
  expect(Date.now() - start).toBeGreaterThan(900);
});

test.each([
  "?count=0",
  "?count=6",
  "?count=1.5",
  "?count=x",
  "?count=%31%26Action=PurgeQueue",
  "?wait=4",
  "?wait=-1",
  "?visibility=601",
  "?visibility=+1",
  "?count=1&count=6",
])("GET %s is answered 400 with the limits, and nothing is received", async (query) => {
  await stack.send("x");
  expect(await stack.call("GET", query)).toEqual({
    ...DONE,
    status: 400,
    code: "INVALID_RECEIVE_PARAMETER",
    message:
      "These are whole numbers, all optional: count from 1 to 5, wait from 0 to 3 seconds, visibility from 0 to 600 seconds.",
  });
  await stack.receiveOne();
});

test.each([
  ["nothing", ""],
  ["an empty object", "{}"],
  ["an empty handle", '{"receiptHandle": ""}'],
  ["a number", '{"receiptHandle": 1}'],
  ["a list", '{"receiptHandle": ["a"]}'],
  ["another key", '{"receiptHandle": "a", "QueueUrl": "b"}'],
  ["an array", '[{"receiptHandle": "a"}]'],
  ["no JSON", "receiptHandle=a"],
  ["another parameter", withHandle("x&Action=PurgeQueue")],
  ["an encoded parameter", withHandle("x%26QueueUrl=y")],
  ["a line's end", withHandle("x\n")],
  ["100 KB", withHandle("x".repeat(100_000))],
])("DELETE and POST with %s are answered 400 before SQS is asked", async (_what, body) => {
  expect(await stack.call("DELETE", "", body)).toMatchObject({ status: 400, code: "BAD_REQUEST_BODY" });
  const visibility = body.replace(/[}]$/, ', "visibilityTimeout": 1}');
  expect(await stack.call("POST", "/visibility", visibility)).toMatchObject({ status: 400 });
  expect(SENT).toEqual([undefined, undefined]);
});

test.each([-1, 601, 1.5, "1", null, undefined])(
  "a visibility timeout of %p is answered 400",
  async (seconds) => {
    const body = withHandle("a", { visibilityTimeout: seconds });
    expect(await stack.call("POST", "/visibility", body)).toMatchObject({
      status: 400,
      code: "BAD_REQUEST_BODY",
    });
  },
);

test.each(["never-received", "batch", "visibility", "a/../b", "AQEB%2B%2F%3D%3D", "AQEB+/=="])(
  "DELETE /sqs/%s: SQS knows no such handle, 404",
  async (path) => {
    expect(await stack.call("DELETE", `/${path}`)).toEqual({
      ...DONE,
      status: 404,
      code: "UNKNOWN_RECEIPT_HANDLE",
      message: ANY_TEXT,
    });
  },
);

test.each([
  ["AQEB%2B%2F%3D%3D", "AQEB+/=="],
  ["AQEB+/==", "AQEB+/=="],
  ["AQEB%2b//a", "AQEB+//a"],
])("the handle of DELETE /sqs/%s arrives as %s", async (path, ReceiptHandle) => {
  await stack.call("DELETE", `/${path}`);
  expect(SENT).toEqual([
    expect.objectContaining({
      action: "DeleteMessage",
      input: { QueueUrl: ANY_TEXT, ReceiptHandle },
    }),
  ]);
});

test.each([
  "x%26Action=PurgeQueue",
  "x&Action=PurgeQueue",
  "%2526",
  "%0A",
  "%F0%9F%91%8D",
  "a%20b",
  "a%00",
  "$x",
  "'x'",
])("DELETE /sqs/%s is no handle: 400", async (path) => {
  await stack.send("x");
  expect(await stack.call("DELETE", `/${path}`)).toMatchObject({
    status: 400,
    code: "INVALID_RECEIPT_HANDLE",
  });
  await stack.receiveOne();
});

test.each([
  ["GET", ""],
  ["DELETE", ""],
  ["DELETE", "/a"],
  ["POST", "/visibility"],
])("%s %s needs the authorizer's yes", async (method, path) => {
  const body = method === "GET" ? undefined : withHandle("a", path === "" ? {} : { visibilityTimeout: 0 });
  expect(await stack.call(method, path, body, { Authorization: "" })).toMatchObject({ status: 401 });
  expect(await stack.call(method, path, body, { Authorization: "wrong" })).toMatchObject({ status: 403 });
  expect(SENT.filter((sent) => sent !== undefined)).toEqual([]);
});

test.each([
  ["GET", "?count=1", "text/plain"],
  ["DELETE", "", "application/x-www-form-urlencoded"],
])("%s %s of type %s is answered 415", async (method, path, type) => {
  const body = method === "GET" ? undefined : "Action=PurgeQueue";
  expect(await stack.call(method, path, body, { "Content-Type": type })).toMatchObject({ status: 415 });
});

test.each([
  ["", "POST,GET,DELETE,OPTIONS"],
  ["/AQEB", "DELETE,OPTIONS"],
  ["/visibility", "POST,OPTIONS"],
])("a page may ask for the methods of /sqs%s", async (path, methods) => {
  const response = await fetch(`${stack.local.served("auth-stack").url}${path}`, { method: "OPTIONS" });
  expect(response.status).toBe(204);
  expect(response.headers.get("Access-Control-Allow-Methods")).toBe(methods);
  const answer = await stack.local.post(
    "",
    { method: "DELETE", path: "/a", headers: { Authorization: "testtoken" } },
    "auth-stack",
  );
  expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("https://app.example");
});

test("no-auth-stack has no way to receive", async () => {
  const response = await fetch(stack.local.served("no-auth-stack").url);
  expect(response.status).toBe(403);
});
