import { FakeSqs } from "../support/fake-sqs";
import { LocalStack } from "../support/local-stack";

let local: LocalStack;

beforeAll(async () => {
  local = await LocalStack.start();
});

afterAll(() => local.close());

test.each([
  ["an ampersand that would add a parameter", '{"a":"x&DelaySeconds=900"}'],
  ["characters of URL encoding", '"a+b %41 =?#"'],
  ["characters of URL encoding, not JSON", "a+b %41 =?#"],
  ["quotes and backslashes", String.raw`{"a":"\"quoted\" 'single' \\ \u00e9 \n"}`],
  ["a mapping template's words", '{"a":"$input.body #set($x=1)$x ${context.requestId} #if(true)x#end ## $"}'],
  ["emoji", '{"a":"👩‍👩‍👧‍👦 ✓ é 你好 \u2028"}'],
  ["newlines and tabs", '{\n\t"a": 1\r\n}\n'],
  ["spaces around", '  {"a": 1}  '],
  ["200 KiB of JSON", JSON.stringify({ a: "x&+%41é👍\\".repeat(15_000) }).slice(0, 200 * 1024 - 2) + '"}'],
])("%s comes out of the queue byte for byte", async (_what, body) => {
  const response = await local.post(body);
  expect(response.status).toBe(200);
  expect((await local.receive())?.Body).toBe(body);
});

const MD5 = /^[0-9a-f]{32}$/;

test("an answer is SQS's own", async () => {
  const response = await local.post('{"status": "ok"}');
  expect(await response.json()).toEqual({
    SendMessageResponse: {
      ResponseMetadata: { RequestId: expect.any(String) as string },
      SendMessageResult: {
        MD5OfMessageAttributes: expect.stringMatching(MD5) as string,
        MD5OfMessageBody: "0d7ac2dec5f281678f65dcf7fe4681ba",
        MD5OfMessageSystemAttributes: expect.stringMatching(MD5) as string,
        MessageId: (await local.receive())?.MessageId,
        SequenceNumber: null,
      },
    },
  });
});

test.each([
  ["no token", {}, 401],
  ["a denied token", { Authorization: "wrong" }, 403],
  ["the token", { Authorization: "testtoken" }, 200],
])("auth-stack answers %s with %p %d", async (_what, headers, status) => {
  const response = await local.post("{}", { headers }, "auth-stack");
  expect(response.status).toBe(status);
  expect((await local.receive("auth-stack"))?.Body).toBe(status === 200 ? "{}" : undefined);
});

test("a content type without a template is refused, and nothing is queued", async () => {
  const response = await local.post("<a/>", { headers: { "Content-Type": "application/xml" } });
  expect(response.status).toBe(415);
  expect(await local.receive()).toBeUndefined();
});

test("what SQS refuses is told without SQS's words, and nothing is queued", async () => {
  const response = await local.post('"\u0007"');
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: "INVALID_MESSAGE" });
  expect(await local.receive()).toBeUndefined();
});

test("without SQS a POST is never a success", async () => {
  const fake = new FakeSqs();
  const unreachable = await LocalStack.start({}, { sqsEndpoint: await fake.start() });
  await fake.close();
  try {
    const response = await unreachable.post("{}");
    expect(response.status).toBeGreaterThanOrEqual(500);
  } finally {
    await unreachable.close();
  }
});
