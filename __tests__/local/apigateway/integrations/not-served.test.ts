import { ServedDocument, stackWith } from "../../../support/served-document";

const AWS = { type: "AWS", integration_http_method: "POST", credentials: "${aws_iam_role.r.arn}" };
const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";
const invoke = (arn: string, version = "2015-03-31", call = "invocations") =>
  `arn:aws:apigateway:us-east-1:lambda:path/${version}/functions/${arn}/${call}`;

const KINDS: Record<string, { integration: object; reason: RegExp }> = {
  proxy: {
    integration: { type: "AWS_PROXY", integration_http_method: "POST", uri: invoke(FUNCTION) },
    reason: /it invokes arn:.*:function:f, and AWS_ENDPOINT_URL_LAMBDA names no endpoint of Lambda/,
  },
  custom: {
    integration: { type: "AWS", integration_http_method: "POST", uri: invoke(FUNCTION) },
    reason: /it invokes arn:.*:function:f, and AWS_ENDPOINT_URL_LAMBDA names no endpoint of Lambda/,
  },
  unknown: {
    integration: { type: "AWS_PROXY", integration_http_method: "POST", uri: invoke("stand-in-0123456789ab") },
    reason: /the function that it invokes is known only after an apply/,
  },
  get: {
    integration: { type: "AWS_PROXY", integration_http_method: "GET", uri: invoke(FUNCTION) },
    reason: /it invokes a function by GET, which fails on AWS, too/,
  },
  streaming: {
    integration: {
      type: "AWS_PROXY",
      integration_http_method: "POST",
      uri: invoke(FUNCTION, "2021-11-15", "response-streaming-invocations"),
      response_transfer_mode: "STREAM",
    },
    reason: /it streams the answer, which the local gateway does not/,
  },
  table: {
    integration: { ...AWS, uri: "arn:aws:apigateway:us-east-1:dynamodb:action/PutItem" },
    reason: /it calls dynamodb, and the local gateway has SQS and S3 only/,
  },
  made: {
    integration: { ...AWS, uri: "arn:aws:stand-in-0123456789ab" },
    reason: /what it calls is known only after an apply/,
  },
  odd: {
    integration: { ...AWS, uri: "arn:aws:apigateway:us-east-1:sqs:path/a/b/c" },
    reason: /its URI has no form that SQS understands/,
  },
  caller: {
    integration: {
      ...AWS,
      uri: "arn:aws:apigateway:us-east-1:sqs:path/000000000000/q",
      credentials: "arn:aws:iam::*:user/*",
    },
    reason: /it calls AWS as whoever sends the request/,
  },
  http: {
    integration: { type: "HTTP", integration_http_method: "GET", uri: "https://shop.example/orders" },
    reason: /it calls an HTTP endpoint, and the local gateway calls none/,
  },
  linked: {
    integration: {
      type: "HTTP_PROXY",
      integration_http_method: "GET",
      uri: "http://inside.example",
      connection_type: "VPC_LINK",
      connection_id: "abcdef",
    },
    reason: /it goes through a VPC link, which the local gateway does not have/,
  },
};

describe("a method whose integration the gateway can't call", () => {
  let served: ServedDocument;

  beforeAll(async () => {
    served = await ServedDocument.start(stackWith(KINDS));
  });

  afterAll(() => served.close());

  test("does not keep the others from being served", async () => {
    expect((await served.send("")).status).toBe(200);
  });

  test.each(Object.entries(KINDS))(
    "%s is answered 500 and named with its reason",
    async (part, { reason }) => {
      const response = await served.send(`/${part}`);
      expect([response.status, await response.text()]).toEqual([500, '{"message": "Internal server error"}']);
      expect(response.headers.get("x-amzn-errortype")).toBe("InternalServerErrorException");
      expect(served.traces.at(-1)?.error?.cause).toMatch(reason);
      expect(served.lines.at(-1)).toMatch(reason);
      const start = `aws_api_gateway_integration.${part}: POST /${part} is answered 500, for `;
      const named = served.gateway.warnings.filter((line) => line.startsWith(start));
      expect(named).toEqual([expect.stringMatching(reason)]);
    },
  );
});

test("who is not let through learns nothing of it", async () => {
  const method = { api_key_required: true, request_parameters: { "method.request.header.X-Id": true } };
  const served = await ServedDocument.start(
    stackWith({ http: { integration: KINDS.http?.integration ?? {}, method } }),
  );
  expect(await served.answer("/http")).toEqual([403, '{"message":"Forbidden"}']);
  await served.close();
});

test("a gateway response for errors of the server is used", async () => {
  const served = await ServedDocument.start(
    stackWith(
      { http: KINDS.http ?? { integration: {} } },
      {
        aws_api_gateway_gateway_response: {
          all: {
            rest_api_id: "${aws_api_gateway_rest_api.a.id}",
            response_type: "DEFAULT_5XX",
            status_code: "503",
            response_templates: { "application/json": '{"sorry":true}' },
          },
        },
      },
    ),
  );
  expect(await served.answer("/http")).toEqual([503, '{"sorry":true}']);
  await served.close();
});

test("a method of which a part is known only after an apply is not served, and the others are", async () => {
  const served = await ServedDocument.start(
    stackWith({
      guarded: {
        integration: { type: "MOCK" },
        method: { authorization: "CUSTOM", authorizer_id: "stand-in-0123456789ab" },
      },
    }),
  );
  expect((await served.send("")).status).toBe(200);
  expect((await served.send("/guarded")).status).toBe(500);
  expect(served.gateway.warnings).toEqual([
    "aws_api_gateway_method.guarded: POST /guarded is answered 500, for aws_api_gateway_method.guarded.authorizer_id needs stand-in-0123456789ab, which is known only after an apply.",
  ]);
  await served.close();
});

test("APIs of other kinds and what does not act here are named at start", async () => {
  const API = "${aws_api_gateway_rest_api.a.id}";
  const served = await ServedDocument.start(
    stackWith(
      {},
      {
        aws_apigatewayv2_api: { http: { name: "http" } },
        aws_apigatewayv2_stage: { http: { name: "dev" } },
        aws_api_gateway_deployment: {
          old: { rest_api_id: API, stage_name: "old", canary_settings: { percent_traffic: 5 } },
        },
        aws_api_gateway_method_settings: {
          all: {
            rest_api_id: API,
            stage_name: "dev",
            method_path: "*/*",
            settings: { caching_enabled: true },
          },
        },
        aws_api_gateway_usage_plan: {
          p: {
            name: "p",
            api_stages: { api_id: API, stage: "dev", throttle: { path: "/x/POST", rate_limit: 1 } },
          },
        },
        aws_api_gateway_resource: {
          elsewhere: {
            rest_api_id: "stand-in-0123456789ab",
            parent_id: "stand-in-0123456789ab",
            path_part: "x",
          },
        },
      },
    ),
  );
  expect((await served.send("")).status).toBe(200);
  expect(served.gateway.warnings).toEqual([
    "aws_apigatewayv2_api.http: is not served: REST APIs are, and no HTTP or WebSocket APIs.",
    "aws_api_gateway_resource.elsewhere: is not served: its REST API is known only after an apply.",
    "aws_api_gateway_deployment.old: its canary_settings do not act here; the stage answers every request.",
    "aws_api_gateway_method_settings.all: no answer is cached here; on AWS a GET may be answered without its integration.",
    "aws_api_gateway_usage_plan.p: its limits for single methods do not act here; those of the whole plan do.",
  ]);
  await served.close();
});
