import type { Integration } from "../../../local/terraform/stack-model";
import { SampleGateway, header } from "../../support/sample-gateway";
import { sampleApi, sampleIntegration, sampleMethod, sampleStack } from "../../support/sample-stack";

const OK = { status: 200, headers: [], body: '{"accepted":true}' };

describe("a rendering over a limit", () => {
  const send = async (template: string, body: string) => {
    const integration = sampleIntegration({ requestTemplates: { "application/json": template } });
    const gateway = new SampleGateway(sampleStack(sampleApi(sampleMethod({ integration }))), { backend: OK });
    const answer = await gateway.send({ body });
    return { answer, cause: gateway.traces[0]?.error?.cause, sent: gateway.sent.length };
  };

  it.each([
    ["$input.body$input.body", "x".repeat(5_242_881)],
    ["$util.urlEncode($input.body)", "&".repeat(3_495_254)],
  ])("of payloads is 413: %s", async (template, body) => {
    const { answer, cause, sent } = await send(template, body);
    expect([answer.status, answer.body, sent]).toEqual([413, '{"message":"Request Too Long"}', 0]);
    expect(header(answer, "x-amzn-ErrorType")).toBe("RequestTooLargeException");
    expect(cause).toBe("the template renders to more than 10 MiB (10485760 bytes)");
  });

  it("of steps is 500, and the trace says which and where", async () => {
    const loops = "#foreach($i in [1..999])\n #foreach($j in [1..999])#foreach($k in [1..999])#end#end#end";
    const { answer, cause, sent } = await send(loops, "{}");
    expect([answer.status, sent]).toEqual([500, 0]);
    expect(cause).toBe(
      "more than 10,000,000 steps of rendering, this gateway's limit, in the #foreach at line 2, column 2",
    );
  });

  it("is not reached by the largest payload", async () => {
    const { answer, sent } = await send("$input.body", "x".repeat(10_485_760));
    expect([answer.status, sent]).toEqual([200, 1]);
  });
});

describe("content types", () => {
  const api = (passthroughBehavior: "NEVER" | "WHEN_NO_MATCH" | "WHEN_NO_TEMPLATES", templates: object) =>
    new SampleGateway(
      sampleStack(
        sampleApi(
          sampleMethod({
            integration: sampleIntegration({
              passthroughBehavior,
              requestTemplates: templates as Record<string, string>,
              requestParameters: {},
            }),
          }),
        ),
      ),
      { backend: OK },
    );
  const json = { "application/json": "T" };

  it.each([
    ["NEVER", json, "application/json; charset=utf-8", "T"],
    ["NEVER", json, "APPLICATION/JSON", "T"],
    ["NEVER", json, undefined, "T"],
    ["NEVER", { "application/json": "" }, "application/json", "body"],
    ["NEVER", { $default: "" }, "text/plain", "body"],
    ["NEVER", json, "text/plain", 415],
    ["NEVER", {}, "text/plain", 415],
    ["WHEN_NO_MATCH", json, "text/plain", "body"],
    ["WHEN_NO_TEMPLATES", json, "text/plain", 415],
    ["WHEN_NO_TEMPLATES", {}, "text/plain", "body"],
  ] as const)("%s with %j and %s gives %s", async (behavior, templates, type, expected) => {
    const gateway = api(behavior, templates);
    const answer = await gateway.send({
      body: "body",
      headers: type === undefined ? [] : [["Content-Type", type]],
    });
    if (expected === 415) {
      expect([answer.status, answer.body]).toEqual([415, '{"message": "Unsupported Media Type"}']);
      expect(gateway.sent).toHaveLength(0);
    } else {
      expect(gateway.sent.at(-1)?.body).toBe(expected);
    }
  });
});

describe("overrides in a request template", () => {
  const gatewayWith = (changes: Partial<Integration>) => {
    const integration = sampleIntegration({ requestParameters: {}, requestTemplates: {}, ...changes });
    return new SampleGateway(sampleStack(sampleApi(sampleMethod({ integration }))), { backend: OK });
  };

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
