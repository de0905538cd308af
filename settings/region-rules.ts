import { hasFunction } from "../constructs/authorizer/authorization-rules";
import { customerKeyArn } from "../constructs/queue/leveled-queue";
import type { Facts, Rule } from "../constructs/setting";
import type { AUTH_STACK_SETTINGS } from "./stack-settings";

type Settings = typeof AUTH_STACK_SETTINGS;

/** What has to hold between settings of which no construct sees all: they are Terraform variables to it. */
export const REGION_RULES: readonly Rule<Settings>[] = [
  {
    setting: "authorizerLambdaArn",
    isBroken: (facts) =>
      hasFunction(facts) &&
      facts.authorizerFunctionFolder === undefined &&
      facts.authorizerInvocation !== "owners-permission" &&
      inOtherRegion(facts.authorizerLambdaArn, facts.awsRegionName),
    wrong: "is in another Region than the API",
    allowed: "a function in the Region of `awsRegionName`, or one whose owner gives the permission",
    mend: 'Deploy the function there, change the Region, or write `authorizerInvocation`: "owners-permission".',
  },
  {
    setting: "encryption",
    isBroken: (facts) => inOtherRegion(customerKeyArn(facts.encryption), queueRegion(facts)),
    wrong: "is a key of another Region than the queue's",
    allowed: "a key in the queue's Region",
    mend: "Give a key of that Region.",
  },
  {
    setting: "adoptQueue",
    isBroken: ({ adoptQueue, awsRegionName }) => inOtherRegion(adoptQueue, awsRegionName),
    wrong: "is in another Region than the stack",
    allowed: "a queue in the Region of `awsRegionName`",
    mend: "Give a queue of that Region, or change the Region.",
  },
  {
    setting: "customDomain",
    key: "certificateArn",
    isBroken: ({ customDomain, awsRegionName }) => inOtherRegion(customDomain?.certificateArn, awsRegionName),
    wrong: "is in another Region than the API",
    allowed: "a certificate in the Region of `awsRegionName`",
    mend: "Give one of that Region.",
  },
  {
    setting: "alarms",
    key: "topics",
    isBroken: ({ alarms, awsRegionName }) =>
      alarms?.topics.some((topic) => inOtherRegion(topic, awsRegionName)) === true,
    wrong: "has a topic of another Region than the alarms'",
    allowed: "topics in the Region of `awsRegionName`",
    mend: "Give one of that Region.",
  },
  {
    setting: "consumer",
    key: "lambdaArn",
    isBroken: ({ consumer, ...facts }) => inOtherRegion(consumer?.lambdaArn, queueRegion(facts)),
    wrong: "is in another Region than the queue",
    allowed: "a function in the queue's Region, since Lambda polls no other",
    mend: "Deploy the function there, or change the Region.",
  },
  {
    setting: "existingQueueArn",
    isBroken: ({ consumer, existingQueueArn, awsRegionName }) =>
      consumer !== undefined && inOtherRegion(existingQueueArn, awsRegionName),
    wrong: "is in another Region than the consumer",
    allowed: "a queue in the Region of `awsRegionName`, since Lambda polls no other",
    mend: "Drop `consumer`, or change the Region.",
  },
  {
    setting: "alarms",
    isBroken: ({ alarms, existingQueueArn, awsRegionName }) =>
      alarms?.queueAlarms === true && inOtherRegion(existingQueueArn, awsRegionName),
    wrong: "would watch a queue of another Region, whose CloudWatch has its metrics",
    allowed: "alarms of a queue in the Region of `awsRegionName`",
    mend: "Write `queueAlarms`: false in it.",
  },
  {
    setting: "webAclArn",
    isBroken: ({ webAclArn, awsRegionName }) => inOtherRegion(webAclArn, awsRegionName),
    wrong: "is in another Region than the API",
    allowed: "a web ACL in the Region of `awsRegionName`",
    mend: "Give one of that Region.",
  },
  {
    setting: "logEncryptionKeyArn",
    isBroken: ({ logEncryptionKeyArn, awsRegionName }) => inOtherRegion(logEncryptionKeyArn, awsRegionName),
    wrong: "is a key of another Region than the API's",
    allowed: "a key in the Region of `awsRegionName`",
    mend: "Give a key of that Region.",
  },
];

function inOtherRegion(arn: string | undefined, region: string | undefined): boolean {
  return arn !== undefined && region !== undefined && arn.split(":")[3] !== region;
}

function queueRegion({ existingQueueArn, awsRegionName }: Facts<Settings, unknown>): string | undefined {
  return existingQueueArn === undefined ? awsRegionName : existingQueueArn.split(":")[3];
}
