import { functionArn, invocationPolicy } from "../support/deploy/authorizer-function";
import { awsSnapshot } from "../support/deploy/aws-snapshot";
import { ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION } from "../support/deploy/emulated-aws";
import { callLambda } from "../support/deploy/lambda-api";
import { describeRestApi } from "../support/deploy/rest-api-description";
import { describeRoles } from "../support/deploy/role-description";
import { succeeded } from "../support/deploy/succeeded";
import { SETTING_GROUPS } from "../support/setting-groups";

const POOL = `arn:aws:cognito-idp:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:userpool/${EMULATED_REGION}_AbCdEfGhI`;

const REQUEST = SETTING_GROUPS["a REQUEST authorizer that a role invokes"].settings;
const COGNITO = {
  authorization: "COGNITO_USER_POOLS",
  authorization_scopes: ["orders/write"],
  cognito_user_pool_arns: [POOL],
};

/** What a folder's function is called in the emulated AWS. */
const MADE = "queue-leveling-auth-stack";
const TOKEN = "correct-horse-battery";

interface LambdaDescription {
  readonly Configuration: {
    readonly Runtime: string;
    readonly Architectures: string[];
    readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
  };
}

describeDeploy("kinds of authorization on a deployed stack", () => {
  let stack: ChangingStack;
  let before: unknown;

  /** An authorizer that is made anew has another id. */
  const snapshot = async () => {
    const { authorizers } = await describeRestApi(stack.workspace.aws);
    const text = JSON.stringify(await awsSnapshot(stack.workspace.aws));
    return JSON.parse(text.replaceAll(authorizers[0]?.id ?? "none", "<authorizer>")) as unknown;
  };

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
    before = await snapshot();
  });

  afterAll(() => stack.workspace.close());

  test("REQUEST: a role that API Gateway assumes invokes the function, and may do nothing else", async () => {
    await stack.applyOnly(REQUEST);
    const { post, authorizers } = await describeRestApi(stack.workspace.aws);
    const roles = await describeRoles(stack.workspace.aws);
    expect(authorizers).toEqual([
      expect.objectContaining({
        type: "REQUEST",
        identitySource:
          "method.request.header.X-Api-Client,method.request.querystring.signature,stageVariables.tenant,context.identity.sourceIp",
      }),
    ]);
    expect(post).toMatchObject({ authorizationType: "CUSTOM", authorizerId: authorizers[0]?.id });
    const invoking = roles.find(({ arn }) => arn === authorizers[0]?.authorizerCredentials);
    expect(invoking?.inlinePolicies).toEqual([
      {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: functionArn("decide") }],
      },
    ]);
    expect(await invocationPolicy(stack.workspace.aws, "decide")).toEqual([]);
    await stack.expectNothingToChange();
  });

  test("COGNITO_USER_POOLS: the method asks for a scope of a token of the pool", async () => {
    await stack.applyOnly(COGNITO);
    const { post, authorizers } = await describeRestApi(stack.workspace.aws);
    expect(authorizers).toEqual([
      expect.objectContaining({ type: "COGNITO_USER_POOLS", providerARNs: [POOL] }),
    ]);
    expect(post).toMatchObject({
      authorizationType: "COGNITO_USER_POOLS",
      authorizerId: authorizers[0]?.id,
      authorizationScopes: ["orders/write"],
    });
    await stack.expectNothingToChange();
  });

  test("AWS_IAM: the method asks for a signature, and no authorizer is left", async () => {
    await stack.applyOnly({ authorization: "AWS_IAM" });
    const { post, authorizers } = await describeRestApi(stack.workspace.aws);
    expect(post.authorizationType).toBe("AWS_IAM");
    expect([post.authorizerId ?? "", post.authorizationScopes ?? []]).toEqual(["", []]);
    expect(authorizers).toEqual([]);
    await stack.expectNothingToChange();
  });

  test("somebody else's function: the command in the output is what its owner has to run", async () => {
    await stack.applyOnly(SETTING_GROUPS["somebody else's function"].settings);
    const { api, authorizers } = await describeRestApi(stack.workspace.aws);
    const { output } = await succeeded(stack.terraform("output", "-raw", "authorizer_permission_command"));
    const id = authorizers[0]?.id ?? "";
    expect(output.trim()).toBe(
      [
        "aws lambda add-permission --region eu-west-1",
        "--function-name arn:aws:lambda:eu-west-1:210987654321:function:theirs:live",
        `--statement-id queue-leveling-${id} --action lambda:InvokeFunction --principal apigateway.amazonaws.com`,
        `--source-arn arn:aws:execute-api:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:${api.id ?? ""}/authorizers/${id}`,
      ].join(" "),
    );
    expect(authorizers[0]?.authorizerUri).toContain("arn:aws:apigateway:eu-west-1:lambda:path/");
    await stack.expectNothingToChange();
  });

  test("a function of the stack's own: made from its folder, with the token of the variable", async () => {
    await stack.applyOnly({});
    const change = {
      change: "a made function",
      params: SETTING_GROUPS["a function that the stack makes"].settings,
      variable: `authorizer_token=${TOKEN}`,
    };
    expect(await stack.apply(change)).not.toContain(TOKEN);
    const { authorizers } = await describeRestApi(stack.workspace.aws);
    const { Configuration } = (await callLambda(
      stack.workspace.aws,
      "GET",
      `/functions/${MADE}`,
    )) as LambdaDescription;
    expect(Configuration).toMatchObject({ Runtime: "nodejs22.x", Architectures: ["arm64"] });
    expect(Configuration.Environment.Variables).toEqual({ AUTHORIZER_TOKEN: TOKEN });
    expect(authorizers[0]?.authorizerUri).toContain(functionArn(MADE));
    expect(await invocationPolicy(stack.workspace.aws, MADE)).toHaveLength(1);
    await stack.expectNothingToChange();
  });

  test("synthesized anew, the archive is the same", async () => {
    await stack.workspace.synth();
    await stack.expectNothingToChange();
  });

  test("all taken back, AWS is as it was before, without a function", async () => {
    await stack.applyOnly({});
    expect(await snapshot()).toEqual(before);
    expect(await callLambda(stack.workspace.aws, "GET", `/functions/${MADE}`)).toBeUndefined();
    await stack.expectNothingToChange();
  });

  test("a role and a secret: the function may read that secret alone", async () => {
    const { base, settings } = SETTING_GROUPS["a function that the stack makes, with its token in a secret"];
    await stack.applyOnly({ ...base, ...settings, authorizer_invocation: "role" });
    const roles = await describeRoles(stack.workspace.aws);
    const statements = roles.flatMap(({ inlinePolicies }) => JSON.stringify(inlinePolicies));
    expect(statements.filter((text) => text.includes("secretsmanager"))).toEqual([
      expect.stringContaining(
        `{"Action":"secretsmanager:GetSecretValue","Effect":"Allow","Resource":"${settings.authorizer_token_secret_arn}"}`,
      ),
    ]);
    await stack.expectNothingToChange();
  });
});
