import type { BackendResponse } from "../../../local/apigateway/backend";
import type { Integration } from "../../../local/terraform/stack-model";
import { SampleGateway } from "../../support/sample-gateway";
import { sampleApi, sampleIntegration, sampleMethod, sampleStack } from "../../support/sample-stack";

const bytes = Buffer.from([0x00, 0xff, 0xc3, 0x28]);

function gatewayWith(
  integration: Partial<Integration>,
  backend: BackendResponse = { status: 200, headers: [], body: "" },
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

const png = (body: Buffer) => ({ headers: [["Content-Type", "image/png"]] as const, body });

describe("binary payloads", () => {
  it.each<[string, Partial<Integration>, string]>([
    ["pass as they are", {}, bytes.toString("hex")],
    [
      "become base64 as text",
      { contentHandling: "CONVERT_TO_TEXT" },
      Buffer.from(bytes.toString("base64")).toString("hex"),
    ],
  ])("%s", async (_, integration, sent) => {
    const gateway = gatewayWith(integration);
    await gateway.send(png(bytes));
    expect(Buffer.from(gateway.sent[0]?.body ?? "none").toString("hex")).toBe(sent);
  });

  it("have replacement characters where their type is not binary", async () => {
    const gateway = gatewayWith({});
    await gateway.send({ headers: [["Content-Type", "image/gif"]], body: bytes });
    expect(gateway.sent[0]?.body).toBe("\0\ufffd\ufffd(");
  });

  it("can't go through a template, unless converted to text", async () => {
    const requestTemplates = { "image/png": "$input.body" };
    expect((await gatewayWith({ requestTemplates }).send(png(bytes))).status).toBe(500);
    const converted = gatewayWith({ requestTemplates, contentHandling: "CONVERT_TO_TEXT" });
    await converted.send(png(bytes));
    expect(converted.sent[0]?.body).toBe(bytes.toString("base64"));
  });

  it("can't be made from text that is no base64", async () => {
    const gateway = gatewayWith({ contentHandling: "CONVERT_TO_BINARY" });
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
    const accept = await gatewayWith({}, backend).send({ headers: [["Accept", "image/png"]] });
    expect(accept.body).toEqual(bytes);
    const other = await gatewayWith({}, backend).send({ headers: [["Accept", "text/plain"]] });
    expect(other.body).toBe(bytes.toString("base64"));
  });
});

describe("a MOCK integration", () => {
  const mock = (template: string) =>
    gatewayWith({ type: "MOCK", requestTemplates: { "application/json": template } });

  it.each([
    ['{"statusCode": 200}', 200],
    ["{statusCode: 200}", 200],
    ['{"other": 1, "statusCode": 200}', 200],
    ['{"statusCode": "200"}', 500],
    ["{}", 500],
    ["", 500],
  ])("that says %s gives %d", async (template, status) => {
    expect((await mock(template).send()).status).toBe(status);
  });
});

describe("overrides in a request template", () => {
  it("change header, path and query string", async () => {
    const template =
      "#set($context.requestOverride.header.content-type = 'text/x')#set($context.requestOverride.path.q = 'b')#set($context.requestOverride.querystring.n = '1')body";
    const gateway = gatewayWith({
      uri: "arn:aws:apigateway:eu-central-1:sqs:path/123456789012/{q}",
      requestParameters: {
        "integration.request.header.Content-Type": "'text/plain'",
        "integration.request.path.q": "'a'",
      },
      requestTemplates: { "application/json": template },
    });
    await gateway.send();
    expect(gateway.sent[0]).toMatchObject({
      uri: expect.stringMatching(/\/b$/) as string,
      query: { n: "1" },
    });
    expect(
      Object.entries(gateway.sent[0]?.headers ?? {}).filter(([name]) => /content-type/i.test(name)),
    ).toEqual([["content-type", "text/x"]]);
  });

  it("can't set what API Gateway keeps for itself", async () => {
    const gateway = gatewayWith({
      requestTemplates: { "application/json": "#set($context.requestOverride.header.Authorization = 'x')" },
    });
    expect((await gateway.send()).status).toBe(500);
    expect(gateway.sent).toHaveLength(0);
  });
});
