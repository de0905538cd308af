import type { InvocationResult } from "../../../local/lambda/function-invoker";
import type { LambdaPermission } from "../../../local/terraform/model/lambda-permission";
import type { Role } from "../../../local/terraform/model/role";
import type { LambdaAuthorizer, RestApi, StackModel } from "../../../local/terraform/stack-model";
import { SampleGateway, header } from "../../support/sample-gateway";
import {
  policy,
  SAMPLE,
  sampleApi,
  sampleAuthorizer,
  sampleIntegration,
  sampleMethod,
  sampleStack,
} from "../../support/sample-stack";

const allow = (resource: string, rest: object = {}): InvocationResult => ({
  ok: true,
  payload: {
    principalId: "caller",
    policyDocument: {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "execute-api:Invoke", Resource: resource },
    },
    ...rest,
  },
});
const EVERYTHING = `${SAMPLE.executionArn}/*`;

function gatewayWith(
  authorizer: Partial<LambdaAuthorizer>,
  invoke: () => InvocationResult = () => allow(EVERYTHING),
  stack: Partial<StackModel> = {},
  gatewayResponses: RestApi["gatewayResponses"] = {},
) {
  const integration = sampleIntegration({
    requestTemplates: { "application/json": "$context.authorizer.principalId $context.authorizer.level" },
  });
  const method = sampleMethod({ authorizer: sampleAuthorizer(authorizer), integration });
  const api = sampleApi(method, { gatewayResponses });
  const other = {
    ...api,
    resources: [...api.resources, { address: "r", id: "r", path: "/other", methods: { POST: method } }],
  };
  return new SampleGateway(sampleStack(other, stack), {
    backend: { status: 200, headers: [], body: "ok" },
    invoke,
  });
}

const token = (value: string, path = "/prod/orders") => ({
  path,
  headers: [["authorization", value]] as const,
});

describe("a TOKEN authorizer", () => {
  it("is asked with exactly the documented event", async () => {
    const gateway = gatewayWith({});
    expect((await gateway.send(token("t"))).status).toBe(200);
    expect(gateway.events).toEqual([
      { type: "TOKEN", authorizationToken: "t", methodArn: `${SAMPLE.executionArn}/prod/POST/orders` },
    ]);
  });

  it("hands its principal and its context, as texts, to the templates", async () => {
    const gateway = gatewayWith({}, () => allow(EVERYTHING, { context: { level: 3 } }));
    await gateway.send(token("t"));
    expect(gateway.sent[0]?.body).toBe("caller 3");
  });

  it.each([
    ["missing", undefined],
    ["empty", ""],
    ["not matched by the validation expression", "Basic x"],
    ["matched only in part", "Bearer x y"],
  ])("is not asked about a token that is %s", async (_, value) => {
    const gateway = gatewayWith({ identityValidationExpression: "Bearer \\w+" });
    const answer = await gateway.send(value === undefined ? {} : token(value));
    expect([answer.status, answer.body]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(header(answer, "x-amzn-ErrorType")).toBe("UnauthorizedException");
    expect(gateway.events).toHaveLength(0);
  });

  it.each([
    [String.raw`\p{Alnum}+`, "aZ9", 200],
    [String.raw`\p{Alnum}+`, "a-z", 401],
    [String.raw`(?i)bearer \w++`, "Bearer abc", 200],
  ])("reads the validation expression %s as Java does: %j is %d", async (expression, value, expected) => {
    const gateway = gatewayWith({ identityValidationExpression: expression });
    expect((await gateway.send(token(value))).status).toBe(expected);
  });

  it.each<[string, () => InvocationResult, number, string]>([
    [
      "the error Unauthorized",
      () => ({ ok: false, errorMessage: "Unauthorized" }),
      401,
      '{"message":"Unauthorized"}',
    ],
    ["another error", () => ({ ok: false, errorMessage: "Unauthorized!" }), 500, '{"message":null}'],
    ["nothing", () => ({ ok: true, payload: null }), 500, '{"message":null}'],
    [
      "no principal",
      () => ({ ok: true, payload: { policyDocument: { Statement: [] } } }),
      500,
      '{"message":null}',
    ],
    ["no policy", () => ({ ok: true, payload: { principalId: "x" } }), 500, '{"message":null}'],
    ["a nested context", () => allow(EVERYTHING, { context: { a: { b: 1 } } }), 500, '{"message":null}'],
    [
      "a policy that IAM would refuse",
      () => allow(EVERYTHING, { policyDocument: { ...policy(), Statement: [] } }),
      500,
      '{"message":null}',
    ],
    [
      "no matching Allow",
      () => allow(`${SAMPLE.executionArn}/prod/GET/*`),
      403,
      '{"Message":"User is not authorized to access this resource because no identity-based policy allows the execute-api:Invoke action"}',
    ],
  ])("that answers %s", async (_, invoke, status, body) => {
    const answer = await gatewayWith({}, invoke).send(token("t"));
    expect([answer.status, answer.body]).toEqual([status, body]);
  });

  it("tells in the trace where its policy is wrong", async () => {
    const statement = { Effect: "Allow", Action: "execute-api:Invoke", Resource: "*", Condition: null };
    const policyDocument = { Version: "2012-10-17", Statement: [statement] };
    const gateway = gatewayWith({}, () => allow(EVERYTHING, { policyDocument }));
    const answer = await gateway.send(token("t"));
    expect(header(answer, "x-amzn-ErrorType")).toBe("AuthorizerConfigurationException");
    expect(gateway.traces[0]?.error?.cause).toBe(
      "The authorizer's policyDocument is not a policy: Statement.0.Condition: Invalid type: Expected Object but received null",
    );
  });

  it("has its context shown to a caller whom it denies", async () => {
    const denial = (decision: InvocationResult) =>
      gatewayWith(
        {},
        () => decision,
        {},
        {
          ACCESS_DENIED: {
            address: "aws_api_gateway_gateway_response.Denied",
            responseType: "ACCESS_DENIED",
            responseParameters: { "gatewayresponse.header.X-Who": "context.authorizer.principalId" },
            responseTemplates: { "application/json": "$context.authorizer.reason" },
          },
        },
      ).send(token("t"));
    const context = { reason: "expired" };
    for (const decision of [
      allow("arn:aws:execute-api:eu-central-1:1:other/*", { context }),
      allow("", { context, policyDocument: policy({ Effect: "Deny", Action: "*", Resource: "*" }) }),
    ]) {
      const answer = await denial(decision);
      expect([answer.status, answer.body, header(answer, "X-Who")]).toEqual([403, "expired", "caller"]);
    }
  });

  it("is asked once per token while its answer is fresh, and its policy is judged for each method", async () => {
    const gateway = gatewayWith({}, () => allow(`${SAMPLE.executionArn}/prod/POST/orders`));
    expect((await gateway.send(token("a"))).status).toBe(200);
    expect((await gateway.send(token("a"))).status).toBe(200);
    expect((await gateway.send(token("a", "/prod/other"))).status).toBe(403);
    expect(gateway.events).toHaveLength(1);
    await gateway.send(token("b"));
    expect(gateway.events).toHaveLength(2);
    expect(gateway.traces.map(({ authorization }) => authorization?.cached)).toEqual([
      false,
      true,
      undefined,
      false,
    ]);
  });

  it("has its conditions judged for each request", async () => {
    const Condition = { StringEquals: { "aws:UserAgent": "good" } };
    const Statement = { Effect: "Allow", Action: "*", Resource: "*", Condition } as const;
    const gateway = gatewayWith({}, () => ({
      ok: true,
      payload: { principalId: "x", policyDocument: policy(Statement) },
    }));
    const from = (agent: string) =>
      gateway.send({
        headers: [
          ["Authorization", "t"],
          ["User-Agent", agent],
        ],
      });
    expect([(await from("good")).status, (await from("bad")).status, (await from("good")).status]).toEqual([
      200, 403, 200,
    ]);
    expect(gateway.events).toHaveLength(1);
  });

  it("is asked every time when the cache is off, and after the answer has expired", async () => {
    const off = gatewayWith({ resultTtlInSeconds: 0 });
    await off.send(token("a"));
    await off.send(token("a"));
    expect(off.events).toHaveLength(2);
    const expiring = gatewayWith({ resultTtlInSeconds: 60 });
    const clock = jest.spyOn(Date, "now").mockReturnValue(1_000_000);
    await expiring.send(token("a"));
    clock.mockReturnValue(1_059_999);
    await expiring.send(token("a"));
    expect(expiring.events).toHaveLength(1);
    clock.mockReturnValue(1_060_000);
    await expiring.send(token("a"));
    expect(expiring.events).toHaveLength(2);
    clock.mockRestore();
  });
});

describe("the permission to call an authorizer", () => {
  const [permission] = sampleStack().lambdaPermissions as [LambdaPermission];
  const [role] = sampleStack().roles as [Role];
  const mayInvoke = policy({ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "*" });

  it.each<[string, Partial<StackModel>, Partial<LambdaAuthorizer>, number]>([
    ["is there", {}, {}, 200],
    ["is missing", { lambdaPermissions: [] }, {}, 500],
    [
      "is for another API",
      { lambdaPermissions: [{ ...permission, sourceArn: `${SAMPLE.executionArn}x/authorizers/auth1` }] },
      {},
      500,
    ],
    [
      "is for any caller of the service",
      { lambdaPermissions: [{ ...permission, sourceArn: undefined }] },
      {},
      200,
    ],
    [
      "is for another service",
      { lambdaPermissions: [{ ...permission, principal: "s3.amazonaws.com" }] },
      {},
      500,
    ],
    [
      "is for another function",
      { lambdaPermissions: [{ ...permission, functionName: "authorizer2" }] },
      {},
      500,
    ],
    [
      "is for another version",
      { lambdaPermissions: [{ ...permission, qualifier: "2" }] },
      { functionArn: `${SAMPLE.functionArn}:1` },
      500,
    ],
    [
      "is for this version",
      { lambdaPermissions: [{ ...permission, qualifier: "1" }] },
      { functionArn: `${SAMPLE.functionArn}:1` },
      200,
    ],
    [
      "is a role's",
      { lambdaPermissions: [], roles: [{ ...role, policies: [mayInvoke] }] },
      { credentials: role.arn },
      200,
    ],
    ["is a role's that may not", { lambdaPermissions: [] }, { credentials: role.arn }, 500],
  ])("%s", async (_, stack, authorizer, status) => {
    const gateway = gatewayWith(authorizer, undefined, stack);
    const answer = await gateway.send(token("t"));
    expect(answer.status).toBe(status);
    expect(gateway.events).toHaveLength(status === 200 ? 1 : 0);
    if (status === 500) expect(header(answer, "x-amzn-ErrorType")).toBe("AuthorizerConfigurationException");
  });
});

describe("a REQUEST authorizer", () => {
  const tokenSource = "method.request.header.Authorization";
  const sources = [tokenSource, "method.request.querystring.tenant"];

  it("gets null for what the request has none of", async () => {
    const gateway = gatewayWith({ type: "REQUEST", identitySources: [tokenSource] });
    await gateway.send(token("t"));
    expect(gateway.events[0]).toMatchObject({
      type: "REQUEST",
      resource: "/orders",
      path: "/orders",
      httpMethod: "POST",
      headers: { authorization: "t" },
      multiValueHeaders: { authorization: ["t"] },
      queryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      requestContext: { stage: "prod", resourcePath: "/orders", path: "/prod/orders" },
    });
  });

  it("is not asked when an identity source is missing or empty, unless its cache is off", async () => {
    const cached = gatewayWith({ type: "REQUEST", identitySources: sources });
    expect((await cached.send(token("t"))).status).toBe(401);
    expect((await cached.send({ ...token("t"), query: "tenant=" })).status).toBe(401);
    expect(cached.events).toHaveLength(0);
    const uncached = gatewayWith({ type: "REQUEST", identitySources: sources, resultTtlInSeconds: 0 });
    expect((await uncached.send(token("t"))).status).toBe(200);
  });

  it("is asked once per combination of its identity sources", async () => {
    const gateway = gatewayWith({ type: "REQUEST", identitySources: sources });
    for (const tenant of ["a", "a", "b"]) await gateway.send({ ...token("t"), query: `tenant=${tenant}` });
    expect(gateway.events).toHaveLength(2);
  });
});
