import type { Integration, IntegrationResponse } from "../../../../local/terraform/stack-model";
import { SampleGateway, header } from "../../../support/sample-gateway";
import { sampleApi, sampleIntegration, sampleMethod, sampleStack } from "../../../support/sample-stack";

describe("a MOCK integration", () => {
  const mock = (template: string) => {
    const requestTemplates = { "application/json": template };
    const integration = sampleIntegration({ type: "MOCK", requestParameters: {}, requestTemplates });
    return new SampleGateway(sampleStack(sampleApi(sampleMethod({ integration }))));
  };

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

describe("a handshake that a MOCK integration answers", () => {
  const BODY = { "Content-Type": "application/json" };

  function mock(
    httpMethod: string,
    requestTemplate: string,
    response: Partial<IntegrationResponse>,
    changes: Partial<Integration> = {},
  ): SampleGateway {
    const integration = sampleIntegration({
      type: "MOCK",
      requestParameters: {},
      requestTemplates: { "application/json": requestTemplate },
      responses: [
        {
          address: "r",
          statusCode: "200",
          selectionPattern: "200",
          responseParameters: {},
          responseTemplates: {},
          ...response,
        },
        {
          address: "s",
          statusCode: "403",
          responseParameters: {},
          responseTemplates: { "application/json": "{}" },
        },
      ],
      ...changes,
    });
    return new SampleGateway(sampleStack(sampleApi(sampleMethod({ httpMethod, integration }))));
  }

  const echo = mock(
    "GET",
    `#if($input.params('hub.verify_token') == 'mine'){"statusCode": 200}#else{"statusCode": 403}#end`,
    {
      responseParameters: {
        "method.response.header.Content-Type": "'text/plain'",
        "method.response.header.X-Content-Type-Options": "'nosniff'",
      },
      responseTemplates: { "application/json": "$input.params('hub.challenge')" },
    },
  );

  it("repeats a value of the query, as text", async () => {
    const query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=mine";
    const answer = await echo.send({ method: "GET", query, headers: [] });
    expect([answer.status, answer.body]).toEqual([200, "1158201444"]);
    expect(header(answer, "Content-Type")).toBe("text/plain");
    expect(header(answer, "X-Content-Type-Options")).toBe("nosniff");
  });

  it("repeats nothing where the request template finds something wrong", async () => {
    const answer = await echo.send({
      method: "GET",
      query: "hub.challenge=1&hub.verify_token=other",
      headers: [],
    });
    expect([answer.status, answer.body]).toEqual([403, "{}"]);
  });

  it("has a constant for OPTIONS", async () => {
    const answer = await mock("OPTIONS", '{"statusCode": 200}', {
      responseParameters: { "method.response.header.WebHook-Allowed-Origin": "'*'" },
      responseTemplates: { "application/json": "" },
    }).send({ method: "OPTIONS", headers: [["WebHook-Request-Origin", "a.example"]] });
    expect([answer.status, answer.body, header(answer, "WebHook-Allowed-Origin")]).toEqual([200, "", "*"]);
  });

  it("sets a header from one of the request's", async () => {
    const template = "#set($context.responseOverride.header.X-Hook-Secret = $input.params('X-Hook-Secret'))";
    const answer = await mock("POST", '{"statusCode": 200}', {
      responseTemplates: { "application/json": template },
    }).send({ headers: [...Object.entries(BODY), ["X-Hook-Secret", "b537"]] });
    expect([answer.status, answer.body, header(answer, "X-Hook-Secret")]).toEqual([200, "", "b537"]);
  });

  it.each([
    ["$input.body", '{"challenge": "3eZbr"}'],
    ["$input.path('$.challenge')", "3eZbr"],
  ])("hands %s on to the response template as an overridden path parameter", async (value, told) => {
    const request = `#set($context.requestOverride.path.body = ${value}){"statusCode": 200}`;
    const answer = await mock("POST", request, {
      responseTemplates: { "application/json": "$context.requestOverride.path.body" },
    }).send({ headers: Object.entries(BODY), body: '{"challenge": "3eZbr"}' });
    expect([answer.status, answer.body]).toEqual([200, told]);
  });

  it("can have its status and headers from the request template", async () => {
    const request =
      '#set($context.responseOverride.status = 503)#set($context.responseOverride.header.Retry-After = "1"){"statusCode": 200}';
    const answer = await mock("POST", request, {}).send({ headers: Object.entries(BODY) });
    expect([answer.status, header(answer, "Retry-After")]).toEqual([503, "1"]);
  });
});
