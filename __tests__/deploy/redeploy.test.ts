import { functionArn } from "./authorizer-function";
import { type Change, ChangingStack } from "./changing-stack";
import { describeDeploy } from "./describe-deploy";
import { describeRestApi } from "./rest-api-description";

const REACHES_THE_STAGE: readonly Change[] = [
  {
    change: "the request template",
    overrides: {
      aws_api_gateway_integration: { "request_templates.application/json": "Action=SendMessage" },
    },
  },
  {
    change: "the response templates",
    overrides: { aws_api_gateway_integration_response: { "response_templates.application/json": "{}" } },
  },
  {
    change: "the integration's timeout",
    overrides: { aws_api_gateway_integration: { timeout_milliseconds: 7000 } },
  },
  {
    change: "the header that holds the token",
    overrides: { aws_api_gateway_authorizer: { identity_source: "method.request.header.X-Token" } },
  },
  {
    change: "the time for which an authorizer's answer is cached",
    overrides: { aws_api_gateway_authorizer: { authorizer_result_ttl_in_seconds: 60 } },
  },
  {
    change: "the method's authorization",
    overrides: { aws_api_gateway_method: { authorization: "AWS_IAM", authorizer_id: null } },
  },
  {
    change: "the API's resource policy",
    overrides: {
      aws_api_gateway_rest_api: {
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" }],
        }),
      },
    },
  },
  {
    change: "the authorizer's function, by variable",
    variable: `authorizer_lambda_arn=${functionArn("decide-anew")}`,
  },
];

describeDeploy("a change to what API Gateway freezes into a deployment", () => {
  let stack: ChangingStack;

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
  });

  afterAll(() => stack.workspace.close());

  test.each(REACHES_THE_STAGE)("$change: the stage gets a new deployment", async (change) => {
    const before = await describeRestApi(stack.workspace.aws);
    await stack.apply(change);
    const { api, stages, deploymentIds } = await describeRestApi(stack.workspace.aws);
    expect(api.id).toBe(before.api.id);
    expect(deploymentIds).toHaveLength(1);
    expect(deploymentIds).not.toEqual(before.deploymentIds);
    expect(stages.map(({ deploymentId }) => deploymentId)).toEqual(deploymentIds);
    await stack.expectNothingToChange();
  });
});
