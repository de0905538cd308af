import { createHash, randomBytes } from "node:crypto";
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
