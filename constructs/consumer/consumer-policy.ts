import type { AwsLocation } from "../aws-location";
import type { TargetQueue } from "../queue/target-queue";

/**
 * What the role of a function has to allow, so that Lambda may poll the queue with it. An AWS-managed key needs no statement: its
 * key policy serves every principal that may use SQS.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
 */
export function consumerStatements(queue: TargetQueue, { dnsSuffix }: AwsLocation) {
  const ofQueue = {
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    Resource: queue.arn,
  };
  if (queue.encryptionKeyArn === undefined) return [ofQueue];
  return [
    ofQueue,
    {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: queue.encryptionKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `sqs.${queue.regionName}.${dnsSuffix}` } },
    },
  ];
}
