import { createHash } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LargeStack } from "../../support/large-stack";

/** Answers PUT of an object. */
type Put = (response: ServerResponse, body: Buffer, request: IncomingMessage) => void;

const proved = (body: Buffer) => `"${createHash("md5").update(body).digest("hex")}"`;

let put: Put;
let server: http.Server;
let stack: LargeStack;
const REQUESTS: IncomingMessage[] = [];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      REQUESTS.push(request);
      if (request.method === "PUT") put(response, Buffer.concat(chunks), request);
      else response.end("<NotificationConfiguration/>");
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const s3Endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stack = await LargeStack.start({ integration: { timeout_milliseconds: 500 } }, { s3Endpoint });
});

afterAll(async () => {
  await stack.close();
  server.closeAllConnections();
  server.close();
});

const records = async () => (await stack.messages()).filter(({ Records }) => Records !== undefined).length;

test("an endpoint that proves to have the object is believed, and is told its digest", async () => {
  put = (response, body) => response.setHeader("ETag", proved(body)).end();
  expect((await stack.post("body")).status).toBe(202);
  expect(REQUESTS.at(-1)?.headers["content-md5"]).toBe(createHash("md5").update("body").digest("base64"));
  expect(await records()).toBe(1);
});

describe("nothing is accepted, and nobody is told,", () => {
  test.each<[string, number, Put]>([
    [
      "by an endpoint with another object",
      504,
      (response) => response.setHeader("ETag", proved(Buffer.from(""))).end(),
    ],
    ["by one that tells no ETag", 504, (response) => response.end()],
    [
      "by one that says so with another success",
      504,
      (response, body) => response.writeHead(307, { ETag: proved(body) }).end(),
    ],
    [
      "by one that is not AWS and says that KMS encrypts",
      504,
      (response) =>
        response.writeHead(200, { ETag: '"other"', "x-amz-server-side-encryption": "aws:kms" }).end(),
    ],
    ["by one that breaks off", 504, (response) => response.destroy()],
    [
      "by one that breaks off in its answer",
      504,
      (response) => {
        response.writeHead(200, { "Content-Length": "10" });
        response.write("1", () => response.destroy());
      },
    ],
    ["by one that says nothing", 504, () => undefined],
    ["by a web site", 504, (response) => response.writeHead(500).end("<!doctype html>")],
    [
      "by S3 that is busy",
      502,
      (response) =>
        response
          .writeHead(503)
          .end("<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"),
    ],
    [
      "by S3 that denies",
      500,
      (response) =>
        response
          .writeHead(403)
          .end("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"),
    ],
  ])("%s", async (_, status, answer) => {
    put = answer;
    const before = await records();
    expect((await stack.post("body")).status).toBe(status);
    expect(await records()).toBe(before);
  });

  test("where nothing listens any more", async () => {
    const before = await records();
    server.closeAllConnections();
    server.close();
    expect((await stack.post("body")).status).toBe(504);
    expect(await records()).toBe(before);
  });
});
