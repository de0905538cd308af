import type { AwsLocation } from "../aws-location";
import type { TargetQueue } from "./target-queue";

/**
 * Statements that let a role use the key of a queue, by way of SQS and no other. None where the key is not a customer's: the policy of an
 * AWS-managed key serves every principal that may use SQS.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function queueKeyStatements(
  { encryptionKeyArn, regionName }: TargetQueue,
  { dnsSuffix }: AwsLocation,
  action: string | readonly string[],
) {
  if (encryptionKeyArn === undefined) return [];
  return [
    {
      Effect: "Allow",
      Action: action,
      Resource: encryptionKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `sqs.${regionName}.${dnsSuffix}` } },
    },
  ];
}
