import type { AwsLocation } from "../aws-location";
import { queueKeyStatements } from "../queue/queue-key";
import type { TargetQueue } from "../queue/target-queue";

/**
 * What the role of a function has to allow, so that Lambda may poll the queue with it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
 */
export function consumerStatements(queue: TargetQueue, location: AwsLocation) {
  const ofQueue = {
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    Resource: queue.arn,
  };
  return [ofQueue, ...queueKeyStatements(queue, location, "kms:Decrypt")];
}
