import { SampleGateway, header } from "../../support/sample-gateway";
import { sampleApi, sampleIntegration, sampleMethod, sampleStack } from "../../support/sample-stack";

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
    expect(header(answer, "x-amz-apigw-id")).toMatch(/^[\w-]{15}=$/);
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
