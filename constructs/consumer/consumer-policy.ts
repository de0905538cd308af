import type { AwsLocation } from "../aws-location";
import type { LargeBodyBucket } from "../large-bodies/large-body-bucket";
import { queueKeyStatements } from "../queue/queue-key";
import type { TargetQueue } from "../queue/target-queue";

/**
 * What the role of a function has to allow, so that Lambda may poll the queues with it, and the function read large bodies. The queues' key
 * is the same.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
 */
export function consumerStatements(
  queues: readonly [TargetQueue, ...TargetQueue[]],
  location: AwsLocation,
  largeBodyBucket?: LargeBodyBucket,
) {
  const [queue, ...others] = queues;
  const ofQueue = {
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    Resource: others.length === 0 ? queue.arn : queues.map(({ arn }) => arn),
  };
  const ofBodies = largeBodyBucket?.statements("s3:GetObject", "kms:Decrypt") ?? [];
  return [ofQueue, ...queueKeyStatements(queue, location, "kms:Decrypt"), ...ofBodies];
}
