import { Testing } from "cdktf";
import { accessLogFormat } from "../../aws/access-log-format";
import { readSettings } from "../../settings/settings";
import { AuthStack } from "../../stacks/auth-stack";
import { type Params, SETTING_GROUPS } from "../support/setting-groups";
import { type Synthesized, synthesizedAuthStack, synthesizedNoAuthStack } from "../support/synthesized";

type Block = Readonly<Record<string, unknown>>;

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/3f0c5d1e-0000-4000-8000-000000000000";
const POOL = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI";

/** Both stacks with these settings of `auth-stack`, or of both where they are `params`. */
function read(authStack: Params, params: Params = {}) {
  const names = { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" };
  const open = { storage_sqs_queue_name: "open-orders" };
  return readSettings(
    { params: { ...names, ...params }, "auth-stack": authStack, "no-auth-stack": open },
    {},
  );
}

function authStack(settings: Params = {}): Synthesized {
  return synthesizedAuthStack(read(settings).authStack);
}

function methodSettings(stack: Synthesized): Block[] {
  return Object.values(stack.resources("aws_api_gateway_method_settings")).map(
    ({ settings }) => [settings].flat()[0] as Block,
  );
}

function accessLog(stack: Synthesized): Block | undefined {
  return stack.only("aws_api_gateway_stage").access_log_settings as Block | undefined;
}

function mistakes(settings: Params): string {
  try {
    read(settings);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

/** What of a stack writes requests, or what is told of them, anywhere; a stack that does not says each of these off. */
function whatIsLogged(stack: Synthesized): string[] {
  const { access_log_settings, xray_tracing_enabled } = stack.only("aws_api_gateway_stage");
  const ofMethods = methodSettings(stack).flatMap((block) => [
    ...(block.logging_level === "OFF" ? [] : ["execution log"]),
    ...(block.data_trace_enabled === false ? [] : ["whole requests"]),
    ...(block.metrics_enabled === false ? [] : ["metrics of methods"]),
  ]);
  return [
    ...new Set([
      ...(access_log_settings === undefined ? [] : ["access log"]),
      ...(xray_tracing_enabled === false ? [] : ["traces"]),
      ...ofMethods,
    ]),
  ].sort();
}

const LOGGED_WITH: Readonly<Record<string, readonly string[]>> = {
  access_log: ["access log"],
  detailed_metrics: ["metrics of methods"],
  execution_log_level: ["execution log"],
  execution_log_full_data: ["whole requests"],
  xray_tracing: ["traces"],
};

test.each(Object.entries(SETTING_GROUPS))(
  "%s: nothing is logged but what a setting of logs says, whatever is forwarded",
  (_, { base, settings }) => {
    const wanted = Object.keys(settings).flatMap((name) => LOGGED_WITH[name] ?? []);
    expect(whatIsLogged(authStack({ ...base, ...settings }))).toEqual([...wanted].sort());
  },
);

test.each<[Params, readonly string[]]>([
  [{}, []],
  [{ access_log: true }, ["access log"]],
  [{ execution_log_level: "ERROR" }, ["execution log"]],
  [{ execution_log_level: "INFO", execution_log_full_data: true }, ["execution log", "whole requests"]],
  [{ execution_log_level: "OFF", throttling_rate_limit: 1 }, []],
  [{ detailed_metrics: true }, ["metrics of methods"]],
  [{ xray_tracing: true }, ["traces"]],
  [{ cloudwatch_role: true }, []],
])("%j logs %j", (settings, logged) => {
  expect(whatIsLogged(authStack(settings))).toEqual(logged);
});

test("what is logged is about the stage, so it makes no new deployment", () => {
  const triggers = (settings: Params) => authStack(settings).only("aws_api_gateway_deployment").triggers;
  const { settings } = SETTING_GROUPS["a stage that tells of its requests"];
  expect(triggers(settings)).toEqual(triggers({}));
});

describe("the access log", () => {
  test("goes to a group of its own, whose name is an output", () => {
    const stack = authStack({ access_log: true, log_encryption_key_arn: KEY, log_retention_days: 7 });
    const { name_in_terraform: group, ...attributes } = stack.only("aws_cloudwatch_log_group");
    expect(attributes).toMatchObject({
      name: "/queue-leveling/auth-stack/${var.storage_sqs_queue_name}/access-log",
      retention_in_days: 7,
      kms_key_id: KEY,
      skip_destroy: false,
    });
    expect(accessLog(stack)?.destination_arn).toBe(`\${aws_cloudwatch_log_group.${group}.arn}`);
    expect(stack.json.output?.access_log_group_name).toMatchObject({
      value: `\${aws_cloudwatch_log_group.${group}.name}`,
    });
  });

  test.each<[string, Params, string]>([
    ["TOKEN", {}, "authorizer.principalId"],
    [
      "REQUEST",
      { authorization: "REQUEST", authorizer_identity_sources: [{ header: "X-Api-Client" }] },
      "authorizer.principalId",
    ],
    [
      "Cognito",
      { authorization: "COGNITO_USER_POOLS", cognito_user_pool_arns: [POOL] },
      "authorizer.claims.sub",
    ],
    ["IAM", { authorization: "AWS_IAM" }, "identity.userArn"],
  ])("names the caller of %s", (_kind, settings, variable) => {
    const format = String(accessLog(authStack({ access_log: true, ...settings }))?.format);
    expect(JSON.parse(format)).toMatchObject({ principal: `$context.${variable}` });
  });

  test("of an open stack names a caller that API Gateway never has", () => {
    const stack = synthesizedNoAuthStack(read({}, { access_log: true }).noAuthStack);
    expect(accessLog(stack)?.format).toBe(accessLogFormat());
  });

  test("can have a format of one's own, which Terraform takes as it stands", () => {
    const stack = authStack({
      access_log: true,
      access_log_format: "$context.requestId %{$context.status}",
    });
    expect(accessLog(stack)?.format).toBe("$context.requestId %%{$context.status}");
  });

  test.each<[string, string]>([
    ["$context.status", "has no request id"],
    ["$context.requestIdentity", "has no request id"],
    ["$context.requestId\n$context.status", "has several lines"],
    ["$context.requestId $input.body", "names what an access log does not know"],
    ["$context.requestId $contextual", "names what an access log does not know"],
    ["$context.requestId $context.identity.apiKey", "would log the callers' API keys"],
    ["", "has no request id"],
    [`$context.requestId ${"é".repeat(1530)}`, "is too long"],
  ])("%j is no format", (access_log_format, message) => {
    expect(mistakes({ access_log: true, access_log_format })).toContain(
      `auth-stack.access_log_format: ${message}`,
    );
  });

  test("an id of a key is no key", () => {
    expect(
      mistakes({ access_log: true, access_log_format: "$context.requestId $context.identity.apiKeyId" }),
    ).toBe("");
  });
});

describe("the execution log", () => {
  test("is in a group that ends, there before API Gateway would make one", () => {
    const stack = authStack({ execution_log_level: "ERROR" });
    const { name_in_terraform: group, ...attributes } = stack.only("aws_cloudwatch_log_group");
    const { name_in_terraform: api } = stack.only("aws_api_gateway_rest_api");
    expect(attributes).toMatchObject({
      name: `API-Gateway-Execution-Logs_\${aws_api_gateway_rest_api.${api}.id}/prod`,
      retention_in_days: 30,
    });
    expect(stack.only("aws_api_gateway_stage").depends_on).toContain(`aws_cloudwatch_log_group.${group}`);
  });

  test("holds for methods with limits of their own, too, which are in the place of the stage's", () => {
    const limits = { rate_limit: 1, burst_limit: 2 };
    const stack = authStack({
      execution_log_level: "INFO",
      detailed_metrics: true,
      method_throttles: { "sqs/POST": limits },
    });
    const logged = { logging_level: "INFO", data_trace_enabled: false, metrics_enabled: true };
    expect(methodSettings(stack)).toEqual([
      { ...logged, throttling_rate_limit: 1, throttling_burst_limit: 2 },
      { ...logged, throttling_rate_limit: -1, throttling_burst_limit: -1 },
    ]);
  });
});

test.each([true, false])("X-Ray records the function that the stack makes, too: %s", (xray_tracing) => {
  const stack = authStack({ xray_tracing, authorizer_function_folder: "lambda/token-authorizer" });
  const { tracing_config } = stack.only("aws_lambda_function");
  expect(tracing_config).toEqual({ mode: xray_tracing ? "Active" : "PassThrough" });
  const policies = JSON.stringify(stack.resources("aws_iam_role_policy"));
  expect(policies.includes("xray:PutTraceSegments")).toBe(xray_tracing);
});

describe("the account's role", () => {
  const stack = authStack({ access_log: true, cloudwatch_role: true });
  const { name_in_terraform: name, ...attributes } = stack.only("aws_cloudformation_stack");
  const template = JSON.parse(String(attributes.template_body)) as Record<string, Record<string, Block>>;

  test("is retained with all that names it, since a deletion would silence every API", () => {
    const resources = Object.values(template.Resources ?? {});
    expect(resources.map(({ Type }) => Type)).toEqual(["AWS::IAM::Role", "AWS::ApiGateway::Account"]);
    for (const resource of resources) {
      expect(resource).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    }
    expect(stack.resources("aws_api_gateway_account")).toEqual({});
  });

  test("is API Gateway's alone, with the policy that AWS asks for", () => {
    expect(JSON.stringify(template.Resources?.Role)).toContain("AmazonAPIGatewayPushToCloudWatchLogs");
    expect(template.Resources?.Role?.Properties).toMatchObject({
      AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: "apigateway.amazonaws.com" } }] },
    });
  });

  test("is there before the stage logs", () => {
    expect(stack.only("aws_api_gateway_stage").depends_on).toContain(`aws_cloudformation_stack.${name}`);
  });
});

test.each<[string, Params, string]>([
  [
    "a format without a log",
    { access_log_format: "$context.requestId" },
    "access_log_format: is the format of",
  ],
  [
    "a retention of nothing",
    { log_retention_days: 7 },
    "log_retention_days: is about logs, and there are none",
  ],
  [
    "a key of nothing",
    { log_encryption_key_arn: KEY, execution_log_level: "OFF" },
    "log_encryption_key_arn: is about logs",
  ],
  ["nothing to keep", { keep_logs: true }, "keep_logs: is about logs, and there are none"],
  [
    "a retention that CloudWatch does not have",
    { access_log: true, log_retention_days: 31 },
    "log_retention_days: is not a retention of CloudWatch Logs, got 31;",
  ],
  ["logs for ever", { access_log: true, log_retention_days: 0 }, "log_retention_days: is not a retention"],
  [
    "a level that there is not",
    { execution_log_level: "DEBUG" },
    'execution_log_level: is not a level of the execution log, got "DEBUG"; OFF, ERROR, INFO.',
  ],
  [
    "data of a log that is off",
    { execution_log_full_data: true },
    'execution_log_full_data: is data of an execution log that is off, got true; this setting together with "execution_log_level"',
  ],
  [
    "a secret in the log",
    { secret_header: "X-Gitlab-Token", execution_log_level: "INFO", execution_log_full_data: true },
    "execution_log_full_data: would log the secret with each request",
  ],
  [
    "a key of another Region",
    { access_log: true, log_encryption_key_arn: KEY.replace("central", "west") },
    "log_encryption_key_arn: is a key of another Region than the API's",
  ],
  [
    "an alias of a key",
    { access_log: true, log_encryption_key_arn: KEY.replace(/key\/.*/, "alias/logs") },
    "log_encryption_key_arn: is an alias",
  ],
  [
    "a log of a stage that is another's",
    { access_log: true, existing_rest_api_id: "a1b2c3d4e5", stage_name: "v1" },
    "access_log: is a setting of the stage, which is not the stack's",
  ],
])("%s is refused", (_what, settings, message) => {
  expect(mistakes(settings)).toContain(`auth-stack.${message}`);
});

test.each<[Params, string | undefined]>([
  [{}, undefined],
  [{ detailed_metrics: true, xray_tracing: true }, undefined],
  [{ access_log: true, cloudwatch_role: true }, undefined],
  [{ access_log: true }, "`accessLog`: API Gateway writes logs with one role"],
  [{ access_log: true, execution_log_level: "ERROR" }, "`accessLog`, `executionLogLevel`: API Gateway"],
])("%j is told at synthesis where the account may have no role: %s", (settings, note) => {
  const { authStack: props, backend } = read(settings);
  const { notes } = new AuthStack(Testing.app(), "auth-stack", { ...props, backend });
  expect(notes).toEqual(note === undefined ? [] : [expect.stringContaining(note) as unknown]);
});
