import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type S3Emulator, startS3Emulator } from "../../../local/s3/s3-emulator";
import { LargeStack } from "../../support/large-stack";

let s3: S3Emulator;
let stack: LargeStack | undefined;

beforeAll(async () => {
  s3 = await startS3Emulator();
});

afterEach(async () => {
  await stack?.close();
  stack = undefined;
});

afterAll(() => s3.stop());

async function refusal(s3Endpoint: string): Promise<string> {
  try {
    stack = await LargeStack.start({}, { s3Endpoint });
    return "nothing";
  } catch (error) {
    return (error as Error).message;
  }
}

test("an endpoint that is no URL is refused", async () => {
  expect(await refusal("localhost")).toBe(
    's3Endpoint: is not a URL, got "localhost"; URLs such as http://127.0.0.1:5000 are allowed. Correct it, or leave it out to use the emulator.',
  );
});

test("an endpoint where nothing listens is refused", async () => {
  expect(await refusal("http://127.0.0.1:9")).toMatch(
    /^s3Endpoint: what is there is not a working S3 \(No answer from S3: connect ECONNREFUSED 127\.0\.0\.1:9\), got http:\/\/127\.0\.0\.1:9; /,
  );
});

test("an endpoint that lacks a bucket is refused, unless what lacks is to be made", async () => {
  expect(await refusal(s3.endpoint)).toMatch(
    /^s3Endpoint: large-\w+ is not there, got .+; an endpoint that has every bucket of the stacks is allowed\. Make it, or have it made with createQueues\.$/,
  );
  stack = await LargeStack.start({}, { s3Endpoint: s3.endpoint, createQueues: true });
  const { status, key } = await stack.post("body");
  expect(status).toBe(202);
  await stack.close();
  // It is there now, and so is what it holds.
  stack = await LargeStack.start({}, { s3Endpoint: `${s3.endpoint}/` });
  expect(await (await stack.object(key)).text()).toBe("body");
});

test("an endpoint that notifies queues of a bucket by itself is left to it", async () => {
  const told = "<NotificationConfiguration><QueueConfiguration/></NotificationConfiguration>";
  const server = http.createServer((request, response) => {
    request.resume();
    const etag = `"${createHash("md5").update("body").digest("hex")}"`;
    if (request.method === "PUT") response.setHeader("ETag", etag).end();
    else response.end(told);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  stack = await LargeStack.start({}, { s3Endpoint: `http://127.0.0.1:${port}` });
  expect((await stack.post("body")).status).toBe(202);
  expect(await stack.messages()).toEqual([]);
  server.close();
});

test("what is served tells of buckets", async () => {
  stack = await LargeStack.start({}, { s3Endpoint: s3.endpoint, createQueues: true });
  const { gateway, bucket } = stack;
  expect(gateway.buckets).toEqual([
    { stack: expect.any(String) as string, name: bucket, url: `${s3.endpoint}/${bucket}`, queues: ["large"] },
  ]);
  const large = gateway.stacks[0]?.urls.find(({ url }) => url.endsWith("/sqs/large"));
  expect(large).toMatchObject({ method: "POST", bucketName: bucket });
});

test("a consumer finds the emulator by the variable that AWS's SDKs read", async () => {
  const consumer = path.join(mkdtempSync(path.join(tmpdir(), "s3-consumer-")), "index.js");
  writeFileSync(
    consumer,
    `exports.handler = async ({ Records: [{ body }] }) => {
      const [record] = JSON.parse(body).Records ?? [];
      if (record === undefined) return;
      const { bucket, object } = record.s3;
      const url = process.env.AWS_ENDPOINT_URL_S3 + "/" + bucket.name + "/" + object.key;
      throw new Error("read " + (await (await fetch(url)).text()) + process.env.AWS_ACCESS_KEY_ID);
    };`,
  );
  const lines: string[] = [];
  stack = await LargeStack.start({}, { consumer, log: (line) => lines.push(line) });
  await stack.post("body");
  const { AWS_ACCESS_KEY_ID = "local" } = process.env;
  while (!lines.some((line) => line.includes("failed"))) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(lines.join("\n")).toContain(`1 failed (read body${AWS_ACCESS_KEY_ID})`);
  rmSync(path.dirname(consumer), { recursive: true });
});

test("a queue has S3's test message once, whatever is loaded again", async () => {
  stack = await LargeStack.start();
  await stack.reload();
  expect(await stack.messages()).toHaveLength(1);
  const { status } = await stack.post("body");
  expect(status).toBe(202);
  expect(await stack.messages()).toHaveLength(2);
});
