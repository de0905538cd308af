import { encodedJson, synthesizedAuthStack } from "../../support/synthesized";
import type { AuthStackProps } from "../../../stacks/auth-stack";

const FOLDER = "lambda/token-authorizer";
const SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-token-AbCdEf";
const POOL = "arn:aws:cognito-idp:eu-west-1:210987654321:userpool/eu-west-1_AbCdEfGhI";
const METHOD = /^QueueLeveling_Post/;

const POOLS: Partial<AuthStackProps> = {
  authorization: "COGNITO_USER_POOLS",
  cognitoUserPoolArns: [POOL],
};

const curlOf = (props: Partial<AuthStackProps>) =>
  synthesizedAuthStack(props).json.output?.curl_example?.value;

/** Headers that a page may set. */
function allowedHeaders(props: Partial<AuthStackProps>): unknown {
  const stack = synthesizedAuthStack({ ...props, cors: { allowOrigins: ["https://shop.example"] } });
  const { response_parameters } = stack.only("aws_api_gateway_integration_response", /Preflight/);
  return (response_parameters as Record<string, string>)[
    "method.response.header.Access-Control-Allow-Headers"
  ];
}

describe("TOKEN", () => {
  test("reads the header that is named", () => {
    const props = { authorizerTokenHeader: "X-Api-Token" };
    expect(synthesizedAuthStack(props).only("aws_api_gateway_authorizer")).toMatchObject({
      type: "TOKEN",
      identity_source: "method.request.header.X-Api-Token",
    });
    expect(curlOf(props)).toContain(' -H "X-Api-Token: testtoken" ');
    expect(allowedHeaders(props)).toBe("'Content-Type,X-Api-Token'");
  });

  test("is invoked by a role that only API Gateway assumes, for this function alone", () => {
    const stack = synthesizedAuthStack({ authorizerInvocation: "role" });
    const role = stack.only("aws_iam_role", /InvocationRole/);
    expect(stack.resources("aws_lambda_permission")).toEqual({});
    expect(stack.only("aws_api_gateway_authorizer").authorizer_credentials).toBe(
      `\${aws_iam_role.${role.name_in_terraform}.arn}`,
    );
    expect(encodedJson(role.assume_role_policy)).toMatchObject({
      Statement: [{ Action: "sts:AssumeRole", Principal: { Service: "apigateway.amazonaws.com" } }],
    });
    expect(encodedJson(stack.only("aws_iam_role_policy", /InvocationRole/).policy)).toMatchObject({
      Statement: [
        { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "${var.authorizer_lambda_arn}" },
      ],
    });
  });

  test("leaves the permission to the function's owner, in the function's Region", () => {
    const stack = synthesizedAuthStack({ authorizerInvocation: "owners-permission" });
    const authorizer = stack.only("aws_api_gateway_authorizer");
    const region = '${element(split(":", var.authorizer_lambda_arn), 3)}';
    expect(stack.resources("aws_lambda_permission")).toEqual({});
    expect(authorizer).not.toHaveProperty("lifecycle");
    expect(authorizer.authorizer_uri).toContain(`:apigateway:${region}:lambda:`);
    expect(stack.json.output?.authorizer_permission_command?.value).toContain(
      `aws lambda add-permission --region ${region} --function-name \${var.authorizer_lambda_arn} `,
    );
  });

  test("gives no command where the stack adds the permission", () => {
    expect(synthesizedAuthStack().json.output).not.toHaveProperty("authorizer_permission_command");
  });
});

describe("REQUEST", () => {
  const sources: Partial<AuthStackProps> = {
    authorization: "REQUEST",
    authorizerIdentitySources: [
      { header: "X-Api-Client" },
      { query: "signature" },
      { stageVariable: "tenant" },
      { context: "identity.sourceIp" },
    ],
  };

  test("reads every kind of source", () => {
    expect(synthesizedAuthStack(sources).only("aws_api_gateway_authorizer")).toMatchObject({
      name: "request",
      type: "REQUEST",
      identity_source:
        "method.request.header.X-Api-Client,method.request.querystring.signature,stageVariables.tenant,context.identity.sourceIp",
    });
    expect(curlOf(sources)).toMatch(
      /^curl -X POST "[^"]+path_part\}\?signature=value" -H "X-Api-Client: value" /,
    );
    expect(allowedHeaders(sources)).toBe("'Content-Type,X-Api-Client'");
  });

  test("says that it reads nothing, since the provider would read Authorization", () => {
    const props = { authorization: "REQUEST", authorizerResultTtlSeconds: 0 } as const;
    expect(synthesizedAuthStack(props).only("aws_api_gateway_authorizer").identity_source).toBe("");
  });

  test("without a source, with answers that are remembered, is refused by the construct, too", () => {
    expect(() => synthesizedAuthStack({ authorization: "REQUEST" })).toThrow(
      "auth-stack/RequestAuthorizer.authorizerIdentitySources: is missing, got nothing; ",
    );
  });
});

describe("COGNITO_USER_POOLS", () => {
  test("asks the pools, for ID tokens", () => {
    const stack = synthesizedAuthStack(POOLS);
    const authorizer = stack.only("aws_api_gateway_authorizer");
    expect(authorizer).toMatchObject({ type: "COGNITO_USER_POOLS", provider_arns: [POOL] });
    expect(stack.only("aws_api_gateway_method", METHOD)).toMatchObject({
      authorization: "COGNITO_USER_POOLS",
      authorizer_id: `\${aws_api_gateway_authorizer.${authorizer.name_in_terraform}.id}`,
    });
    expect(stack.json.variable).not.toHaveProperty("authorizer_lambda_arn");
    expect(curlOf(POOLS)).toContain(' -H "Authorization: $ID_TOKEN" ');
  });

  test("asks for scopes, which access tokens have", () => {
    const props = { ...POOLS, authorizationScopes: ["orders/write"] };
    const method = synthesizedAuthStack(props).only("aws_api_gateway_method", METHOD);
    expect(method.authorization_scopes).toEqual(["orders/write"]);
    expect(curlOf(props)).toContain(' -H "Authorization: $ACCESS_TOKEN" ');
  });

  test("gives claims to messages", () => {
    const stack = synthesizedAuthStack({ ...POOLS, messageGroupId: { authorizer: "claims.sub" } });
    const { request_templates } = stack.only("aws_api_gateway_integration", METHOD);
    expect(JSON.stringify(request_templates)).toContain("$context.authorizer.claims.sub");
  });
});

describe("AWS_IAM", () => {
  const props = { authorization: "AWS_IAM" } as const;

  test("is what the method says, without an authorizer", () => {
    const stack = synthesizedAuthStack(props);
    expect(stack.only("aws_api_gateway_method", METHOD)).toMatchObject({ authorization: "AWS_IAM" });
    expect(stack.resources("aws_api_gateway_authorizer")).toEqual({});
    const method = /execution_arn\}\/\$\{.+stage_name\}\/POST\/\$\{.+path_part\}$/;
    expect(stack.json.output?.invoke_arns?.value).toEqual([expect.stringMatching(method)]);
  });

  test("is allowed for the batch by an ARN of its own", () => {
    const stack = synthesizedAuthStack({ ...props, batch: true });
    const batch = /\/POST\/\$\{.+path_part\}\/batch$/;
    expect(stack.json.output?.invoke_arns?.value).toEqual([
      expect.not.stringMatching(batch),
      expect.stringMatching(batch),
    ]);
  });

  test("is allowed whatever callers send for a path parameter", () => {
    const existing = {
      existingRestApiId: "a1b2c3d4e5",
      existingRestApiParentPath: "/{tenant}/in",
      stageName: "v1",
    };
    const stack = synthesizedAuthStack({ ...props, ...existing });
    const method = /:a1b2c3d4e5\/v1\/POST\/\*\/in\/\$\{.+path_part\}$/;
    expect(stack.json.output?.invoke_arns?.value).toEqual([expect.stringMatching(method)]);
  });

  test("is tried by a signature", () => {
    expect(curlOf(props)).toContain(
      ' --aws-sigv4 "aws:amz:${var.aws_region_name}:execute-api" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" ',
    );
    expect(allowedHeaders(props)).toBe("'Content-Type,Authorization,X-Amz-Date,X-Amz-Security-Token'");
  });
});

describe("a function that the stack makes", () => {
  const made = synthesizedAuthStack({ authorizerFunctionFolder: FOLDER });

  test("has a role for its own logs, which are not kept for ever", () => {
    const group = made.only("aws_cloudwatch_log_group");
    expect(group).toMatchObject({
      name: "/aws/lambda/queue-leveling-auth-stack",
      retention_in_days: 14,
    });
    expect(encodedJson(made.only("aws_iam_role_policy", /AuthorizerFunction/).policy)).toMatchObject({
      Statement: [
        {
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `\${aws_cloudwatch_log_group.${group.name_in_terraform}.arn}:*`,
        },
      ],
    });
  });

  test("takes its token from a sensitive variable without a default", () => {
    expect(made.json.variable?.authorizer_token).toMatchObject({ sensitive: true, nullable: false });
    expect(made.json.variable?.authorizer_token).not.toHaveProperty("default");
    expect(made.json.variable).not.toHaveProperty("authorizer_lambda_arn");
    expect(made.only("aws_lambda_function")).toMatchObject({
      filename: "${path.module}/authorizer-function.zip",
      environment: { variables: { AUTHORIZER_TOKEN: "${var.authorizer_token}" } },
    });
  });

  test("reads one secret instead, and nothing else", () => {
    const stack = synthesizedAuthStack({
      authorizerFunctionFolder: FOLDER,
      authorizerTokenSecretArn: SECRET,
    });
    expect(stack.json.variable).not.toHaveProperty("authorizer_token");
    expect(stack.only("aws_lambda_function").environment).toEqual({
      variables: { AUTHORIZER_TOKEN_SECRET_ARN: SECRET },
    });
    expect(encodedJson(stack.only("aws_iam_role_policy", /AuthorizerFunction/).policy)).toMatchObject({
      Statement: [{}, { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: SECRET }],
    });
  });

  test("has the environment in its name, as the queue has", () => {
    const props = { authorizerFunctionFolder: FOLDER, environment: "staging" };
    expect(synthesizedAuthStack(props).only("aws_lambda_function").function_name).toBe(
      "queue-leveling-auth-stack-staging",
    );
  });
});

test.each<[string, Parameters<typeof synthesizedAuthStack>[0], RegExp]>([
  ["a permission", {}, /^aws_lambda_permission\./],
  ["a role", { authorizerInvocation: "role" }, /^aws_iam_role_policy\..*InvokePolicy/],
])("the deployment waits for %s to invoke the function", (_what, props, address) => {
  const dependsOn = synthesizedAuthStack(props).only("aws_api_gateway_deployment").depends_on;
  expect(dependsOn).toContainEqual(expect.stringMatching(address));
  expect(dependsOn).toContainEqual(expect.stringMatching(/^aws_iam_role_policy\..*SendMessagePolicy/));
});
