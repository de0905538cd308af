import { readStack } from "../../../../local/terraform/read-stack";

/** Value that an expression has in a stack, seen through a queue's key: any text will do there. */
function valueOf(expression: string, blocks: Record<string, unknown> = {}): string | undefined {
  const { resource = {}, ...others } = blocks as { resource?: object };
  const document = {
    provider: { aws: { region: "eu-west-1" } },
    ...others,
    resource: { aws_sqs_queue: { Probe: { name: "probe", kms_master_key_id: expression } }, ...resource },
  };
  const { queues } = readStack({ document, name: "s", environment: {}, accountId: "123456789012" });
  return queues[0]?.attributes.KmsMasterKeyId;
}

const LAMBDA = "arn:aws:lambda:eu-west-1:123456789012:function:f";
const invoke = (arn: string): string =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`;

describe("attributes that AWS computes have AWS's format", () => {
  const resource = {
    aws_lambda_function: { F: { function_name: "f" }, P: { function_name: "f", publish: true } },
    aws_lambda_alias: {
      Live: { name: "live", function_name: "${aws_lambda_function.F.arn}", function_version: "1" },
    },
    aws_kms_key: { K: {} },
    aws_kms_alias: { A: { name: "alias/a", target_key_id: "${aws_kms_key.K.key_id}" } },
    aws_cloudwatch_log_group: { L: { name: "/logs" } },
    aws_iam_role: {
      R: { name: "r", path: "/p/", assume_role_policy: "{}" },
      Unnamed: { name_prefix: "pre-" },
    },
    aws_sqs_queue_policy: {},
    aws_api_gateway_rest_api: { Api: { name: "api" } },
    aws_api_gateway_resource: {
      A: {
        rest_api_id: "${aws_api_gateway_rest_api.Api.id}",
        parent_id: "${aws_api_gateway_rest_api.Api.root_resource_id}",
        path_part: "a",
      },
      B: {
        rest_api_id: "${aws_api_gateway_rest_api.Api.id}",
        parent_id: "${aws_api_gateway_resource.A.id}",
        path_part: "{b}",
      },
    },
    aws_api_gateway_stage: {
      S: { rest_api_id: "${aws_api_gateway_rest_api.Api.id}", deployment_id: "d", stage_name: "prod" },
    },
  };
  const data = {
    aws_caller_identity: { Me: {} },
    aws_partition: { P: {} },
    aws_region: { R: {} },
    aws_lambda_function: { F: { function_name: "f", qualifier: "7" } },
    aws_sqs_queue: { Q: { name: "q" } },
    aws_kms_alias: { Sqs: { name: "alias/aws/sqs" } },
  };

  it.each<[string, string | RegExp]>([
    ["aws_lambda_function.F.arn", LAMBDA],
    ["aws_lambda_function.F.invoke_arn", invoke(LAMBDA)],
    ["aws_lambda_function.F.qualified_arn", `${LAMBDA}:$LATEST`],
    ["aws_lambda_function.P.qualified_invoke_arn", invoke(`${LAMBDA}:1`)],
    ["aws_lambda_alias.Live.invoke_arn", invoke(`${LAMBDA}:live`)],
    ["data.aws_lambda_function.F.qualified_arn", `${LAMBDA}:7`],
    [
      "aws_kms_key.K.arn",
      /^arn:aws:kms:eu-west-1:123456789012:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    ],
    ["aws_kms_alias.A.arn", "arn:aws:kms:eu-west-1:123456789012:alias/a"],
    ["aws_kms_alias.A.target_key_arn == aws_kms_key.K.arn", "true"],
    ["data.aws_kms_alias.Sqs.target_key_arn", /^arn:aws:kms:eu-west-1:123456789012:key\/[0-9a-f-]{36}$/],
    ["aws_cloudwatch_log_group.L.arn", "arn:aws:logs:eu-west-1:123456789012:log-group:/logs"],
    ["aws_iam_role.R.arn", "arn:aws:iam::123456789012:role/p/r"],
    ["aws_iam_role.R.id", "r"],
    ["aws_iam_role.Unnamed.name", /^pre-[a-z0-9]{26}$/],
    ["data.aws_caller_identity.Me.account_id", "123456789012"],
    ["data.aws_partition.P.dns_suffix", "amazonaws.com"],
    ["data.aws_region.R.name", "eu-west-1"],
    ["data.aws_sqs_queue.Q.url", "https://sqs.eu-west-1.amazonaws.com/123456789012/q"],
    ["aws_api_gateway_resource.B.path", "/a/{b}"],
    ["aws_api_gateway_rest_api.Api.arn", /^arn:aws:apigateway:eu-west-1::\/restapis\/[a-z0-9]{10}$/],
    [
      "aws_api_gateway_rest_api.Api.execution_arn",
      /^arn:aws:execute-api:eu-west-1:123456789012:[a-z0-9]{10}$/,
    ],
    [
      "aws_api_gateway_stage.S.invoke_url",
      /^https:\/\/[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com\/prod$/,
    ],
    ["aws_api_gateway_stage.S.id", /^ags-[a-z0-9]{10}-prod$/],
  ])("%s", (expression, expected) => {
    const value = valueOf(`\${${expression}}`, { resource, data });
    if (typeof expected === "string") expect(value).toBe(expected);
    else expect(value).toMatch(expected);
  });

  it("has a stand-in where it is not known, whatever its name", () => {
    const text = valueOf("${aws_kms_key.K.constructor}", { resource });
    expect(text).toMatch(/^stand-in-[a-z0-9]{12}$/);
    expect(valueOf("${aws_kms_key.K.constructor}", { resource })).toBe(text);
  });
});

describe("aws_iam_policy_document", () => {
  function document(body: Record<string, unknown>): unknown {
    const data = { aws_iam_policy_document: { D: body } };
    return JSON.parse(valueOf("${data.aws_iam_policy_document.D.json}", { data }) ?? "");
  }

  it("renders statements, principals and conditions", () => {
    const statement = [
      {
        sid: "Tls",
        effect: "Deny",
        not_actions: ["sqs:GetQueueUrl", "sqs:GetQueueAttributes"],
        resources: ["*"],
        principals: [{ type: "*", identifiers: ["*"] }],
        condition: [
          { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
          { test: "StringEquals", variable: "aws:SourceAccount", values: ["1", "2"] },
        ],
      },
      {
        actions: ["sts:AssumeRole"],
        principals: [
          { type: "Service", identifiers: ["apigateway.amazonaws.com"] },
          { type: "AWS", identifiers: ["123456789012"] },
        ],
      },
    ];
    expect(document({ statement })).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Tls",
          Effect: "Deny",
          NotAction: ["sqs:GetQueueUrl", "sqs:GetQueueAttributes"],
          Resource: "*",
          Principal: "*",
          Condition: {
            Bool: { "aws:SecureTransport": "false" },
            StringEquals: { "aws:SourceAccount": ["1", "2"] },
          },
        },
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "apigateway.amazonaws.com", AWS: "123456789012" },
        },
      ],
    });
  });

  it("puts source documents before its own statements; the last of a sid stays", () => {
    const source = (sid: string, action: string): string =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: { Sid: sid, Effect: "Allow", Action: action, Resource: "*" },
      });
    expect(
      document({
        source_policy_documents: [source("a", "s3:*"), source("b", "sns:*")],
        statement: { sid: "b", actions: ["sqs:*"], resources: ["*"] },
        override_policy_documents: [source("a", "ec2:*")],
      }),
    ).toMatchObject({
      Statement: [
        { Sid: "a", Action: "ec2:*" },
        { Sid: "b", Action: "sqs:*" },
      ],
    });
  });

  it("refuses source documents that are no policies", () => {
    expect(() => document({ source_policy_documents: ["x"] })).toThrow(
      'data.aws_iam_policy_document.D.source_policy_documents: is not a policy, got "x"',
    );
  });
});

describe("the names that a certificate is validated by", () => {
  const names = (certificate: object): string | undefined =>
    valueOf(
      'names: ${join(",", [for o in aws_acm_certificate.C.domain_validation_options : o.domain_name])}',
      {
        resource: { aws_acm_certificate: { C: { domain_name: "a.example", ...certificate } } },
      },
    );

  it("are those of the certificate, each once", () => {
    const others = ["b.example", "a.example"];
    expect(names({ validation_method: "DNS", subject_alternative_names: others })).toBe(
      "names: a.example,b.example",
    );
  });

  it("are none where it is validated by mail", () => {
    expect(names({ validation_method: "EMAIL" })).toBe("names: ");
  });
});
