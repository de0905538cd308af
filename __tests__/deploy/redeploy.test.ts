import { functionArn } from "../support/deploy/authorizer-function";
import { type Change, ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { describeRestApi } from "../support/deploy/rest-api-description";

const REACHES_THE_STAGE: readonly Change[] = [
  { change: "the request templates", params: { content_types: ["application/json", "text/xml"] } },
  {
    change: "the attributes that the request templates send",
    params: { forward_headers: ["X-GitHub-Event"], forward_query_parameters: ["tenant"] },
  },
  {
    change: "a content type that is carried as base64",
    params: { content_types: ["application/json", "image/png"], binary_content_types: ["image/png"] },
  },
  { change: "a resource and its method", params: { batch: true } },
  { change: "the response template, and the status with it", params: { response: "compact" } },
  { change: "the integration's timeout", params: { integration_timeout_milliseconds: 7000 } },
  { change: "a validator", params: { required_headers: ["X-Tenant"] } },
  { change: "a model", params: { request_schema: { "application/json": { type: "object" } } } },
  {
    change: "the gateway responses' headers, and a preflight method",
    params: { cors: { allow_origins: ["https://shop.example"] } },
  },
  {
    change: "a gateway response's text",
    overrides: { aws_api_gateway_gateway_response: { "response_templates.application/json": "{}" } },
  },
  {
    change: "the time for which an authorizer's answer is cached",
    params: { authorizer_result_ttl_seconds: 60 },
  },
  { change: "the tokens that reach the authorizer", params: { authorizer_token_pattern: "^Bearer .+$" } },
  {
    change: "the authorizer's function, by variable",
    variable: `authorizer_lambda_arn=${functionArn("decide-anew")}`,
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
