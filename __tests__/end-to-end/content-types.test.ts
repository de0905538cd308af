import { attributesOf, LocalStack } from "../support/local-stack";

let local: LocalStack;

const TEXT = [
  "application/json",
  "application/x-www-form-urlencoded",
  "text/plain",
  "application/xml",
  "text/xml",
  "application/cloudevents+json",
];

const BINARY = ["image/png", "application/octet-stream", "application/x-protobuf"];

beforeAll(async () => {
  local = await LocalStack.start({ content_types: [...TEXT, ...BINARY], request_id_attribute: false });
});

afterAll(() => local.close());

const withType = (type: string) => ({ headers: { "Content-Type": type } });

describe.each(TEXT)("%s", (type) => {
  test.each(["", "; charset=utf-8", ";charset=UTF-8", "; boundary=x; a=b"])(
    "with parameters %j arrives byte for byte",
    async (parameters) => {
      const body = `Body=a%26b+c&From=%2B49&DelaySeconds=900 <a b="&amp;">é 👍</a> {"a": 1}`;
      const response = await local.post(body, withType(`${type}${parameters}`));
      expect(response.status).toBe(200);
      const message = await local.receive();
      expect(message?.Body).toBe(body);
      expect(attributesOf(message)).toEqual({});
    },
  );
});

test("the type counts in any case", async () => {
  const response = await local.post("x", withType("Text/Plain"));
  expect(response.status).toBe(200);
  expect((await local.receive())?.Body).toBe("x");
});

test("a request without a content type counts as JSON", async () => {
  const response = await fetch(local.served("no-auth-stack").url, {
    method: "POST",
    body: new TextEncoder().encode('{"a":1}'),
  });
  expect(response.status).toBe(200);
  expect((await local.receive())?.Body).toBe('{"a":1}');
});

test.each(["text/html", "application/jsonx", "image/jpeg", "multipart/form-data; boundary=x", "*/*", "text"])(
  "%s is answered 415, and nothing is queued",
  async (type) => {
    const response = await local.post("x", withType(type));
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ code: "UNSUPPORTED_MEDIA_TYPE" });
    expect(await local.receive()).toBeUndefined();
  },
);

describe.each(BINARY)("%s", (type) => {
  test.each([
    ["every byte value", Uint8Array.from({ length: 256 }, (_, index) => index)],
    ["every byte value, backwards", Uint8Array.from({ length: 257 }, (_, index) => 255 - (index % 256))],
    ["one byte", Uint8Array.of(0)],
    ["bytes that spell base64", new TextEncoder().encode("e30=")],
    ["bytes that spell JSON", new TextEncoder().encode("{}")],
  ])("%s travels as base64 and says so", async (_what, bytes) => {
    const response = await local.post(bytes, withType(`${type}; a=b`));
    expect(response.status).toBe(200);
    const message = await local.receive();
    expect(attributesOf(message)).toEqual({ "Content-Transfer-Encoding": "base64" });
    expect(Buffer.from(message?.Body ?? "", "base64")).toEqual(Buffer.from(bytes));
  });

  test("an empty body is refused, since it would arrive as {}", async () => {
    const response = await local.post("", withType(type));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "EMPTY_MESSAGE" });
    expect(await local.receive()).toBeUndefined();
  });
});

test("a text type that is listed as binary keeps its bytes", async () => {
  const latin = await LocalStack.start({
    content_types: ["text/plain"],
    binary_content_types: ["text/plain"],
  });
  try {
    const bytes = Buffer.from("caf\u00e9", "latin1");
    expect((await latin.post(new Uint8Array(bytes), withType("text/plain"))).status).toBe(200);
    expect(Buffer.from((await latin.receive())?.Body ?? "", "base64")).toEqual(bytes);
  } finally {
    await latin.close();
  }
});
