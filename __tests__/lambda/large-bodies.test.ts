import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";

const BUCKET = "queue-leveling-bodies-1";

interface Message {
  readonly body: string;
  readonly messageId: string;
  readonly largeBody?: {
    readonly id: readonly string[];
    readonly bytes: Buffer;
    readonly contentType: string;
  };
}

const { messagesOf } = jest.requireActual<{ messagesOf: (record: Message) => Promise<readonly Message[]> }>(
  "../../lambda/consumer/large-bodies",
);

function record(body: unknown): Message {
  return { messageId: "m1", body: JSON.stringify(body) };
}

const POINTER = record({
  Records: [
    {
      eventSource: "aws:s3",
      eventName: "ObjectCreated:Put",
      s3: { bucket: { name: BUCKET }, object: { key: "a%3D" } },
    },
  ],
});

let asked: unknown[];

beforeEach(() => {
  asked = [];
  process.env.LARGE_BODIES_BUCKET = BUCKET;
  process.env.AWS_REGION = "eu-central-1";
  jest.spyOn(S3Client.prototype, "send").mockImplementation((command: unknown) => {
    asked.push((command as GetObjectCommand).input);
    const bytes = Uint8Array.from([0xff, 0x00]);
    return Promise.resolve({
      Body: { transformToByteArray: () => Promise.resolve(bytes) },
      ContentType: "image/png",
      ETag: '"e"',
    }) as never;
  });
});

afterEach(() => {
  delete process.env.LARGE_BODIES_BUCKET;
  jest.restoreAllMocks();
});

test("a pointer stands for what S3 has, byte for byte, known by where it is", async () => {
  const [message, ...others] = await messagesOf(POINTER);
  expect(others).toEqual([]);
  expect(asked).toEqual([{ Bucket: BUCKET, Key: "a=" }]);
  expect(message).toMatchObject({
    messageId: "m1",
    largeBody: { id: [BUCKET, "a=", '"e"'], contentType: "image/png" },
  });
  expect(message?.largeBody?.bytes).toEqual(Buffer.from([0xff, 0x00]));
});

test("S3's test message stands for none, and an ordinary one for itself", async () => {
  const test = record({ Service: "Amazon S3", Event: "s3:TestEvent", Bucket: BUCKET });
  expect(await messagesOf(test)).toEqual([]);
  const ordinary = record({ order: 1 });
  expect(await messagesOf(ordinary)).toEqual([ordinary]);
  expect(asked).toEqual([]);
});

test("without a bucket nothing is a pointer", async () => {
  delete process.env.LARGE_BODIES_BUCKET;
  expect(await messagesOf(POINTER)).toEqual([POINTER]);
});
