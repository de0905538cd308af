import type { SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";

/** The provider takes one of the two only; SQS switches the other one off itself. */
export function encryptionConfig(encryption: string): SqsQueueConfig {
  if (encryption === "sqs-managed") return { sqsManagedSseEnabled: true };
  return { kmsMasterKeyId: encryption === "kms-managed" ? "alias/aws/sqs" : encryption };
}

/** SQS knows the scope and the limit on FIFO queues only, and a queue never becomes one: Terraform makes another. */
export function fifoConfig(fifo: boolean, highThroughput: boolean): SqsQueueConfig {
  if (!fifo) return { fifoQueue: false };
  return {
    fifoQueue: true,
    deduplicationScope: highThroughput ? "messageGroup" : "queue",
    fifoThroughputLimit: highThroughput ? "perMessageGroupId" : "perQueue",
  };
}
