import { FakeLambda } from "../../../support/fake-lambda";
import { ServedDocument, stackWith } from "../../../support/served-document";

const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function";
const uri = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION}:${name}/invocations`;
const CALL = { integration_http_method: "POST", uri: uri("f") };
const PROXY = { type: "AWS_PROXY", ...CALL };
const ROLE = {
  aws_iam_role_policy: {
    invoke: {
      role: "${aws_iam_role.r.id}",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: `${FUNCTION}:f` }],
      }),
    },
  },
};
const permission = (source: string, name = "f") => ({
  action: "lambda:InvokeFunction",
  function_name: name,
  principal: "apigateway.amazonaws.com",
  source_arn: `\${aws_api_gateway_rest_api.a.execution_arn}/${source}`,
});

const METHODS = {
  proxy: { httpMethod: "ANY", integration: PROXY },
  patient: { integration: { ...PROXY, timeout_milliseconds: 50 } },
  closed: { integration: { ...PROXY, uri: uri("closed") } },
  role: { integration: { ...PROXY, credentials: "${aws_iam_role.r.arn}" } },
  "other-role": {
    integration: { ...PROXY, uri: uri("closed"), credentials: "${aws_iam_role.r.arn}" },
  },
  "by-variable": { integration: { ...PROXY, uri: uri("$${stageVariables.function}") } },
  custom: {
    integration: {
      type: "AWS",
      ...CALL,
      request_templates: { "application/json": '{"got": $input.json("$")}' },
    },
    responses: {
      "200": {},
      "404": {
        selection_pattern: ".*missing.*",
        response_templates: { "application/json": "$input.path('$.errorMessage')" },
      },
      "500": { selection_pattern: "(\\n|.)+" },
    },
  },
  later: {
    integration: {
      type: "AWS",
      ...CALL,
      request_parameters: { "integration.request.header.X-Amz-Invocation-Type": "'Event'" },
    },
    responses: { "202": {} },
  },
};

let lambda: FakeLambda;
let served: ServedDocument;

beforeAll(async () => {
  lambda = await FakeLambda.start();
  const permissions = {
    proxy: permission("*/*/proxy"),
    others: permission("dev/POST/*"),
    variable: permission("dev/*", "chosen"),
  };
  served = await ServedDocument.start(
    stackWith(METHODS, {
      ...ROLE,
      aws_lambda_permission: permissions,
      aws_api_gateway_stage: { s: { variables: { function: "chosen" } } },
      aws_api_gateway_rest_api: { a: { binary_media_types: ["image/png"] } },
    }),
    { lambdaEndpoint: lambda.endpoint },
  );
});

afterAll(async () => {
  await served.close();
  lambda.close();
});

test("with an endpoint of Lambda, none of them is named at start", () => {
  expect(served.gateway.warnings).toEqual([]);
});

describe("AWS_PROXY", () => {
  it("gives the function the request in format 1.0", async () => {
    lambda.answer = { payload: { statusCode: 201, body: "made" } };
    const response = await served.send("/proxy?a=1&a=2&b=%20", {
      headers: { "Content-Type": "text/plain", "X-Mine": "yes", "User-Agent": "test" },
      body: "text",
    });
    expect([response.status, await response.text()]).toEqual([201, "made"]);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-amzn-trace-id")).toMatch(/^Root=1-/);
    const { path, invocationType, event } = lambda.calls.at(-1) ?? {};
    expect([path, invocationType]).toEqual(["/2015-03-31/functions/f/invocations", "RequestResponse"]);
    const { headers, multiValueHeaders, requestContext, ...others } = event as Record<string, object>;
    expect(others).toEqual({
      resource: "/proxy",
      path: "/proxy",
      httpMethod: "POST",
      queryStringParameters: { a: "2", b: " " },
      multiValueQueryStringParameters: { a: ["1", "2"], b: [" "] },
      pathParameters: null,
      stageVariables: { function: "chosen" },
      body: "text",
      isBase64Encoded: false,
    });
    expect(headers).toMatchObject({ "X-Mine": "yes", "X-Forwarded-Proto": "https" });
    expect(Object.keys(headers ?? {})).not.toContain("Content-Length");
    expect(multiValueHeaders).toMatchObject({ "X-Mine": ["yes"] });
    expect(Object.keys(requestContext ?? {}).sort()).toEqual(
      "accountId apiId deploymentId domainName domainPrefix extendedRequestId httpMethod identity path protocol requestId requestTime requestTimeEpoch resourceId resourcePath stage".split(
        " ",
      ),
    );
    expect(requestContext).toMatchObject({
      path: "/dev/proxy",
      stage: "dev",
      identity: { userAgent: "test", sourceIp: "127.0.0.1", userArn: null },
    });
  });

  it("gives what a request lacks as null, and binary payloads as base 64", async () => {
    lambda.answer = { payload: { statusCode: 200 } };
    await served.send("//proxy/", { method: "GET" });
    expect(lambda.calls.at(-1)?.event).toMatchObject({
      path: "/proxy/",
      body: null,
      queryStringParameters: null,
      isBase64Encoded: false,
    });
    await served.send("/proxy", { headers: { "Content-Type": "image/png" }, body: Buffer.from([0xff, 0]) });
    expect(lambda.calls.at(-1)?.event).toMatchObject({ body: "/wA=", isBase64Encoded: true });
  });

  it.each<[object, number, string]>([
    [{ statusCode: 200 }, 200, ""],
    [{ statusCode: "201", body: null }, 201, ""],
    [{ headers: null, body: "b" }, 200, "b"],
    [{ statusCode: 503, body: "busy" }, 503, "busy"],
    [{ statusCode: 200, body: "dGVzdA==", isBase64Encoded: true }, 200, "dGVzdA=="],
  ])("%j is the answer %d %s", async (payload, status, body) => {
    lambda.answer = { payload };
    expect(await served.answer("/proxy")).toEqual([status, body]);
  });

  it.each<[unknown, RegExp]>([
    [{ statusCode: 200, wrongValue: "value" }, /has a key that it must not have: wrongValue/],
    ["justAString", /is no JSON object/],
    ['"text"', /is no JSON object/],
    ["null", /is no JSON object/],
    [[], /is no JSON object/],
    [
      { multiValueHeaders: { "test-multi-invalid": "value1" } },
      /multiValueHeaders.test-multi-invalid is no list/,
    ],
    [{ statusCode: "test" }, /statusCode is no status: "test"/],
    [{ statusCode: 200, body: { an: "object" } }, /body is no text/],
  ])("%j is no answer but 502", async (payload, reason) => {
    lambda.answer = { payload };
    const response = await served.send("/proxy");
    expect([response.status, await response.text()]).toEqual([502, '{"message": "Internal server error"}']);
    expect(response.headers.get("x-amzn-errortype")).toBe("InternalServerErrorException");
    expect(served.traces.at(-1)?.error?.cause).toMatch(reason);
  });

  it("merges headers as AWS does", async () => {
    lambda.answer = {
      payload: {
        multiValueHeaders: { "tesT-Multi": ["value-multi"] },
        headers: {
          "test-multi": "value-solo",
          "header-bool": true,
          "Content-Type": "text/html",
          Server: "me",
        },
      },
    };
    const { headers } = await served.send("/proxy");
    expect(headers.get("test-multi")).toBe("value-multi, value-solo");
    expect(headers.get("header-bool")).toBe("true");
    expect(headers.get("content-type")).toBe("text/html");
    expect(headers.get("x-amzn-remapped-server")).toBe("me");
  });

  it.each([
    ["image/png", "test"],
    ["image/jpg", "dGVzdA=="],
    ["*/*", "dGVzdA=="],
  ])("gives a caller who accepts %s the body %s", async (accept, body) => {
    lambda.answer = { payload: { body: "dGVzdA==", isBase64Encoded: true } };
    expect(await served.answer("/proxy", { headers: { accept } })).toEqual([200, body]);
  });

  it.each<[string, FakeLambda["answer"], number, RegExp]>([
    [
      "fails",
      { headers: { "x-amz-function-error": "Unhandled" }, payload: { errorMessage: "oh" } },
      502,
      /failed: oh$/,
    ],
    [
      "is throttled",
      { status: 429, payload: { Reason: "x" } },
      500,
      /^Lambda answered 429 for .*:function:f/,
    ],
    ["is missing", { status: 404, payload: {} }, 500, /^Lambda answered 404/],
  ])("a function that %s", async (_name, answer, status, cause) => {
    lambda.answer = answer;
    expect(await served.answer("/proxy")).toEqual([status, '{"message": "Internal server error"}']);
    expect(served.traces.at(-1)?.error?.cause).toMatch(cause);
  });

  it("a function that takes longer than the integration's timeout is 504", async () => {
    lambda.answer = { after: 500, payload: {} };
    expect(await served.answer("/patient")).toEqual([504, '{"message": "Endpoint request timed out"}']);
  });

  it("needs a permission of the function, or a role that may invoke it", async () => {
    lambda.answer = { payload: { statusCode: 200 } };
    const before = lambda.calls.length;
    for (const path of ["/closed", "/other-role"]) {
      expect((await served.send(path)).status).toBe(500);
      expect(served.traces.at(-1)?.error?.cause).toMatch(
        /^API Gateway has no permission to invoke .*:closed$/,
      );
    }
    expect(lambda.calls).toHaveLength(before);
    expect((await served.send("/role")).status).toBe(200);
    expect((await served.send("/by-variable")).status).toBe(200);
    expect(lambda.calls.at(-1)?.path).toBe("/2015-03-31/functions/chosen/invocations");
  });
});

describe("AWS", () => {
  it("gives the function the mapped payload, and the caller its result", async () => {
    lambda.answer = { payload: '{ "spaces": "kept" }' };
    expect(await served.answer("/custom", { body: '{"a":1}' })).toEqual([200, '{ "spaces": "kept" }']);
    expect(lambda.calls.at(-1)?.event).toEqual({ got: { a: 1 } });
  });

  it.each([
    ["it is missing", 404, "it is missing"],
    ["line\nbreak", 500, '{"errorMessage":"line\\nbreak"}'],
  ])("selects the response by the error's message: %j", async (errorMessage, status, body) => {
    lambda.answer = { headers: { "x-amz-function-error": "Handled" }, payload: { errorMessage } };
    expect(await served.answer("/custom")).toEqual([status, body]);
  });

  it("may call a function that answers nothing", async () => {
    lambda.answer = { status: 202, payload: "" };
    expect(await served.answer("/later")).toEqual([202, ""]);
    expect(lambda.calls.at(-1)?.invocationType).toBe("Event");
  });
});

test("where nobody listens, it is 504 with the reason", async () => {
  const alone = await ServedDocument.start(
    stackWith({ proxy: METHODS.proxy }, { aws_lambda_permission: { p: permission("*") } }),
    { lambdaEndpoint: "http://127.0.0.1:1" },
  );
  expect((await alone.send("/proxy")).status).toBe(504);
  await alone.close();
});
