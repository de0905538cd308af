import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { type SqsEmulator, startSqsEmulator } from "../../../local/aws/sqs-emulator";

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
    expect(await emulator.createQueue("changing", { VisibilityTimeout: "7" })).toEqual({
      queueUrl: QueueUrl,
    });
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
  const script = `require("./local/aws/sqs-emulator").startSqsEmulator().then((e) => console.log(e.endpoint));
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
