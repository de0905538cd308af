import { readStack } from "../../../../local/terraform/read-stack";
import { StackError } from "../../../../local/terraform/stack-error";
import type { StackModel } from "../../../../local/terraform/stack-model";

type Body = Record<string, unknown>;

const API = "${aws_api_gateway_rest_api.api.id}";
const ON_METHOD = {
  rest_api_id: API,
  resource_id: "${aws_api_gateway_rest_api.api.root_resource_id}",
  http_method: "POST",
};

const trust = JSON.stringify({
  Statement: {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "apigateway.amazonaws.com" },
  },
});

/** A POST at the root that a mock answers; each test spoils one part of it. */
function resources(): Record<string, Body> {
  return {
    aws_api_gateway_rest_api: { api: { name: "api" } },
    aws_api_gateway_method: { post: { ...ON_METHOD, authorization: "NONE" } },
    aws_api_gateway_integration: { post: { ...ON_METHOD, type: "MOCK" } },
  };
}

function read(resource: Record<string, unknown>, more: Record<string, unknown> = {}): StackModel {
  return readStack({
    document: { provider: { aws: { region: "us-east-1" } }, resource, ...more },
    name: "stack",
    environment: {},
  });
}

function problemsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof StackError) return error.message.split("\n");
    throw error;
  }
  return [];
}

function problems(added: Record<string, unknown>, more: Record<string, unknown> = {}): string[] {
  return problemsOf(() => read({ ...resources(), ...added }, more));
}

it("accepts the stack that the other tests spoil", () => {
  expect(problems({})).toEqual([]);
});

describe("what is not supported is refused by address", () => {
  it("an authorization that API Gateway does not have", () => {
    expect(problems({ aws_api_gateway_method: { post: { ...ON_METHOD, authorization: "OAUTH" } } })).toEqual([
      'aws_api_gateway_method.post.authorization: is not supported by the local gateway, got "OAUTH"; NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS are allowed',
    ]);
  });

  it.each([
    [
      "CUSTOM",
      {
        type: "COGNITO_USER_POOLS",
        provider_arns: ["arn:aws:cognito-idp:eu-central-1:1:userpool/eu-central-1_a"],
      },
      'aws_api_gateway_method.post.authorizer_id: is an authorizer of another kind than the method\'s authorization, CUSTOM, got "COGNITO_USER_POOLS"; one of type TOKEN or REQUEST is allowed. Refer to another authorizer, or change the authorization',
    ],
    [
      "COGNITO_USER_POOLS",
      { type: "COGNITO_USER_POOLS" },
      'aws_api_gateway_authorizer.a.provider_arns: does not name user pools, got ""; arn:<partition>:cognito-idp:<region>:<account>:userpool/<pool id> is allowed. Use the ARNs of Cognito\'s user pools',
    ],
    [
      "COGNITO_USER_POOLS",
      { type: "COGNITO_USER_POOLS", provider_arns: ["eu-central-1_a"] },
      'aws_api_gateway_authorizer.a.provider_arns: does not name user pools, got "eu-central-1_a"; arn:<partition>:cognito-idp:<region>:<account>:userpool/<pool id> is allowed. Use the ARNs of Cognito\'s user pools',
    ],
  ])("authorization %s with an authorizer %j", (authorization, authorizer, message) => {
    const method = { ...ON_METHOD, authorization, authorizer_id: "${aws_api_gateway_authorizer.a.id}" };
    expect(
      problems({
        aws_api_gateway_method: { post: method },
        aws_api_gateway_authorizer: { a: { rest_api_id: "x", name: "a", ...authorizer } },
      }),
    ).toEqual([message]);
  });

  it("an OpenAPI body that API Gateway can't read", () => {
    expect(problems({ aws_api_gateway_rest_api: { api: { name: "api", body: "{}" } } })).toEqual([
      'aws_api_gateway_rest_api.api.body: is refused by AWS with "Invalid OpenAPI input." (it says neither swagger "2.0" nor openapi "3.0.x", which API Gateway reads). Mend the document',
    ]);
  });

  it("a module that is not on this machine", () => {
    expect(problems({}, { module: { queue: { source: "terraform-aws-modules/sqs/aws" } } })[0]).toBe(
      'module.queue.source: is a module that is not on this machine, got "terraform-aws-modules/sqs/aws". Run `terraform init` in the stack\'s folder',
    );
  });
});

describe("what AWS itself refuses is refused", () => {
  it("a method without integration", () => {
    expect(problems({ aws_api_gateway_integration: {} })[0]).toMatch(
      /^aws_api_gateway_method\.post: has no integration/,
    );
  });

  it("an authorizer that is not there", () => {
    const method = { ...ON_METHOD, authorization: "CUSTOM", authorizer_id: "abc" };
    expect(problems({ aws_api_gateway_method: { post: method } })[0]).toMatch(
      /^aws_api_gateway_method\.post\.authorizer_id: is not in this stack, got "abc"/,
    );
  });

  it("an integration response without method response", () => {
    const response = { ...ON_METHOD, status_code: "200" };
    expect(problems({ aws_api_gateway_integration_response: { ok: response } })[0]).toMatch(
      /^aws_api_gateway_integration_response\.ok\.status_code: has no method response, got "200"/,
    );
  });

  it("an undeclared response header", () => {
    const added = {
      aws_api_gateway_method_response: { ok: { ...ON_METHOD, status_code: "200" } },
      aws_api_gateway_integration_response: {
        ok: { ...ON_METHOD, status_code: "200", response_parameters: { "method.response.header.X": "'1'" } },
      },
    };
    expect(problems(added)[0]).toMatch(
      /^aws_api_gateway_integration_response\.ok\.response_parameters: .*got "method\.response\.header\.X"/,
    );
  });

  it("an undeclared request parameter", () => {
    const integration = {
      ...ON_METHOD,
      type: "MOCK",
      request_parameters: { "integration.request.header.X": "method.request.header.Y" },
    };
    expect(problems({ aws_api_gateway_integration: { post: integration } })[0]).toMatch(
      /^aws_api_gateway_integration\.post\.request_parameters: .*got "method\.request\.header\.Y"/,
    );
  });

  const sending = {
    ...ON_METHOD,
    type: "AWS",
    integration_http_method: "POST",
    uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/q",
    credentials: "arn:aws:iam::123456789012:role/sender",
  };

  it.each([
    ["credentials", undefined, "has no value, without which AWS refuses the integration; arn:<partition>"],
    ["credentials", "", "has no value, without which AWS refuses the integration; arn:<partition>"],
    [
      "credentials",
      "sender",
      'is no role\'s ARN, got "sender"; arn:<partition>:iam::<account>:role/<name> is',
    ],
    ["credentials", "arn:aws:iam::123456789012:user/sender", "is no role's ARN"],
    ["credentials", "arn:aws:iam::12345:role/sender", "is no role's ARN"],
    ["credentials", "arn:aws:iam::123456789012:role/", "is no role's ARN"],
    ["credentials", "arn:aws:sts::123456789012:assumed-role/sender/me", "is no role's ARN"],
    ["integration_http_method", undefined, "has no value, without which AWS refuses the integration. Set it"],
    ["integration_http_method", "", "has no value, without which AWS refuses the integration. Set it"],
    ["uri", undefined, "has no value, without which AWS refuses the integration. Name what it calls"],
    ["uri", "arn:aws:sqs:us-east-1:123456789012:q", "is no URI of an AWS service, got"],
    ["uri", "arn:aws:apigateway:us-east-1:sqs:queue/q", "is no URI of an AWS service, got"],
    ["response_transfer_mode", "STREAM", 'is for proxy integrations, got "STREAM"; BUFFERED is, for'],
  ])("an integration with SQS whose %s is %j", (name, value, message) => {
    const [problem] = problems({ aws_api_gateway_integration: { post: { ...sending, [name]: value } } });
    expect(problem).toContain(`aws_api_gateway_integration.post.${name}: ${message}`);
  });

  it.each(["sqs:path/123456789012/q", "lambda:path/random/value/f/invocations"])(
    "an integration of type AWS_PROXY with %s",
    (target) => {
      const uri = `arn:aws:apigateway:us-east-1:${target}`;
      expect(
        problems({ aws_api_gateway_integration: { post: { ...sending, type: "AWS_PROXY", uri } } })[0],
      ).toBe(
        `aws_api_gateway_integration.post.uri: is nothing that AWS lets an integration of type AWS_PROXY call, got "${uri}"; functions of Lambda and streams of Firehose are allowed`,
      );
    },
  );

  it.each([
    { ...sending, credentials: "arn:aws-us-gov:iam::123456789012:role/service/queue+sender" },
    { ...sending, response_transfer_mode: "BUFFERED" },
    { ...ON_METHOD, type: "MOCK", response_transfer_mode: null },
  ])("and not an integration that it takes: %j", (integration) => {
    expect(problems({ aws_api_gateway_integration: { post: integration } })).toEqual([]);
  });

  it("two resources that are one on AWS", () => {
    const method = { ...ON_METHOD, authorization: "NONE" };
    expect(problems({ aws_api_gateway_method: { post: method, again: method } })).toEqual([
      'aws_api_gateway_method.again: is the same on AWS as aws_api_gateway_method.post, got "POST". Remove or rename one',
    ]);
  });

  it("an unknown model", () => {
    const method = { ...ON_METHOD, authorization: "NONE", request_models: { "application/json": "Order" } };
    expect(problems({ aws_api_gateway_method: { post: method } })[0]).toMatch(
      /^aws_api_gateway_method\.post\.request_models: .*got "Order"/,
    );
  });

  it.each([
    [
      "a keyword that API Gateway refuses",
      '{"requird":[]}',
      "at /requird: is a keyword that API Gateway refuses",
    ],
    ["one deep inside", '{"properties":{"a":{"example":1}}}', "at /properties/a/example: is a keyword"],
    ["a remote reference", '{"$ref":"https://example.com/a.json"}', "at /$ref: is not draft 4"],
    ["a duplicate in an enum", '{"enum":[1,1]}', "at /enum: is not draft 4"],
    ["no JSON", "{", "is not JSON"],
  ])("a model with %s", (_what, schema, message) => {
    const model = { rest_api_id: API, name: "Order", content_type: "application/json", schema };
    expect(problems({ aws_api_gateway_model: { order: model } })).toEqual([
      expect.stringContaining(`aws_api_gateway_model.order.schema: ${message}`),
    ]);
  });

  it.each([
    { function_name: "authorizer", qualifier: "$LATEST" },
    { function_name: "arn:aws:lambda:us-east-1:123456789012:function:authorizer:$LATEST" },
  ])("a permission for $LATEST: %j", (named) => {
    const permission = { ...named, action: "lambda:InvokeFunction", principal: "apigateway.amazonaws.com" };
    expect(problems({ aws_lambda_permission: { call: permission } })).toEqual([
      expect.stringMatching(
        /^aws_lambda_permission\.call: gives a permission for \$LATEST, which AWS refuses/,
      ),
    ]);
  });

  it("parts of an API that is not in the stack", () => {
    const method = { ...ON_METHOD, rest_api_id: "elsewhere", authorization: "NONE" };
    expect(
      problems({ aws_api_gateway_method: { lost: method, post: { ...ON_METHOD, authorization: "NONE" } } }),
    ).toEqual([
      expect.stringMatching(
        /^aws_api_gateway_method\.lost\.rest_api_id: is not in this stack, got "elsewhere"/,
      ),
    ]);
  });

  it.each([
    [{ name: "a b" }, 'name: is no queue\'s name, got "a b"; 1 to 80 letters'],
    [{ name: "a".repeat(81) }, "name: is no queue's name"],
    [{ delay_seconds: -1 }, "delay_seconds: is out of range, got -1; 0 to 900 are allowed"],
    [{ visibility_timeout_seconds: 1.5 }, "visibility_timeout_seconds: is out of range, got 1.5; 0 to 43200"],
    [{ max_message_size: 1_048_577 }, "max_message_size: is out of range"],
    [{ redrive_policy: "x" }, 'redrive_policy: is not a JSON object, got "x". Write it with jsonencode'],
    [{ redrive_allow_policy: "[]" }, 'redrive_allow_policy: is not a JSON object, got "[]"'],
  ])("a queue with %j", (attributes, message) => {
    expect(problems({ aws_sqs_queue: { q: { name: "q", ...attributes } } })).toEqual([
      expect.stringContaining(`aws_sqs_queue.q.${message}`),
    ]);
  });

  it("a timeout out of range", () => {
    const integration = { ...ON_METHOD, type: "MOCK", timeout_milliseconds: 49 };
    expect(problems({ aws_api_gateway_integration: { post: integration } })[0]).toMatch(
      /^aws_api_gateway_integration\.post\.timeout_milliseconds: .*got 49; 50 to 300000/,
    );
  });
});

describe("values that can't be worked out", () => {
  it("a circle of locals is told, not followed for ever", () => {
    const locals = { a: "${local.b}", b: "x${local.a}" };
    expect(problems({ aws_sqs_queue: { q: { name: "${local.a}" } } }, { locals })).toEqual([
      "local.a: needs its own value (local.a → local.b → local.a). Break the circle",
    ]);
  });

  it("a circle of resource attributes", () => {
    const queue = { a: { name: "${aws_sqs_queue.b.name}" }, b: { name: "${aws_sqs_queue.a.name}" } };
    expect(problems({ aws_sqs_queue: queue })[0]).toContain(
      "aws_sqs_queue.a.name → aws_sqs_queue.b.name → aws_sqs_queue.a.name",
    );
  });

  it("a resource without a parent", () => {
    const resource = { rest_api_id: API, parent_id: "nobody", path_part: "x" };
    expect(problems({ aws_api_gateway_resource: { x: resource } })[0]).toMatch(
      /^aws_api_gateway_resource\.x\.parent_id: is no resource of this stack, got "nobody"/,
    );
  });

  it("a variable without a value", () => {
    const variable = { name: { type: "string" } };
    expect(problems({ aws_sqs_queue: { q: { name: "${var.name}" } } }, { variable })).toEqual([
      "var.name: has no value; it has no default. Set TF_VAR_name to it",
    ]);
  });

  it("a variable of the wrong type", () => {
    const document = {
      variable: { n: { type: "number" } },
      resource: { aws_sqs_queue: { q: { delay_seconds: "${var.n}", name: "q", region: "eu-west-1" } } },
    };
    expect(problemsOf(() => readStack({ document, environment: {}, variables: [["n", "ten"]] }))).toEqual([
      'var.n: a number is needed here, not "ten", got "ten"; its type is number',
    ]);
  });

  it("a value of the wrong type", () => {
    expect(problems({ aws_sqs_queue: { q: { name: ["q"] } } })).toEqual([
      "aws_sqs_queue.q.name: a string is needed here, not a list",
    ]);
  });

  it("an unknown reference", () => {
    expect(problems({ aws_sqs_queue: { q: { name: "${aws_x.y.z}" } } })).toEqual([
      'aws_sqs_queue.q.name: can\'t be worked out: there is no aws_x.y in the stack, got "${aws_x.y.z}"',
    ]);
  });

  it("a number that only an apply tells, unless nobody needs it", () => {
    const added = {
      aws_vpc: { v: { cidr_block: "10.0.0.0/16" } },
      aws_sqs_queue: {
        q: { name: "q", delay_seconds: "${aws_vpc.v.delay}", max_message_size: "${aws_vpc.v.size + 1}" },
      },
    };
    const mend = (address: string) =>
      `Give it by --stand-in '${address}=<value>', or give the output of \`terraform show -json\` after an apply`;
    expect(problems(added)).toEqual([
      `aws_sqs_queue.q.delay_seconds: needs aws_vpc.v.delay, which is known only after an apply. ${mend("aws_vpc.v.delay")}`,
    ]);
  });

  it("a region that is no text", () => {
    const document = { resource: { aws_sqs_queue: { q: { name: "q" } } } };
    expect(readStack({ document, environment: { AWS_REGION: "cn-north-1" } }).queues[0]).toMatchObject({
      arn: "arn:aws-cn:sqs:cn-north-1:000000000000:q",
      url: "https://sqs.cn-north-1.amazonaws.com.cn/000000000000/q",
    });
  });

  it("all problems are told at once", () => {
    const added = {
      aws_api_gateway_integration: { post: { ...ON_METHOD, type: "HTTP" } },
      aws_sqs_queue: { a: { name: "${var.a}" }, b: { name: "${nope()}" } },
    };
    expect(problems(added).map((line) => line.split(":")[0])).toEqual([
      "aws_api_gateway_integration.post.uri",
      "aws_sqs_queue.a.name",
      "aws_sqs_queue.b.name",
    ]);
  });
});

describe("policies that AWS refuses", () => {
  const statement = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" };
  const role = { name: "r", assume_role_policy: trust };
  const sending = {
    post: {
      ...ON_METHOD,
      type: "AWS",
      integration_http_method: "POST",
      uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/q",
      credentials: "${aws_iam_role.r.arn}",
    },
  };

  it.each<[string, string, Record<string, unknown>]>([
    ["of a queue", "aws_sqs_queue.q.policy", { aws_sqs_queue: { q: { name: "q", policy: "[]" } } }],
    [
      "of a queue, apart",
      "aws_sqs_queue_policy.p.policy",
      {
        aws_sqs_queue: { q: { name: "q" } },
        aws_sqs_queue_policy: {
          p: {
            queue_url: "${aws_sqs_queue.q.url}",
            policy: JSON.stringify({ Statement: { ...statement, Principal: null } }),
          },
        },
      },
    ],
    [
      "of an API",
      "aws_api_gateway_rest_api.api.policy",
      {
        aws_api_gateway_rest_api: { api: { name: "api", policy: JSON.stringify({ Statement: statement }) } },
      },
    ],
    [
      "of a role's trust",
      "aws_iam_role.r.assume_role_policy",
      {
        aws_api_gateway_integration: sending,
        aws_iam_role: { r: { ...role, assume_role_policy: '{"Statement":[]}' } },
      },
    ],
    [
      "of a role",
      "aws_iam_role_policy.p.policy",
      {
        aws_api_gateway_integration: sending,
        aws_iam_role: { r: role },
        aws_iam_role_policy: {
          p: { role: "r", policy: JSON.stringify({ Statement: { ...statement, Principal: "*" } }) },
        },
      },
    ],
    [
      "within a role",
      "aws_iam_role.r.inline_policy.policy",
      {
        aws_api_gateway_integration: sending,
        aws_iam_role: { r: { ...role, inline_policy: [{ name: "p", policy: '{"Statement":{}}' }] } },
      },
    ],
    [
      "attached to a role",
      "aws_iam_policy.p.policy",
      {
        aws_api_gateway_integration: sending,
        aws_iam_role: { r: role },
        aws_iam_policy: { p: { name: "p", policy: JSON.stringify({ Statement: statement }) } },
        aws_iam_role_policy_attachment: { a: { role: "r", policy_arn: "${aws_iam_policy.p.arn}" } },
      },
    ],
  ])("%s", (_, address, added) => {
    expect(problems(added)).toEqual([expect.stringContaining(`${address}: is a policy that AWS refuses (`)]);
  });
});
