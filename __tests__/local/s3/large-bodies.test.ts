import { createHash, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { LargeStack } from "../../support/large-stack";

const LARGEST = 10 * 1024 * 1024;

let stack: LargeStack;

beforeAll(async () => {
  stack = await LargeStack.start();
});

afterAll(() => stack.close());

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

test("a body of 10,485,760 bytes is in the bucket unchanged, and the queue is told of it", async () => {
  const body = randomBytes(LARGEST);
  const { status, key } = await stack.post(body);
  expect(status).toBe(202);
  const object = await stack.object(key);
  expect(object.headers.get("content-type")).toBe("application/octet-stream");
  expect((await bytesOf(object)).equals(body)).toBe(true);
  const [record] = (await stack.messages()).at(-1)?.Records ?? [];
  expect(record).toMatchObject({
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: "eu-central-1",
    eventName: "ObjectCreated:Put",
    s3: {
      s3SchemaVersion: "1.0",
      bucket: { name: stack.bucket, arn: `arn:aws:s3:::${stack.bucket}` },
      object: { key: encodeURIComponent(key), size: LARGEST, eTag: md5(body) },
    },
  });
});

test("the queue's first message is S3's test of the notification", async () => {
  const [first] = await stack.messages();
  expect(first).toMatchObject({ Service: "Amazon S3", Event: "s3:TestEvent", Bucket: stack.bucket });
});

test("a byte more is 413, and nothing is stored", async () => {
  const before = (await stack.messages()).length;
  const { status, text } = await stack.post(randomBytes(LARGEST + 1));
  expect(status).toBe(413);
  expect(text).toBe("HTTP content length exceeded 10485760 bytes.");
  expect(await stack.messages()).toHaveLength(before);
});

test.each([
  ["application/json", '{"a": "ü"}\n'],
  ["application/x-www-form-urlencoded", "a=1&b=%2B+c"],
  ["application/x-amz-json-1.0", '{"QueueUrl": 1}'],
  ["application/x-amz-json-1.0", "no JSON"],
  ["text/plain; charset=iso-8859-1", "\uFEFFmit Byte Order Mark"],
  ["multipart/form-data; boundary=x", "--x\r\n\r\n1\r\n--x--\r\n"],
  ["application/xml", "<a>\0\u0001</a>"],
  ["no media type", "&+%%"],
  ["image/png", ""],
])("a body of type %s arrives as it was sent: %j", async (type, body) => {
  const { status, key } = await stack.post(body, type);
  expect(status).toBe(202);
  const object = await stack.object(key);
  expect(object.headers.get("content-type")).toBe(type);
  expect(await bytesOf(object)).toEqual(Buffer.from(body));
});

test("10,485,760 bytes of text arrive unchanged", async () => {
  const body = Buffer.from("ä€😀\n".repeat(LARGEST / 8)).subarray(0, LARGEST - 8);
  const text = body.toString();
  const { status, key } = await stack.post(text, "text/plain");
  expect(status).toBe(202);
  expect((await bytesOf(await stack.object(key))).equals(Buffer.from(text))).toBe(true);
});

/** Recorded on AWS. @see https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_s3.py */
test("bytes that are no UTF-8, in a type that is not binary, become U+FFFD, as on AWS", async () => {
  const raw = Buffer.from(
    "1f8b080014 6cee6302ff4bcecf2d284a2d2e4d5148492c49d45128cec82fcd494bb10a".replaceAll(" ", ""),
    "hex",
  );
  const { key } = await stack.post(raw, "image/png");
  expect(await bytesOf(await stack.object(key))).toEqual(Buffer.from(raw.toString("utf8")));
  const binary = await stack.post(raw);
  expect(await bytesOf(await stack.object(binary.key))).toEqual(raw);
});

test("a payload that is compressed on its way is stored as it was before", async () => {
  const body = randomBytes(1000);
  const response = await stack.call("POST", "/sqs/large", {
    body: gzipSync(body),
    headers: { "Content-Type": "application/octet-stream", "Content-Encoding": "gzip" },
  });
  const { key } = (await response.json()) as { key: string };
  expect(await bytesOf(await stack.object(key))).toEqual(body);
});

test("many bodies at once are all stored, each under its own key, and each told of once", async () => {
  const before = (await stack.messages()).length;
  const bodies = Array.from({ length: 40 }, () => randomBytes(100_000));
  const posted = await Promise.all(bodies.map((body) => stack.post(body)));
  expect(new Set(posted.map(({ key }) => key)).size).toBe(40);
  const stored = await Promise.all(posted.map(async ({ key }) => bytesOf(await stack.object(key))));
  expect(stored.map(md5)).toEqual(bodies.map(md5));
  const told = (await stack.messages()).slice(before).flatMap(({ Records }) => Records ?? []);
  expect(told.map(({ s3 }) => s3.object.eTag).sort()).toEqual(bodies.map(md5).sort());
  expect(new Set(told.map(({ s3 }) => s3.object.sequencer)).size).toBe(40);
});
