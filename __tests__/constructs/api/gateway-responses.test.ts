import { type Synthesized, synthesizedAuthStack, synthesizedNoAuthStack } from "../../support/synthesized";

// AWS answers with a status where none was put, and the provider takes it for one to be removed: recorded in
// LocalStack's test_gateway_response_put, which ran on AWS.
test("every gateway response but the two defaults says its status, so that later plans are empty", () => {
  const responses = Object.values(synthesizedNoAuthStack().resources("aws_api_gateway_gateway_response"));
  expect(
    Object.fromEntries(
      responses.map(({ response_type: type, status_code: status }) => [type, status] as const),
    ),
  ).toEqual({
    ACCESS_DENIED: "403",
    DEFAULT_4XX: undefined,
    DEFAULT_5XX: undefined,
    INTEGRATION_FAILURE: "503",
    INTEGRATION_TIMEOUT: "504",
    INVALID_SIGNATURE: "403",
    MISSING_AUTHENTICATION_TOKEN: "403",
    THROTTLED: "429",
  });
});

test("where methods want a signature, a call without one is told so", () => {
  const message = (stack: Synthesized) => {
    const responses = Object.values(stack.resources("aws_api_gateway_gateway_response"));
    const missing = responses.find(({ response_type: type }) => type === "MISSING_AUTHENTICATION_TOKEN");
    return JSON.stringify(missing?.response_templates);
  };
  expect(message(synthesizedAuthStack({ authorization: "AWS_IAM" }))).toContain("or it wants a signature");
  expect(message(synthesizedAuthStack())).not.toContain("signature");
});
