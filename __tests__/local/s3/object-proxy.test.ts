import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { LargeStack } from "../../support/large-stack";

let stack: LargeStack;

beforeAll(async () => {
  stack = await LargeStack.start({
    binaryMediaTypes: ["image/png"],
    notification: { events: ["s3:ObjectRemoved:*"], filter_prefix: "told/", id: "removals" },
  });
});

afterAll(() => stack.close());

const at = (object: string) => `/objects/${stack.bucket}/${object}`;
const put = (object: string, body: BodyInit, headers: Record<string, string> = {}) =>
  stack.call("PUT", at(object), { body, headers: { "Content-Type": "text/plain", ...headers } });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

test("an object is put, got and deleted, as in AWS's example of a proxy", async () => {
  const stored = await put("folder%2Fa%20file.txt", "hello", { "X-Sender": "shop" });
  expect(stored.status).toBe(200);
  expect(await stored.text()).toBe("");
  const etag = `"${createHash("md5").update("hello").digest("hex")}"`;
  expect(stored.headers.get("etag")).toBe(etag);
  const got = await stack.call("GET", at("folder%2Fa%20file.txt"));
  expect(await got.text()).toBe("hello");
  expect(Object.fromEntries(got.headers)).toMatchObject({
    "content-type": "text/plain",
    etag,
    "x-sender": "shop",
  });
  expect((await stack.object("folder/a file.txt")).status).toBe(200);
  expect((await stack.call("HEAD", at("folder%2Fa%20file.txt"))).status).toBe(200);
  expect((await stack.call("DELETE", at("folder%2Fa%20file.txt"))).status).toBe(200);
  const gone = await stack.call("GET", at("folder%2Fa%20file.txt"));
  expect(gone.status).toBe(404);
  expect(await gone.text()).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>NoSuchKey<\/Code><Message>The specified key does not exist\.<\/Message><Key>folder\/a file\.txt<\/Key><RequestId>[0-9A-F]{16}<\/RequestId><HostId>\S+<\/HostId><\/Error>$/,
  );
});

test.each([
  ["a%2Fb", "a/b"],
  ["a%252Fb", "a%2Fb"],
  ["..%2F..%2Fother", "../../other"],
  ["a%3Facl", "a?acl"],
  ["a%23b&c=d;e", "a#b&c=d;e"],
  ["%E2%82%AC%20+", "€ +"],
  ["__proto__", "__proto__"],
  ["100%25", "100%"],
  ["~!$'()*,:@", "~!$'()*,:@"],
])("the object %s of the caller's path is the key %j, and no other", async (object, key) => {
  expect((await put(object, key)).status).toBe(200);
  expect(await (await stack.call("GET", at(object))).text()).toBe(key);
  const direct = await fetch(
    `${stack.gateway.s3Endpoint ?? ""}/${stack.bucket}/${key.split("/").map(encodeURIComponent).join("/").replaceAll("..", "%2E%2E")}`,
  );
  if (!key.includes("..")) expect(await direct.text()).toBe(key);
});

test.each([
  ["a key that is no UTF-8", "%FF", "InvalidURI"],
  ["a key of more than 1024 bytes", "x".repeat(1025), "KeyTooLongError"],
])("%s is refused", async (_, object, code) => {
  const response = await put(object, "x");
  expect(response.status).toBe(500);
  expect(await response.text()).toContain(`<Code>${code}</Code>`);
});

test("another bucket is closed to the role, whatever the path says", async () => {
  for (const path of ["another/key", "another%2Fkey/key", "..%2F" + stack.bucket + "/key"]) {
    const response = await stack.call("PUT", `/objects/${path}`, { body: "x" });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("<Code>AccessDenied</Code><Message>Access Denied</Message>");
  }
});

test("a body that is not what its Content-MD5 says is refused", async () => {
  const digest = (text: string) => createHash("md5").update(text).digest("base64");
  expect(await (await put("digest", "right", { "X-Body-Digest": digest("right") })).text()).toBe("");
  const refused = await put("digest", "wrong", { "X-Body-Digest": digest("right") });
  expect(await refused.text()).toContain("<Code>BadDigest</Code>");
  expect(await (await put("digest", "wrong", { "X-Body-Digest": "1" })).text()).toContain("InvalidDigest");
  expect(await (await stack.call("GET", at("digest"))).text()).toBe("right");
});

test("what would be another operation is refused, not taken for this one", async () => {
  const response = await stack.call("POST", at("posted"), { body: "x" });
  expect(await response.text()).toContain("<Code>MethodNotAllowed</Code>");
  expect((await stack.call("GET", at("posted"))).status).toBe(404);
});

/** Recorded on AWS. @see https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_s3.snapshot.json */
describe("with image/png as binary media type, an answer", () => {
  const raw = gzipSync("compressed data, should be invalid UTF-8 string");
  const base64 = Buffer.from(raw.toString("base64"));
  const text = Buffer.from("this is a UTF8 text typed object");
  const [png, plain, stream] = ["image/png", "text/plain", "binary/octet-stream"];

  test.each<[string, Buffer, string, string, Buffer | 500]>([
    ["base64 as text to one who takes binary", base64, stream, png, raw],
    ["no base64 as text to one who takes binary", text, stream, png, 500],
    ["binary to one who takes binary", raw, png, png, raw],
    ["text as text", text, stream, plain, text],
    ["bytes as text", raw, stream, plain, Buffer.from(raw.toString("utf8"))],
    ["binary to one who takes text", raw, png, plain, base64],
  ])("%s", async (_, object, type, accept, answer) => {
    const stored = await put("answer", new Uint8Array(object), { "Content-Type": "image/png" });
    expect(stored.status).toBe(200);
    const got = await stack.call("GET", at("answer"), {
      headers: { Accept: accept, "Response-Content-Type": type },
    });
    if (answer === 500) expect(got.status).toBe(500);
    else expect(await bytesOf(got)).toEqual(answer);
  });
});

test("a queue is told of removals only, and only of those below its prefix", async () => {
  for (const object of ["told%2Fa b@c", "untold%2Fa"]) {
    await put(object, "x");
    await stack.call("DELETE", at(object));
  }
  const told = (await stack.messages()).flatMap(({ Records }) => Records ?? []);
  expect(told).toMatchObject([
    {
      eventName: "ObjectRemoved:Delete",
      s3: { configurationId: "removals", object: { key: "told/a+b%40c" } },
    },
  ]);
  expect(told[0]?.s3.object).not.toHaveProperty("size");
});
