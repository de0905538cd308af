import { requireValidHeader } from "../../../local/apigateway/response";
import { SampleGateway, header } from "../../support/sample-gateway";
import { sampleApi, sampleIntegration, sampleMethod, sampleStack } from "../../support/sample-stack";

const OK = { status: 200, headers: [], body: '{"accepted":true}' };

describe("integration responses", () => {
  const respond = (status: number, responses: readonly object[]) =>
    new SampleGateway(
      sampleStack(
        sampleApi(
          sampleMethod({
            integration: sampleIntegration({
              responses: responses.map((response) => ({
                address: "response",
                statusCode: "500",
                responseParameters: {},
                responseTemplates: {},
                ...response,
              })),
            }),
          }),
        ),
      ),
      { backend: { status, headers: [["X-Backend", "b"]], body: "secret" } },
    );
  const success = { statusCode: "202", selectionPattern: "2\\d{2}" };

  it.each([
    [200, 202],
    [299, 202],
    [2000, 500],
    [403, 500],
    [500, 500],
  ])("with the default as the error, a backend's %d is the caller's %d", async (status, expected) => {
    const answer = await respond(status, [{}, success]).send();
    expect(answer.status).toBe(expected);
  });

  it.each([
    [String.raw`5\p{Digit}{2}`, 502, 429],
    [String.raw`5\d{1,2}+`, 502, 429],
    [String.raw`\p{Alnum}+`, 404, 429],
    [String.raw`\Q404\E`, 404, 429],
    [String.raw`[\d&&[^5]]{3}`, 502, 500],
  ])(
    "are selected by Java's pattern %s: a backend's %d is %d",
    async (selectionPattern, status, expected) => {
      const answer = await respond(status, [{}, { statusCode: "429", selectionPattern }]).send();
      expect(answer.status).toBe(expected);
    },
  );

  it.each([
    [{}, "secret"],
    [{ "application/json": "" }, "secret"],
    [{ "text/plain": "" }, "secret"],
    [{ "text/plain": "", "application/json": "$input.body!" }, "secret!"],
    [{ "application/json": "\n" }, "\n"],
  ])("with the templates %j answer %j", async (responseTemplates, expected) => {
    const answer = await respond(200, [{ statusCode: "202", responseTemplates }]).send();
    expect([answer.status, answer.body]).toEqual([202, expected]);
  });

  it("without a match and a default is 500", async () => {
    const answer = await respond(404, [success]).send();
    expect([answer.status, answer.body]).toEqual([500, '{"message": "Internal server error"}']);
  });

  it("drop the backend's headers unless mapped, and rename those that API Gateway keeps for itself", async () => {
    const answer = await respond(200, [
      {
        ...success,
        responseParameters: {
          "method.response.header.X-Copy": "integration.response.header.X-Backend",
          "method.response.header.Server": "'mine'",
          "method.response.header.Transfer-Encoding": "'chunked'",
        },
      },
    ]).send();
    expect(header(answer, "X-Backend")).toBeUndefined();
    expect(header(answer, "X-Copy")).toBe("b");
    expect(header(answer, "x-amzn-Remapped-Server")).toBe("mine");
    expect(header(answer, "Transfer-Encoding")).toBeUndefined();
    expect(header(answer, "Content-Type")).toBe("application/json");
  });

  it("let a template set status and headers", async () => {
    const template =
      '#set($context.responseOverride.status = 429)#set($context.responseOverride.header.Retry-After = "1")late';
    const answer = await respond(200, [
      { ...success, responseTemplates: { "application/json": template } },
    ]).send();
    expect([answer.status, answer.body, header(answer, "Retry-After")]).toEqual([429, "late", "1"]);
  });

  it("never turn a caller's line break into a second header", async () => {
    const template = "#set($context.responseOverride.header.X-Echo = $input.params('evil'))ok";
    const gateway = respond(200, [{ ...success, responseTemplates: { "application/json": template } }]);
    const answer = await gateway.send({ query: "evil=a%0d%0aSet-Cookie:%20x" });
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.headers)).not.toContain("Set-Cookie");
  });

  it.each([
    ["X Echo", "a", 'HTTP has no header of this name: "X Echo"'],
    [
      "X-Echo",
      "a\r\nSet-Cookie: x",
      String.raw`HTTP has no such value of the header X-Echo: "a\r\nSet-Cookie: x"`,
    ],
  ])("that HTTP can't carry tell which: %j", (name, value, reason) => {
    let thrown: unknown;
    try {
      requireValidHeader(name, value);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ responseType: "API_CONFIGURATION_ERROR", cause: new Error(reason) });
  });
});

describe("the answer's content type", () => {
  const answerTo = async (
    types: readonly string[],
    accept: string,
    responseParameters: Readonly<Record<string, string>> = {},
  ) => {
    const [response] = sampleIntegration().responses;
    const method = sampleMethod({
      integration: sampleIntegration({ responses: [{ ...response, responseParameters } as never] }),
      methodResponses: {
        "200": {
          statusCode: "200",
          responseParameters: {},
          responseModels: Object.fromEntries(types.map((type) => [type, "Empty"])),
        },
      },
    });
    const gateway = new SampleGateway(sampleStack(sampleApi(method)), { backend: OK });
    return header(await gateway.send({ headers: [["Accept", accept]] }), "Content-Type");
  };

  it.each([
    [[], "text/html", "application/json"],
    [["application/xml"], "text/html", "application/xml"],
    [["application/json", "text/html"], "text/html", "text/html"],
    [["application/json", "text/html"], "text/plain", "application/json"],
  ])("with models for %j and Accept %s is %s", async (types, accept, expected) => {
    expect(await answerTo(types, accept)).toBe(expected);
  });

  it("is the mapped one where one is mapped", async () => {
    const mapped = { "method.response.header.Content-Type": "'text/csv'" };
    expect(await answerTo(["application/xml"], "text/html", mapped)).toBe("text/csv");
  });
});
