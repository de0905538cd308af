import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import path from "node:path";
import { md5OfAttributes } from "../../../local/sqs/message-digest";
import { type SqsEmulator, startSqsEmulator } from "../../../local/sqs/sqs-emulator";

async function call(endpoint: string, action: string, input: object): Promise<Record<string, unknown>> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AmazonSQS.${action}` },
    body: JSON.stringify(input),
  });
  return (await response.json()) as Record<string, unknown>;
}

const receive = async (emulator: SqsEmulator, name: string) => {
  const { Messages } = await call(emulator.endpoint, "ReceiveMessage", { QueueUrl: emulator.queueUrl(name) });
  return ((Messages ?? []) as { Body: string }[]).map(({ Body }) => Body);
};

describe("startSqsEmulator", () => {
  let emulator: SqsEmulator;
  beforeAll(async () => {
    emulator = await startSqsEmulator({
      queues: [
        {
          name: "orders",
          attributes: {
            VisibilityTimeout: "0",
            KmsMasterKeyId: "alias/aws/sqs",
            RedriveAllowPolicy: "{}",
            RedrivePolicy: JSON.stringify({
              deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:orders-dead",
              maxReceiveCount: 1,
            }),
          },
        },
        { name: "orders-dead", attributes: {} },
        { name: "kept", attributes: {} },
      ],
    });
  });
  afterAll(() => emulator.stop());

  test("finds a queue by any URL that names it", async () => {
    for (const host of [emulator.endpoint, "https://sqs.eu-west-1.amazonaws.com"]) {
      const QueueUrl = `${host}/123456789012/kept`;
      expect(await call(emulator.endpoint, "SendMessage", { QueueUrl, MessageBody: host })).toHaveProperty(
        "MessageId",
      );
    }
    expect(await receive(emulator, "kept")).toEqual([emulator.endpoint]);
  });

  test("takes characters beyond U+FFFF, as SQS does", async () => {
    await emulator.createQueue("emoji", {});
    await call(emulator.endpoint, "SendMessage", { QueueUrl: emulator.queueUrl("emoji"), MessageBody: "😀" });
    expect(await receive(emulator, "emoji")).toEqual(["😀"]);
  });

  test("moves a message to the dead letter queue, whatever account its ARN names", async () => {
    await call(emulator.endpoint, "SendMessage", { QueueUrl: emulator.queueUrl("orders"), MessageBody: "x" });
    expect(await receive(emulator, "orders")).toEqual(["x"]);
    expect(await receive(emulator, "orders")).toEqual([]);
    expect(await receive(emulator, "orders-dead")).toEqual(["x"]);
  });

  test("gives an existing queue its new attributes and keeps its messages", async () => {
    await emulator.createQueue("changing", { VisibilityTimeout: "30" });
    const QueueUrl = emulator.queueUrl("changing");
    await call(emulator.endpoint, "SendMessage", { QueueUrl, MessageBody: "kept" });
    await emulator.createQueue("changing", { VisibilityTimeout: "7" });
    const { Attributes } = await call(emulator.endpoint, "GetQueueAttributes", {
      QueueUrl,
      AttributeNames: ["All"],
    });
    expect(Attributes).toMatchObject({ VisibilityTimeout: "7", ApproximateNumberOfMessages: "1" });
  });

  test("never answers a Query-protocol request with a success", async () => {
    const response = await fetch(emulator.queueUrl("kept"), {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "Action=SendMessage&MessageBody=lost",
    });
    expect(response.status).toBe(400);
  });

  describe("the trace header", () => {
    const trace = { DataType: "String", StringValue: "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1" };
    const digest = md5OfAttributes({ AWSTraceHeader: trace });
    const receiveTraced = async (name: string, names: object) => {
      const QueueUrl = emulator.queueUrl(name);
      const { Messages } = await call(emulator.endpoint, "ReceiveMessage", { QueueUrl, ...names });
      return (Messages as { Attributes?: object }[])[0]?.Attributes;
    };

    test.each([
      ["traced", { AttributeNames: ["AWSTraceHeader"] }],
      ["traced-all", { AttributeNames: ["All"] }],
      ["traced-new-name", { MessageSystemAttributeNames: ["AWSTraceHeader"] }],
      ["traced-new-all", { MessageSystemAttributeNames: ["All"] }],
    ])("of one message is kept and given: %s", async (name, names) => {
      await emulator.createQueue(name, {});
      const QueueUrl = emulator.queueUrl(name);
      const MessageSystemAttributes = { AWSTraceHeader: trace };
      const sent = { QueueUrl, MessageBody: "x", MessageSystemAttributes };
      expect(await call(emulator.endpoint, "SendMessage", sent)).toMatchObject({
        MD5OfMessageSystemAttributes: digest,
      });
      expect(await receiveTraced(name, names)).toMatchObject({ AWSTraceHeader: trace.StringValue });
    });

    test("of a batch's entry is that entry's alone, and given only where it is asked for", async () => {
      await emulator.createQueue("traced-batch", {});
      const QueueUrl = emulator.queueUrl("traced-batch");
      const Entries = [
        { Id: "a", MessageBody: "a", MessageSystemAttributes: { AWSTraceHeader: trace } },
        { Id: "b", MessageBody: "b" },
      ];
      const { Successful } = await call(emulator.endpoint, "SendMessageBatch", { QueueUrl, Entries });
      expect(Successful).toMatchObject([{ Id: "a", MD5OfMessageSystemAttributes: digest }, { Id: "b" }]);
      expect(Successful).not.toHaveProperty([1, "MD5OfMessageSystemAttributes"]);
      expect(
        await receiveTraced("traced-batch", { AttributeNames: ["SentTimestamp"], VisibilityTimeout: 0 }),
      ).not.toHaveProperty("AWSTraceHeader");
      expect(await receiveTraced("traced-batch", { AttributeNames: ["All"] })).not.toHaveProperty(
        "AWSTraceHeader",
      );
    });

    test("shows in a look into the queue, and after a move to the dead letter queue", async () => {
      const QueueUrl = emulator.queueUrl("orders");
      const MessageSystemAttributes = { AWSTraceHeader: trace };
      await call(emulator.endpoint, "SendMessage", { QueueUrl, MessageBody: "x", MessageSystemAttributes });
      const peeked = [{ systemAttributes: { AWSTraceHeader: trace.StringValue } }];
      expect(await emulator.peek("orders", { messages: 1 })).toMatchObject(peeked);
      expect(await receive(emulator, "orders")).toEqual(["x"]);
      expect(await receive(emulator, "orders")).toEqual([]);
      expect(await emulator.peek("orders-dead", { messages: 5 })).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            systemAttributes: expect.objectContaining({ AWSTraceHeader: trace.StringValue }) as unknown,
          }),
        ]),
      );
    });

    test.each([
      ["another name", { Other: trace }],
      ["another type", { AWSTraceHeader: { DataType: "Number", StringValue: "1" } }],
      ["no value", { AWSTraceHeader: { DataType: "String" } }],
      ["no structure", { AWSTraceHeader: null }],
    ])("with %s is refused", async (_, MessageSystemAttributes) => {
      const QueueUrl = emulator.queueUrl("kept");
      const sent = { QueueUrl, MessageBody: "x", MessageSystemAttributes };
      expect(await call(emulator.endpoint, "SendMessage", sent)).not.toHaveProperty("MessageId");
    });
  });

  describe("a page of another site in this machine's browser", () => {
    const port = () => Number(new URL(emulator.endpoint).port);
    const statusFor = (headers: object): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const options = { port: port(), host: "127.0.0.1", method: "POST", path: "/" };
        const json = { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.ListQueues" };
        const request = http.request({ ...options, headers: { ...json, ...headers } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        request.on("error", reject).end("{}");
      });

    test.each([
      { host: "evil.example" },
      { host: "evil.example:4566" },
      { host: "127.0.0.1.evil.example" },
      { host: "192.168.0.7" },
      { origin: "http://evil.example" },
      { origin: "http://127.0.0.1" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
    ])("is refused: %j", async (headers) => {
      expect(await statusFor(headers)).toBe(403);
    });

    test.each([
      {},
      { host: "localhost:1" },
      { host: "127.0.0.2" },
      { host: "[::1]:1" },
      { "sec-fetch-site": "none" },
    ])("programs are not: %j", async (headers) => {
      expect(await statusFor(headers)).toBe(200);
    });
  });

  test("says in one line that the port is taken", async () => {
    const port = Number(new URL(emulator.endpoint).port);
    await expect(startSqsEmulator({ port })).rejects.toThrow(
      `SQS emulator: port ${port} of 127.0.0.1 is already in use; choose another one, or 0 for a free one.`,
    );
  });

  test("is gone after stop()", async () => {
    const other = await startSqsEmulator();
    await other.stop();
    await expect(fetch(other.endpoint)).rejects.toThrow();
    await other.stop();
  });
});

test("the emulator survives Ctrl-C in its process group and ends with its parent", async () => {
  const script = `require("./local/sqs/sqs-emulator").startSqsEmulator().then((e) => console.log(e.endpoint));
    process.on("SIGINT", () => undefined);`;
  const root = path.join(__dirname, "../../..");
  const parent = spawn(process.execPath, ["-r", "sucrase/register/ts", "-e", script], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output] = (await once(parent.stdout, "data")) as [Buffer];
  const health = `${output.toString().trim()}/health`;
  process.kill(-(parent.pid ?? 0), "SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await fetch(health)).status).toBe(200);
  parent.kill("SIGKILL");
  const deadline = Date.now() + 4000;
  while (Date.now() < deadline && (await fetch(health).catch(() => undefined)) !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await expect(fetch(health)).rejects.toThrow();
});
