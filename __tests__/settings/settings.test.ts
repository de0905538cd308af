import { readSettings } from "../../settings/settings";

const ARN = "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer";

const VALID = {
  params: {
    aws_region_name: "eu-central-1",
    storage_sqs_queue_name: "orders",
    authorizer_lambda_arn: ARN,
  },
  "no-auth-stack": { storage_sqs_queue_name: "open-orders" },
};

function withParams(params: object) {
  return { ...VALID, params: { ...VALID.params, ...params } };
}

function messageFor(context: Record<string, unknown>): string {
  try {
    readSettings(context);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test("params serve both stacks and a stack's own group overrides them", () => {
  const settings = readSettings(VALID);
  expect(settings.authStack).toEqual({
    awsRegionName: "eu-central-1",
    storageSqsQueueName: "orders",
    authorizerLambdaArn: ARN,
  });
  expect(settings.noAuthStack).toEqual({ awsRegionName: "eu-central-1", storageSqsQueueName: "open-orders" });
});

test("an absent setting stays absent, for Terraform to ask", () => {
  expect(readSettings({}).authStack).toEqual({});
});

test.each([
  ["a version", `${ARN}:7`],
  ["an alias", `${ARN}:live`],
])("an ARN with %s is allowed", (_what, arn) => {
  expect(readSettings(withParams({ authorizer_lambda_arn: arn })).authStack.authorizerLambdaArn).toBe(arn);
});

test.each([
  ["an empty name", { storage_sqs_queue_name: "" }, 'params.storage_sqs_queue_name: is empty, got ""'],
  [
    "a name that is not a text",
    { storage_sqs_queue_name: 7 },
    "params.storage_sqs_queue_name: is not a text, got 7",
  ],
  [
    "a placeholder",
    { aws_region_name: "<aws_region_name>" },
    'params.aws_region_name: is still the placeholder, got "<aws_region_name>"; the name of an AWS Region. Write',
  ],
  ["a bad Region", { aws_region_name: "Frankfurt" }, 'params.aws_region_name: is not valid, got "Frankfurt"'],
  [
    "a Region without its number",
    { aws_region_name: "eu-central" },
    'params.aws_region_name: is not valid, got "eu-central"',
  ],
  [
    "a bad ARN",
    { authorizer_lambda_arn: "token-authorizer" },
    'params.authorizer_lambda_arn: is not valid, got "token-authorizer"',
  ],
  [
    "the ARN of something else",
    { authorizer_lambda_arn: "arn:aws:sqs:eu-central-1:123456789012:orders" },
    "params.authorizer_lambda_arn: is not valid",
  ],
  [
    "an ARN with $LATEST",
    { authorizer_lambda_arn: `${ARN}:$LATEST` },
    `params.authorizer_lambda_arn: ends in $LATEST, for which Lambda gives no permission, got "${ARN}:$LATEST"; the ARN of a Lambda function, plain or with a version or an alias. Drop ":$LATEST"`,
  ],
  [
    "an ARN of another Region",
    { authorizer_lambda_arn: ARN.replace("central", "west") },
    "params.authorizer_lambda_arn: is in another Region than the API",
  ],
  [
    "81 characters",
    { storage_sqs_queue_name: "q".repeat(81) },
    "params.storage_sqs_queue_name: is not valid",
  ],
  [
    "illegal characters",
    { storage_sqs_queue_name: "my queue" },
    'params.storage_sqs_queue_name: is not valid, got "my queue"; 1 to 80',
  ],
  [
    "a line break after the name",
    { storage_sqs_queue_name: "orders\n" },
    "params.storage_sqs_queue_name: is not valid",
  ],
  [
    "an unknown key",
    { storage_sqs_que_name: "orders" },
    'params.storage_sqs_que_name: is not a setting, got "storage_sqs_que_name"; did you mean "storage_sqs_queue_name"? Known here: aws_region_name, ',
  ],
])("%s is one message with place, value, rule and remedy", (_what, params, message) => {
  expect(messageFor(withParams(params))).toContain(`cdktf.json context.${message}`);
});

test("an unknown key is answered with the nearest known one", () => {
  expect(messageFor(withParams({ aws_region: "eu-central-1" }))).toContain('did you mean "aws_region_name"?');
});

test("a mistake in a stack's own group is named by that group", () => {
  const context = { ...VALID, "no-auth-stack": { storage_sqs_queue_name: "a b" } };
  expect(messageFor(context)).toContain("context.no-auth-stack.storage_sqs_queue_name: is not valid");
});

test("no-auth-stack has no authorizer to set", () => {
  const context = { ...VALID, "no-auth-stack": { storage_sqs_queue_name: "q", authorizer_lambda_arn: ARN } };
  expect(messageFor(context)).toContain("context.no-auth-stack.authorizer_lambda_arn: is not a setting");
});

test.each<[string, object, string]>([
  [
    "no-auth-stack",
    { authorizer_lambda_arn: ARN },
    `is not a setting here, got "${ARN}"; it is a setting of auth-stack`,
  ],
  [
    "no-auth-stack",
    { authorizer_result_ttl_seconds: 5 },
    "is not a setting here, got 5; it is a setting of auth-stack",
  ],
  [
    "no-auth-stack",
    { forward_authorizer_keys: ["a"] },
    'is not a setting here, got ["a"]; it is a setting of auth-stack',
  ],
  ["params", { environment: "dev" }, 'is not a setting here, got "dev"; it is one of "context" itself'],
  [
    "auth-stack",
    { backend: { s3: {} } },
    'is not a setting here, got {"s3":{}}; it is one of "context" itself',
  ],
])("in %s, %j is sent where it belongs", (group, settings, message) => {
  const context = { params: VALID.params, "no-auth-stack": { storage_sqs_queue_name: "q" } };
  const given: object = { ...context[group as "params"], ...settings };
  const [key = ""] = Object.keys(settings);
  expect(messageFor({ ...context, [group]: given })).toContain(`context.${group}.${key}: ${message}`);
});

test("a setting outside its group is sent into one", () => {
  expect(messageFor({ ...VALID, fifo: true })).toBe(
    'cdktf.json context.fifo: is not a setting here, got true; it is one of a group. Move it into "params", for both stacks, or into "auth-stack" or "no-auth-stack".',
  );
});

test("a key that is like none is not guessed at", () => {
  expect(messageFor(withParams({ colour: "red" }))).toMatch(
    /context\.params\.colour: is not a setting, got "colour"; known here: aws_region_name, /,
  );
});

test("an unknown group is a mistake", () => {
  expect(messageFor({ ...VALID, param: {} })).toContain('context.param: is not a setting, got "param"');
});

test("a group that is not an object is a mistake", () => {
  expect(messageFor({ ...VALID, "auth-stack": [] })).toContain(
    "context.auth-stack: is not an object, got []",
  );
});

describe("the same queue for both stacks", () => {
  const sameName = { params: VALID.params };

  test("is a mistake", () => {
    expect(messageFor(sameName)).toContain(
      'context.params.storage_sqs_queue_name: is the queue of auth-stack too, got "orders"',
    );
  });

  test("is none in two Regions: they are two queues", () => {
    expect(messageFor({ ...sameName, "no-auth-stack": { aws_region_name: "eu-west-1" } })).toBe("");
  });
});

test("every mistake is told at once, and only once", () => {
  const lines = messageFor(withParams({ aws_region_name: "x", storage_sqs_queue_name: "a b" })).split("\n");
  expect(lines.map((line) => line.split(":")[0])).toEqual([
    "cdktf.json context.params.aws_region_name",
    "cdktf.json context.params.storage_sqs_queue_name",
  ]);
});

describe("keys inside a setting", () => {
  test.each<[object, string]>([
    [
      { message_group_id: { heder: "X" } },
      'message_group_id.heder: is not a setting, got "heder"; did you mean "header"?',
    ],
    [
      { message_group_id: { jsonPath: "$.a" } },
      'message_group_id.jsonPath: is not a setting, got "jsonPath"; did you mean "json_path"?',
    ],
    [{ message_group_id: {} }, "message_group_id: is not a source of a value, got {}; one of { "],
    [
      { message_group_id: { header: "A", query: "b" } },
      'message_group_id: is not a source of a value, got {"header":"A","query":"b"}; one of { ',
    ],
    [
      { message_group_id: { json_path: "a" } },
      'message_group_id.json_path: is not valid, got "a"; a path from $ over names and indices',
    ],
    [
      { cors: { allowOrigins: ["*"] } },
      'cors.allowOrigins: is not a setting, got "allowOrigins"; did you mean "allow_origins"?',
    ],
    [{ cors: {} }, 'cors.allow_origins: is missing, got nothing; an object with the keys "allow_origins", '],
    [{ response: { stauts: 1 } }, 'response.stauts: is not a setting, got "stauts"; did you mean "status"?'],
    [{ allow_origins: ["*"] }, 'allow_origins: is not a setting here, got ["*"]; it is one of "cors".'],
  ])("%j is told in the words of the file", (params, message) => {
    expect(messageFor(withParams(params))).toContain(`cdktf.json context.params.${message}`);
  });

  test("the example of a message is one that is taken", () => {
    const [, example = ""] = /Write for example (\{.*\})\.$/.exec(messageFor(withParams({ cors: {} }))) ?? [];
    expect(messageFor(withParams({ cors: JSON.parse(example) as unknown }))).toBe("");
  });

  test("what the user wrote is shown as it is", () => {
    expect(messageFor(withParams({ stage_name: "`fooBar`" }))).toContain('got "\\u0060fooBar\\u0060"');
  });
});
