import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import type { EndpointResponse } from "../../../local/apigateway/integration-response";
import type { Integration, RestApi } from "../../../local/terraform/stack-model";
import { SampleGateway } from "../../support/sample-gateway";
import { sampleApi, sampleIntegration, sampleMethod, sampleStack } from "../../support/sample-stack";

const TEXT = '{"a":"Grüße 😀"}';

function gatewayWith(template: string, api: Partial<RestApi> = {}) {
  const requestTemplates = { "application/json": template, "image/png": template };
  const integration = sampleIntegration({ requestParameters: {}, requestTemplates });
  const method = sampleMethod({ integration });
  return new SampleGateway(sampleStack(sampleApi(method, api)), {
    backend: { status: 200, headers: [], body: "" },
  });
}

function compressed(coding: string, body: Buffer) {
  return {
    headers: [
      ["Content-Type", "application/json"],
      ["content-encoding", coding],
    ] as const,
    body,
  };
}

test.each([
  ["gzip", gzipSync(TEXT)],
  ["GZip", gzipSync(TEXT)],
  ["gzip, of two members", Buffer.concat([gzipSync('{"a":'), gzipSync('"Grüße 😀"}')])],
  ["deflate", deflateSync(TEXT)],
  ["identity", Buffer.from(TEXT)],
  ["", Buffer.from(TEXT)],
])("a payload with the coding %j reaches templates decompressed", async (coding, body) => {
  const gateway = gatewayWith("$input.body $input.path('$.a')");
  expect((await gateway.send(compressed(coding.replace(/, .*/, ""), body))).status).toBe(200);
  expect(gateway.sent[0]?.body).toBe(`${TEXT} Grüße 😀`);
  expect(gateway.traces[0]?.request.body).toBe(TEXT);
});

test.each([
  ["br", brotliCompressSync(TEXT)],
  ["zstd", Buffer.from(TEXT)],
  ["x-gzip", gzipSync(TEXT)],
  ["gzip, gzip", gzipSync(gzipSync(TEXT))],
  ["gzip,identity", gzipSync(TEXT)],
  ["gzip", Buffer.from(TEXT)],
  ["gzip", deflateSync(TEXT)],
  ["gzip", gzipSync(TEXT).subarray(0, -1)],
  ["gzip", Buffer.concat([gzipSync(TEXT), Buffer.from("rest")])],
  ["gzip", Buffer.concat([gzipSync(TEXT), Buffer.alloc(5)])],
  ["deflate", gzipSync(TEXT)],
  ["deflate", deflateRawSync(TEXT)],
  ["deflate", Buffer.concat([deflateSync(TEXT), Buffer.from("rest")])],
  ["deflate", deflateSync(TEXT).subarray(0, -1)],
])("the coding %j of what it is not, or of what is not known, is 415", async (coding, body) => {
  const gateway = gatewayWith("$input.body");
  const answer = await gateway.send(compressed(coding, body));
  expect(answer).toMatchObject({ status: 415, body: '{"message": "Unsupported Media Type"}' });
  expect(gateway.sent).toHaveLength(0);
});

test("two headers are two codings", async () => {
  const headers = [
    ["Content-Encoding", "gzip"],
    ["content-encoding", "gzip"],
  ] as const;
  const answer = await gatewayWith("$input.body").send({ headers, body: gzipSync(gzipSync(TEXT)) });
  expect(answer.status).toBe(415);
});

test.each(["gzip", "deflate"])("an empty payload needs not be %s", async (coding) => {
  const gateway = gatewayWith("$input.body");
  expect((await gateway.send(compressed(coding, Buffer.alloc(0)))).status).toBe(200);
  expect(gateway.sent[0]?.body).toBe("{}");
});

test("a payload is as long as it is decompressed", async () => {
  const limit = 10 * 1024 * 1024;
  const gateway = gatewayWith("ok");
  expect((await gateway.send(compressed("gzip", gzipSync(Buffer.alloc(limit))))).status).toBe(200);
  const bomb = gzipSync(Buffer.alloc(20 * limit));
  expect(bomb.length).toBeLessThan(limit);
  expect((await gateway.send(compressed("gzip", bomb))).status).toBe(413);
});

test("binary payloads are decompressed, too", async () => {
  const bytes = Buffer.from([0x00, 0xff, 0xc3, 0x28]);
  const integration = sampleIntegration({
    requestParameters: {},
    requestTemplates: {},
    passthroughBehavior: "WHEN_NO_MATCH",
  });
  const api = sampleApi(sampleMethod({ integration }), { binaryMediaTypes: ["image/png"] });
  const gateway = new SampleGateway(sampleStack(api), { backend: { status: 200, headers: [], body: "" } });
  const headers = [
    ["Content-Type", "image/png"],
    ["Content-Encoding", "gzip"],
  ] as const;
  await gateway.send({ headers, body: gzipSync(bytes) });
  expect(gateway.sent[0]?.body).toEqual(bytes);
});

describe("binary payloads", () => {
  const bytes = Buffer.from([0x00, 0xff, 0xc3, 0x28]);
  const png = (body: Buffer) => ({ headers: [["Content-Type", "image/png"]] as const, body });
  function binaryGateway(
    integration: Partial<Integration>,
    backend: EndpointResponse = { status: 200, headers: [], body: "" },
  ) {
    const given = sampleIntegration({
      requestParameters: {},
      requestTemplates: {},
      passthroughBehavior: "WHEN_NO_MATCH",
      ...integration,
    });
    const api = sampleApi(sampleMethod({ integration: given }), { binaryMediaTypes: ["image/png"] });
    return new SampleGateway(sampleStack(api), { backend });
  }

  it.each<[string, Partial<Integration>, string]>([
    ["pass as they are", {}, bytes.toString("hex")],
    [
      "become base64 as text",
      { contentHandling: "CONVERT_TO_TEXT" },
      Buffer.from(bytes.toString("base64")).toString("hex"),
    ],
  ])("%s", async (_, integration, sent) => {
    const gateway = binaryGateway(integration);
    await gateway.send(png(bytes));
    expect(Buffer.from(gateway.sent[0]?.body ?? "none").toString("hex")).toBe(sent);
  });

  it("have replacement characters where their type is not binary", async () => {
    const gateway = binaryGateway({});
    await gateway.send({ headers: [["Content-Type", "image/gif"]], body: bytes });
    expect(gateway.sent[0]?.body).toBe("\0\ufffd\ufffd(");
  });

  it("can't go through a template, unless converted to text", async () => {
    const requestTemplates = { "image/png": "$input.body" };
    expect((await binaryGateway({ requestTemplates }).send(png(bytes))).status).toBe(500);
    const converted = binaryGateway({ requestTemplates, contentHandling: "CONVERT_TO_TEXT" });
    await converted.send(png(bytes));
    expect(converted.sent[0]?.body).toBe(bytes.toString("base64"));
  });

  it("can't be made from text that is no base64", async () => {
    const gateway = binaryGateway({ contentHandling: "CONVERT_TO_BINARY" });
    expect((await gateway.send({ body: "{}" })).status).toBe(500);
    await gateway.send({ body: bytes.toString("base64") });
    expect(gateway.sent[0]?.body).toEqual(bytes);
  });

  it("come back as bytes to who accepts their type", async () => {
    const backend = {
      status: 200,
      headers: [["Content-Type", "image/png"]] as [string, string][],
      body: bytes,
    };
    const accept = await binaryGateway({}, backend).send({ headers: [["Accept", "image/png"]] });
    expect(accept.body).toEqual(bytes);
    const other = await binaryGateway({}, backend).send({ headers: [["Accept", "text/plain"]] });
    expect(other.body).toBe(bytes.toString("base64"));
  });
});
