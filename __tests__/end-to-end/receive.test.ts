import { LocalStack } from "../support/local-stack";

interface Received {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, object>>;
}

let local: LocalStack;

beforeAll(async () => {
  local = await LocalStack.start(
    { forward_headers: ["X-Tenant"] },
    { auth: { receive: { max_messages: 5, max_wait_seconds: 3, max_visibility_timeout_seconds: 600 } } },
  );
});

afterAll(() => local.close());
afterEach(() => local.purge("auth-stack"));

async function call(method: string, path = "", body?: string, headers = {}) {
  const response = await fetch(`${local.served("auth-stack").url}${path}`, {
    method,
    headers: {
      Authorization: "testtoken",
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  const answer = JSON.parse(text) as {
    messages?: Received[];
    requestId: string;
    code?: string;
    message?: string;
  };
  return { status: response.status, retryAfter: response.headers.get("Retry-After"), ...answer };
}

async function send(body: string, headers = {}) {
  const response = await local.post(
    body,
    { headers: { Authorization: "testtoken", ...headers } },
    "auth-stack",
  );
  expect(response.status).toBe(200);
}

const ANY_TEXT = expect.any(String) as string;

const HANDLE = (receiptHandle: unknown) => JSON.stringify({ receiptHandle });

test("receive, delete by body, and nothing is left", async () => {
  await send('{"a": "é \\" 👍"}', { "X-Tenant": "shop" });
  const { status, messages = [], requestId } = await call("GET");
  expect(status).toBe(200);
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(messages).toEqual([
    {
      messageId: ANY_TEXT,
      receiptHandle: ANY_TEXT,
      body: '{"a": "é \\" 👍"}',
      attributes: expect.objectContaining({
        SentTimestamp: expect.stringMatching(/^\d{13}$/) as string,
        ApproximateReceiveCount: "1",
      }) as object,
      messageAttributes: {
        "X-Tenant": { dataType: "String", stringValue: "shop" },
        RequestId: { dataType: "String", stringValue: ANY_TEXT },
      },
    },
  ]);
  const handle = messages[0]?.receiptHandle;
  expect(await call("DELETE", "", HANDLE(handle))).toEqual({
    status: 200,
    retryAfter: null,
    requestId: ANY_TEXT,
  });
  expect(await call("DELETE", "", HANDLE(handle))).toMatchObject({ status: 200 });
  expect(await local.depth("auth-stack")).toBe(0);
  expect(await call("GET")).toMatchObject({ status: 200, messages: [] });
});
