import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import * as v from "valibot";
import type { AwsLocation } from "../aws-location";
import { flag, rule, text } from "../schema";
import type { Checked, Only } from "../setting";

/**
 * For ever, CloudWatch's 0, is not among them: nobody would end the bill.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const DAYS = `a number of days that CloudWatch offers: ${RETENTIONS.join(", ")}`;

/** Settings of the groups in which the stack's logs are kept. */
export const LOG_GROUP_SETTINGS = {
  /** Days for which `accessLog` and the execution log are kept. Storage costs about 0.03 dollars a gigabyte and month. */
  logRetentionDays: v.optional(
    {
      ...v.picklist(
        RETENTIONS,
        rule("is not a retention of CloudWatch Logs", DAYS, "Write for example 30, without quotes."),
      ),
      allowed: DAYS,
    },
    30,
  ),
  /**
   * ARN of a KMS key of yours, in the API's Region, that encrypts both logs. Its policy must allow `logs.<region>.amazonaws.com` the
   * actions `kms:Encrypt`, `kms:Decrypt`, `kms:ReEncrypt*`, `kms:GenerateDataKey*` and `kms:Describe*`. KMS charges the key by the
   * month and by the request. Without it CloudWatch Logs uses a key of its own, for nothing.
   */
  logEncryptionKeyArn: v.optional(
    text({
      pattern: "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,64}$",
      allowed: "the ARN of a KMS key",
      example: "arn:aws:kms:eu-central-1:123456789012:key/3f0c5d1e-0000-4000-8000-000000000000",
      refused: {
        pattern: /:alias\//,
        wrong: "is an alias, which CloudWatch Logs does not take",
        mend: "Give the ARN of its key.",
      },
    }),
  ),
  /**
   * Logs outlive the stack, and the settings that make them: a log group that goes is left in AWS, and paid for until its last line
   * ends. Apply it before what takes the group away. A log that is set again then needs its group imported. Without it they go at once.
   */
  keepLogs: v.optional(flag("leave the logs in AWS when their group goes"), false),
};

/** Settings of a log group, checked. */
export type LogGroupSettings = Only<keyof typeof LOG_GROUP_SETTINGS, Checked<typeof LOG_GROUP_SETTINGS>>;

/** Props of {@link createLogGroup}. */
export interface LogGroupProps {
  readonly name: string;
  readonly location: AwsLocation;
  readonly settings: LogGroupSettings;
}

/**
 * Makes a log group. One that goes is deleted after the stage has let go of it, by `create_before_destroy`: else API Gateway could make
 * the execution log's group again in between, for ever.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html for the policy of its key
 */
export function createLogGroup(
  scope: Construct,
  id: string,
  { name, location, settings }: LogGroupProps,
): CloudwatchLogGroup {
  const { logRetentionDays, logEncryptionKeyArn, keepLogs } = settings;
  return new CloudwatchLogGroup(scope, id, {
    name,
    retentionInDays: logRetentionDays,
    skipDestroy: keepLogs,
    ...(logEncryptionKeyArn !== undefined && { kmsKeyId: logEncryptionKeyArn }),
    lifecycle: {
      createBeforeDestroy: true,
      ...(logEncryptionKeyArn !== undefined && {
        precondition: [location.sameRegion(logEncryptionKeyArn, "log_encryption_key_arn")],
      }),
    },
  });
}
