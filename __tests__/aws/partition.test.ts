import { queueArn, queueUrl } from "../../aws/arn";
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
