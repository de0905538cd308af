import { executionArn, formatArn, parseArn } from "../../aws/arn";

it.each([
  "arn:aws:iam::123456789012:role/path/name",
  "arn:aws-cn:apigateway:cn-north-1::/restapis/a",
  "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:f:live/invocations",
])("%s is read and written alike", (text) => {
  const arn = parseArn(text);
  expect(arn && formatArn(arn)).toBe(text);
});

it.each(["", "arn:aws:sqs", "arn:aws:sqs:eu-west-1:1:", "x:aws:sqs:eu-west-1:1:q"])(
  "%j is no ARN",
  (text) => {
    expect(parseArn(text)).toBeUndefined();
  },
);

it("an API's methods and authorizers stand behind its execution ARN", () => {
  const api = { id: "api1", partition: "aws-eusc", region: "eusc-de-east-1", accountId: "123456789012" };
  expect(executionArn(api)).toBe("arn:aws-eusc:execute-api:eusc-de-east-1:123456789012:api1");
});
