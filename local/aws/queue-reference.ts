import { SqsError } from "./sqs-error";

/** A queue by its owner and its name. */
export interface QueueReference {
  region: string;
  accountId: string;
  queueName: string;
}

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

/** The queue's ARN, in the partition of its region. */
export function queueArn({ region, accountId, queueName }: QueueReference): string {
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return `arn:${partition}:sqs:${region}:${accountId}:${queueName}`;
}

/** The queue's URL on AWS, as SQS's messages name it. */
export function awsQueueUrl({ region, accountId, queueName }: QueueReference): string {
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://sqs.${region}.${domain}/${accountId}/${queueName}`;
}

/** Whether the queue is a FIFO queue, which its name alone tells. */
export function isFifo({ queueName }: QueueReference): boolean {
  return queueName.endsWith(".fifo");
}
