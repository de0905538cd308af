import { LocalStack } from "../support/local-stack";

let local: LocalStack;

beforeAll(async () => {
  local = await LocalStack.start({
    content_types: ["application/json", "application/cloudevents+json", "text/plain"],
    max_message_size: 1024,
    request_schema: {
      "application/json": {
        type: "object",
        required: ["order"],
        properties: {
          order: { type: "integer", minimum: 0, exclusiveMinimum: true },
          note: { type: "string" },
        },
        additionalProperties: false,
      },
      "application/cloudevents+json": { type: "object", required: ["specversion", "id"] },
    },
    required_headers: ["X-Tenant"],
    required_query_parameters: ["source"],
  });
});

afterAll(() => local.close());

const VALID = { path: "?source=shop", headers: { "X-Tenant": "a" } };

async function post(body: string, options: Parameters<LocalStack["post"]>[1] = VALID) {
  const response = await local.post(body, options);
  return { status: response.status, ...((await response.json()) as object) };
}

test.each(['{"order":1}', ' { "note" : "&+%" , "order" : 7 } '])(
  "%j fits and arrives unchanged",
  async (body) => {
    expect(await post(body)).toMatchObject({ status: 200 });
    expect((await local.receive())?.Body).toBe(body);
  },
);

test.each([
  "{}",
  "",
  '{"order":0}',
  '{"order":"1"}',
  '{"order":1,"other":1}',
  '{"order":1.5}',
  "[]",
  "null",
  '"order"',
  '{"order":1',
  "order=1",
])("%j does not fit: 400, and nothing is queued", async (body) => {
  expect(await post(body)).toEqual({
    status: 400,
    code: "BAD_REQUEST_BODY",
    message: "Invalid request body",
    requestId: expect.any(String) as string,
  });
  expect(await local.receive()).toBeUndefined();
});

test("each content type has its own schema, or none", async () => {
  const as = (type: string) => ({ ...VALID, headers: { ...VALID.headers, "Content-Type": type } });
  const event = '{"specversion":"1.0","id":"1"}';
  expect(await post(event, as("application/cloudevents+json; charset=utf-8"))).toMatchObject({ status: 200 });
  expect(await post('{"order":1}', as("application/cloudevents+json"))).toMatchObject({ status: 400 });
  expect(await post(event, as("application/json"))).toMatchObject({ status: 400 });
  expect(await post("anything", as("text/plain"))).toMatchObject({ status: 200 });
  expect((await local.receiveAll()).map(({ Body }) => Body)).toEqual([event, "anything"]);
});

test.each([
  ["a header", { ...VALID, headers: {} }, "[X-Tenant]"],
  ["a query parameter", { ...VALID, path: "" }, "[source]"],
  ["both", {}, "[X-Tenant, source]"],
])("without %s: 400 with the names", async (_what, options, names) => {
  expect(await post('{"order":1}', options)).toEqual({
    status: 400,
    code: "BAD_REQUEST_PARAMETERS",
    message: `Missing required request parameters: ${names}`,
    requestId: expect.any(String) as string,
  });
  expect(await local.receive()).toBeUndefined();
});

test("a message over the queue's own limit is answered 413", async () => {
  const idBytes = "RequestId".length + "String".length + 36;
  const fits = `{"order":1,"note":"${"x".repeat(1024 - 21 - idBytes)}"}`;
  expect(Buffer.byteLength(fits)).toBe(1024 - idBytes);
  expect(await post(fits)).toMatchObject({ status: 200 });
  expect(await post(`${fits} `)).toMatchObject({
    status: 413,
    code: "MESSAGE_TOO_LONG",
    message: "The message is larger than the queue allows.",
  });
  expect((await local.receiveAll()).map(({ Body }) => Body)).toEqual([fits]);
});
