import type { PolicyStatement } from "../../../aws/policy-document";
import { SampleGateway, header } from "../../support/sample-gateway";
import {
  policy,
  SAMPLE,
  sampleApi,
  sampleIntegration,
  sampleMethod,
  sampleStack,
  sampleStage,
} from "../../support/sample-stack";

const OK = { status: 200, headers: [], body: '{"accepted":true}' };

describe("what is wrong with mapping templates is told as a gateway starts", () => {
  const [usual] = sampleIntegration().responses;
  if (usual === undefined) throw new Error("The sample has no response.");
  const response = { ...usual, responseTemplates: { "text/plain": "#if($a)" } };
  const integration = sampleIntegration({
    requestTemplates: {
      "application/json": 'a\n$util.urlEncode("a" "b")',
      "text/plain": "$input.jsn('$')",
      "text/csv": "$input.body",
    },
    responses: [response],
  });
  const stack = sampleStack(sampleApi(sampleMethod({ integration })));

  it("in a line each, with address, type, line and column", () => {
    expect(new SampleGateway(stack).startWarnings).toEqual([
      `${integration.address}.request_templates["application/json"]: line 2, column 21: expected "," or ")", found "\\"b\\")"`,
      `${integration.address}.request_templates["text/plain"]: no method of $input, got jsn; a call of it renders as nothing. Did you mean json?`,
      `${response.address}.response_templates["text/plain"]: line 1, column 8: expected #end, found the end`,
    ]);
  });

  it("and answered 500 by that type alone", async () => {
    const gateway = new SampleGateway(stack, { backend: OK });
    expect((await gateway.send()).status).toBe(500);
    expect(gateway.traces[0]?.error?.cause).toContain("line 2, column 21");
    expect(gateway.sent).toEqual([]);
    await gateway.send({ headers: [["Content-Type", "text/csv"]] });
    expect(gateway.sent).toHaveLength(1);
  });
});

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

describe("a request that goes well", () => {
  const gateway = new SampleGateway(sampleStack(), { backend: OK });

  it("reaches the backend as the template says and answers what the backend said", async () => {
    const answer = await gateway.send({ body: '{"a":"x&y"}' });
    expect(gateway.sent.at(-1)).toMatchObject({
      uri: "arn:aws:apigateway:eu-central-1:sqs:path/123456789012/orders",
      httpMethod: "POST",
      body: "Action=SendMessage&MessageBody=%7B%22a%22%3A%22x%26y%22%7D",
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toBe('{"accepted":true}');
  });

  it("shows the backend no header of the caller but the mapped ones", async () => {
    await gateway.send({
      headers: [
        ["Content-Type", "application/json"],
        ["X-Secret", "s"],
      ],
    });
    expect({ ...gateway.sent.at(-1)?.headers }).toEqual({
      Accept: "application/json",
      "User-Agent": "AmazonAPIGateway_api1",
      "Content-Type": "application/x-www-form-urlencoded",
    });
  });

  it("carries the request's identifiers, its trace, and no error type", async () => {
    const answer = await gateway.send();
    expect(header(answer, "x-amzn-RequestId")).toMatch(/^[0-9a-f-]{36}$/);
    expect(header(answer, "x-amz-apigw-id")).toMatch(/^[\w+/]{15}=$/);
    expect(header(answer, "X-Amzn-Trace-Id")).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(header(answer, "x-amzn-ErrorType")).toBeUndefined();
  });

  it("keeps the caller's trace, which a MOCK integration does not show", async () => {
    const headers = [["x-amzn-trace-id", "Root=1-5759e988-bd862e3fe1be46a994272793"]] as const;
    expect(header(await gateway.send({ headers }), "X-Amzn-Trace-Id")).toBe(headers[0][1]);
    const requestTemplates = { "application/json": '{"statusCode": 200}' };
    const method = sampleMethod({ integration: sampleIntegration({ type: "MOCK", requestTemplates }) });
    const answer = await new SampleGateway(sampleStack(sampleApi(method))).send({ headers });
    expect([answer.status, header(answer, "X-Amzn-Trace-Id")]).toEqual([200, undefined]);
  });

  it("takes an empty body as {}", async () => {
    await gateway.send({ body: "" });
    expect(gateway.sent.at(-1)?.body).toBe("Action=SendMessage&MessageBody=%7B%7D");
  });
});

describe("a request that finds no method", () => {
  const gateway = new SampleGateway(sampleStack(), { backend: OK });

  it.each([
    ["another path", { path: "/prod/nothing" }],
    ["another verb", { method: "GET" }],
    ["HEAD", { method: "HEAD" }],
    ["the stage alone", { path: "/prod" }],
  ])("is without an authentication token: %s", async (_, request) => {
    const answer = await gateway.send(request);
    expect(answer.status).toBe(403);
    expect(answer.body).toBe('{"message":"Missing Authentication Token"}');
    expect(header(answer, "x-amzn-ErrorType")).toBe("MissingAuthenticationTokenException");
    expect(header(answer, "X-Amzn-Trace-Id")).toBeUndefined();
  });

  it("is forbidden when the stage is unknown", async () => {
    const answer = await gateway.send({ path: "/dev/orders" });
    expect([answer.status, answer.body]).toEqual([403, '{"message":"Forbidden"}']);
    expect(header(answer, "x-amzn-ErrorType")).toBe("ForbiddenException");
  });

  it("has a bad signature when it brings an Authorization header", async () => {
    const answer = await gateway.send({ path: "/prod/nothing", headers: [["Authorization", "testtoken"]] });
    expect(answer.status).toBe(403);
    expect(header(answer, "x-amzn-ErrorType")).toBe("IncompleteSignatureException");
    // echo -n testtoken | openssl dgst -sha256 -binary | base64
    expect(answer.body).toContain("'raY+mP5Q7MtVA22I7aSyw3CfU8K2W8AzV5cGfpoqXYs='");
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
});

describe("SQS behind a gateway", () => {
  it("that can't be reached is never a success", async () => {
    const answer = await new SampleGateway(sampleStack()).send();
    expect(answer.status).toBe(504);
    expect(header(answer, "x-amzn-ErrorType")).toBe("InternalServerErrorException");
  });

  it("refuses what the integration's role may not do, without a request", async () => {
    const roles = [{ ...sampleStack().roles[0], policies: [] }] as never;
    const answer = await new SampleGateway(sampleStack(undefined, { roles })).send();
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      Error: {
        Code: "AccessDenied",
        Message:
          "Access to the resource https://sqs.eu-central-1.amazonaws.com/123456789012/orders is denied.",
      },
    });
  });
});

describe("stage variables and throttles", () => {
  it("are those of the stage in the path", async () => {
    const method = sampleMethod({
      integration: sampleIntegration({
        requestTemplates: { "application/json": "$stageVariables.color on $context.stage" },
      }),
    });
    const stages = [
      sampleStage({ variables: { color: "blue" } }),
      sampleStage({
        name: "dev",
        variables: { color: "green" },
        methodSettings: { "*/*": { throttlingRateLimit: 1, throttlingBurstLimit: 1 } },
      }),
    ];
    const gateway = new SampleGateway(sampleStack(sampleApi(method, { stages })), { backend: OK });
    await gateway.send();
    await gateway.send({ path: "/dev/orders" });
    expect(gateway.sent.map(({ body }) => body)).toEqual(["blue on prod", "green on dev"]);
    const answer = await gateway.send({ path: "/dev/orders" });
    expect([answer.status, answer.body]).toEqual([429, '{"message":"Too Many Requests"}']);
    expect((await gateway.send()).status).toBe(200);
  });
});

describe("a resource policy", () => {
  const guarded = (statement: PolicyStatement) =>
    new SampleGateway(
      sampleStack(
        sampleApi(undefined, {
          policy: policy({ Principal: "*", Action: "execute-api:Invoke", ...statement }),
        }),
      ),
      { backend: OK },
    );

  it("lets in whom it allows", async () => {
    const answer = await guarded({ Effect: "Allow", Resource: "execute-api:/prod/POST/orders" }).send();
    expect(answer.status).toBe(200);
  });

  it("masks the account where it allows nothing", async () => {
    const answer = await guarded({ Effect: "Allow", Resource: "execute-api:/dev/*" }).send();
    expect(answer.body).toBe(
      '{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-central-1:********9012:api1/prod/POST/orders"}',
    );
  });

  it("denies by address", async () => {
    const answer = await guarded({
      Effect: "Deny",
      Resource: `${SAMPLE.executionArn}/*`,
      Condition: { IpAddress: { "aws:SourceIp": "127.0.0.0/8" } },
    }).send();
    expect(answer.status).toBe(403);
    expect(answer.body.toString()).toMatch(/with an explicit deny"\}$/);
  });
});

describe("traces", () => {
  it("tell every step and mask the token", async () => {
    const gateway = new SampleGateway(sampleStack(), { backend: OK });
    await gateway.send({
      headers: [
        ["Authorization", "very-secret"],
        ["X-Api-Key", "very-secret"],
      ],
    });
    const [trace] = gateway.traces;
    expect(trace).toMatchObject({
      route: { stage: "prod", resource: "/orders", method: "POST" },
      backend: { status: 200 },
      response: { status: 200 },
    });
    expect(JSON.stringify(trace)).not.toContain("very-secret");
  });
});

describe("limits", () => {
  it("refuse headers of more than 10,240 bytes", async () => {
    const gateway = new SampleGateway(sampleStack(), { backend: OK });
    const answer = await gateway.send({ headers: [["X-Big", "x".repeat(10_300)]] });
    expect([answer.status, answer.body]).toEqual([413, '{"message":"Request Too Long"}']);
  });
});

describe("a stack that can't work", () => {
  it.each([
    [{ requestParameters: { "integration.request.header.X": "nonsense" } }, "is not a mapping expression"],
    [
      {
        responses: [
          {
            address: "r",
            statusCode: "200",
            selectionPattern: "(",
            responseParameters: {},
            responseTemplates: {},
          },
        ],
      },
      "Invalid regular expression",
    ],
  ])("is refused by address at the start: %j", (changes, message) => {
    const api = sampleApi(sampleMethod({ integration: sampleIntegration(changes) }));
    expect(() => new SampleGateway(sampleStack(api))).toThrow(
      new RegExp(`^aws_api_gateway_integration\\.Post: .*${message}`),
    );
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
