import type { QueueReference } from "../../aws/arn";
import { SqsError } from "./sqs-error";

/**
 * The queue that a queue URL names. Only its path counts, since hosts differ between endpoints.
 * @throws SqsError InvalidAddress where the URL has no account and queue.
 */
export function parseQueueUrl(queueUrl: string, region: string): QueueReference {
  const match = /^https?:\/\/[^/]+\/(?:.*\/)?(\w+)\/([\w.-]+)$/.exec(queueUrl);
  const [, accountId, queueName] = match ?? [];
  if (accountId === undefined || queueName === undefined) {
    throw new SqsError("InvalidAddress", `The address ${queueUrl} is not valid for this endpoint.`, 404);
  }
  return { region, accountId, queueName };
}

/** Whether the queue is a FIFO queue, which its name alone tells. */
export function isFifo({ queueName }: QueueReference): boolean {
  return queueName.endsWith(".fifo");
}
