import { executionArn, formatArn, parseArn, queueArn, queueUrl } from "../../aws/arn";
import { executeApiDomain, isAwsHost, partitionOf } from "../../aws/partition";

it.each([
  ["us-east-1", "aws", "amazonaws.com"],
  ["mx-central-1", "aws", "amazonaws.com"],
  ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
  ["us-gov-east-1", "aws-us-gov", "amazonaws.com"],
  ["us-iso-west-1", "aws-iso", "c2s.ic.gov"],
  ["us-isob-west-1", "aws-iso-b", "sc2s.sgov.gov"],
  ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
  ["us-isof-east-1", "aws-iso-f", "csp.hci.ic.gov"],
  ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
])("%s is in %s under %s", (region, partition, domain) => {
  const queue = { region, accountId: "123456789012", queueName: "q" };
  expect(partitionOf(region)).toBe(partition);
  expect(queueArn(queue)).toBe(`arn:${partition}:sqs:${region}:123456789012:q`);
  expect(queueUrl(queue)).toBe(`https://sqs.${region}.${domain}/123456789012/q`);
  expect(executeApiDomain("api1", region)).toBe(`api1.execute-api.${region}.${domain}`);
  expect(isAwsHost(`sqs.${region}.${domain}`)).toBe(true);
});

it.each([
  ["sqs.eu-west-1.api.aws", true],
  ["sqs.eusc-de-east-1.api.amazonwebservices.eu", true],
  ["amazonaws.com.example.org", false],
  ["notamazonaws.com", false],
  ["localhost", false],
])("%s is a host of AWS: %s", (host, expected) => {
  expect(isAwsHost(host)).toBe(expected);
});

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
