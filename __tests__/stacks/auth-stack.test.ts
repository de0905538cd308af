import { synthesizedAuthStack, synthesizedNoAuthStack } from "../support/synthesized";

const stack = synthesizedAuthStack();
const API = `aws_api_gateway_rest_api.${stack.only("aws_api_gateway_rest_api").name_in_terraform}`;
const AUTHORIZER = `aws_api_gateway_authorizer.${stack.only("aws_api_gateway_authorizer").name_in_terraform}`;

test("the method asks the authorizer", () => {
  expect(stack.only("aws_api_gateway_method")).toMatchObject({
    http_method: "POST",
    authorization: "CUSTOM",
    authorizer_id: `\${${AUTHORIZER}.id}`,
  });
});

test("the authorizer reads the token of the Authorization header", () => {
  expect(stack.only("aws_api_gateway_authorizer")).toMatchObject({
    type: "TOKEN",
    identity_source: "method.request.header.Authorization",
    rest_api_id: `\${${API}.id}`,
  });
});

test("this authorizer of this API, and nothing else, may invoke the function", () => {
  expect(stack.only("aws_lambda_permission")).toMatchObject({
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    source_arn: `\${${API}.execution_arn}/authorizers/\${${AUTHORIZER}.id}`,
  });
});

test("the function's ARN is a variable with the setting as its default", () => {
  expect(stack.json.variable?.authorizer_lambda_arn).toMatchObject({
    default: "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer",
    nullable: false,
  });
});

test("the stacks differ in the authorizer, and in the throttle of the open one, only", () => {
  const types = (resources: object) => Object.keys(resources);
  expect([...types(stack.json.resource ?? {}), "aws_api_gateway_method_settings"].sort()).toEqual(
    [
      ...types(synthesizedNoAuthStack().json.resource ?? {}),
      "aws_api_gateway_authorizer",
      "aws_lambda_permission",
    ].sort(),
  );
});

test("a changed function redeploys the API", () => {
  expect(stack.only("aws_api_gateway_deployment").triggers).toMatchObject({
    authorizer_function: "${var.authorizer_lambda_arn}",
  });
});
