import { readStack } from "../../../local/terraform/read-stack";
import type { Method, StackModel } from "../../../local/terraform/stack-model";
import { PLAIN_DOCUMENT } from "../../support/plain-document";

function readPlain(environment: Record<string, string> = {}): StackModel {
  return readStack({ document: PLAIN_DOCUMENT, name: "orders", environment, accountId: "123456789012" });
}

function methodAt(path: string, verb: string): Method {
  const found = readPlain().restApis[0]?.resources.find((resource) => resource.path === path)?.methods[verb];
  if (found === undefined) throw new Error(`no ${verb} ${path}`);
  return found;
}

describe("a stack in hand-written Terraform JSON", () => {
  it("has the paths of nested and greedy resources", () => {
    expect(readPlain().restApis[0]?.resources.map(({ path }) => path)).toEqual([
      "/",
      "/orders",
      "/orders/{id}",
      "/{proxy+}",
    ]);
  });

  it("expands for_each over queues, and puts policies apart into the queue", () => {
    const { queues } = readPlain();
    expect(queues.map(({ address, name }) => [address, name])).toEqual([
      ['aws_sqs_queue.channel["shop"]', "ql-shop"],
      ['aws_sqs_queue.channel["web"]', "ql-web"],
      ["aws_sqs_queue.fifo", "ql.fifo"],
    ]);
    expect(queues[0]?.policy).toBeUndefined();
    expect(queues[1]?.policy).toMatchObject({
      Statement: [{ Resource: "arn:aws:sqs:eu-central-1:123456789012:ql-web" }],
    });
    expect(queues[2]?.attributes).toEqual({
      FifoQueue: "true",
      ContentBasedDeduplication: "true",
      RedriveAllowPolicy: '{"redrivePermission":"denyAll"}',
    });
  });

  it("expands count over responses, null leaving an attribute out", () => {
    const { integration, methodResponses } = methodAt("/orders/{id}", "POST");
    expect(Object.keys(methodResponses)).toEqual(["200", "500"]);
    expect(
      integration.responses.map(({ address, statusCode, selectionPattern }) => [
        address,
        statusCode,
        selectionPattern,
      ]),
    ).toEqual([
      ["aws_api_gateway_integration_response.responses[0]", "200", "2.."],
      ["aws_api_gateway_integration_response.responses[1]", "500", undefined],
    ]);
  });

  it("takes variables of complex types from the environment", () => {
    const { queues } = readPlain({ TF_VAR_channels: '["web", "late"]' });
    expect(queues.map(({ name }) => name)).toEqual(["ql-late", "ql-web", "ql.fifo"]);
  });

  it("takes the workspace from the environment", () => {
    expect(readPlain().restApis[0]?.stages[0]?.name).toBe("v1");
    expect(readPlain({ TF_WORKSPACE: "blue" }).restApis[0]?.stages[0]?.name).toBe("v0");
  });

  it("leaves $context and escaped stage variables to API Gateway", () => {
    expect(methodAt("/orders/{id}", "POST").integration.requestTemplates).toEqual({
      "application/json":
        '{"QueueUrl":"https://sqs.eu-central-1.amazonaws.com/123456789012/ql-web","Literal":"${stageVariables.x}"}',
    });
  });

  it("has request validation", () => {
    expect(methodAt("/orders/{id}", "POST")).toMatchObject({
      apiKeyRequired: true,
      requestModels: { "application/json": "Order" },
      requestParameters: { "method.request.path.id": true, "method.request.header.X-Trace": false },
      requestValidator: { validateRequestBody: true, validateRequestParameters: true },
    });
    expect(readPlain().restApis[0]?.models.Order).toBe('{"required":["id"],"type":"object"}');
  });

  it("has a REQUEST authorizer without a cache", () => {
    expect(methodAt("/orders/{id}", "POST").authorizer).toMatchObject({
      type: "REQUEST",
      functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:auth:live",
      identitySources: ["method.request.header.X-Token", "method.request.querystring.key"],
      resultTtlInSeconds: 0,
      credentials: "arn:aws:iam::123456789012:role/apis/ql-sender",
    });
  });

  it("has a MOCK integration with the defaults of API Gateway", () => {
    expect(methodAt("/{proxy+}", "ANY")).toMatchObject({
      authorizationType: "NONE",
      integration: { type: "MOCK", uri: "", timeoutInMillis: 29_000, passthroughBehavior: "WHEN_NO_MATCH" },
    });
  });

  it("has stage, throttling, gateway responses, plans and keys", () => {
    const [api] = readPlain().restApis;
    expect(api?.stages[0]).toMatchObject({
      variables: { x: "1" },
      methodSettings: { "*/*": { throttlingRateLimit: 10, throttlingBurstLimit: 20 } },
    });
    expect(api?.gatewayResponses.UNAUTHORIZED).toMatchObject({
      statusCode: "401",
      responseParameters: { "gatewayresponse.header.X-Why": "'token'" },
    });
    expect(api?.usagePlans).toMatchObject([
      {
        name: "basic",
        stages: ["v1"],
        keys: [{ name: "customer", value: "0123456789abcdefghij", enabled: true }],
        throttle: { rateLimit: 2.5, burstLimit: 4 },
        quota: { limit: 100, offset: 1, period: "WEEK" },
      },
    ]);
  });

  it("has only the role that API Gateway assumes, with inline and attached policies", () => {
    const { roles } = readPlain();
    expect(roles.map(({ address }) => address)).toEqual(["aws_iam_role.sender"]);
    expect(roles[0]?.policies.map(({ Statement }) => Statement)).toEqual([
      expect.objectContaining({ Resource: "arn:aws:sqs:eu-central-1:123456789012:ql-web" }),
      expect.objectContaining({
        Resource: [
          "arn:aws:sqs:eu-central-1:123456789012:ql-shop",
          "arn:aws:sqs:eu-central-1:123456789012:ql-web",
        ],
      }),
    ]);
  });

  it("gives permissions their qualifier", () => {
    expect(readPlain().lambdaPermissions).toMatchObject([
      { functionName: "auth", qualifier: "live", sourceAccount: "123456789012" },
    ]);
  });
});
