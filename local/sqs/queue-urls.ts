import { type QueueReference, parseQueueUrl } from "../../aws/arn";
import { isAwsEndpoint } from "../../aws/aws-signer";
import type { SqsRequest } from "./sqs-call";
import { SqsConnectionError, SqsError, missingParameter } from "./sqs-error";
import type { SqsEndpoint } from "./sqs-endpoint";

/** The URLs that one endpoint gives its queues, each found out once. That a queue is missing is not remembered. */
export class QueueUrls {
  private readonly urls = new Map<string, string>();

  /** @param resolve makes them from account and name, where that can be done without asking */
  constructor(
    private readonly endpoint: SqsEndpoint,
    private readonly resolve: ((queue: QueueReference) => string) | undefined,
  ) {}

  /** The queue's URL, if it is known without asking. */
  public known(queue: QueueReference): string | undefined {
    return this.resolve === undefined ? this.urls.get(queue.queueName) : this.resolve(queue);
  }

  /**
   * Asks the endpoint. Its account is not the one in the API's configuration, so the name alone counts.
   * @throws SqsError when the queue does not exist.
   */
  public async ask({ queueName }: QueueReference, timeoutMs: number): Promise<string> {
    const { QueueUrl: url } = await this.endpoint.call("GetQueueUrl", { QueueName: queueName }, timeoutMs);
    if (typeof url !== "string") throw new SqsConnectionError("SQS's answer has no queue URL.");
    this.urls.set(queueName, url);
    return url;
  }
}

/** How AWS makes its queues' URLs: the integration's role need not be allowed GetQueueUrl there. */
export function awsQueueUrls(endpoint: string): ((queue: QueueReference) => string) | undefined {
  if (!isAwsEndpoint(endpoint)) return undefined;
  return ({ accountId, queueName }) => `${new URL(endpoint).origin}/${accountId}/${queueName}`;
}

/**
 * The queue that a request is about: the one of its `QueueUrl`, else the one in its path. Only the path of a URL counts,
 * since hosts differ between endpoints.
 * @throws SqsError InvalidAddress where the URL has no account and queue.
 */
export function requestedQueue(
  queueUrl: string | undefined,
  { region, accountId, queueName }: Pick<SqsRequest, "region" | "accountId" | "queueName">,
): QueueReference {
  if (queueUrl !== undefined) return { region, ...queueOfUrl(queueUrl) };
  if (accountId !== undefined && queueName !== undefined) return { region, accountId, queueName };
  throw missingParameter("QueueUrl");
}

function queueOfUrl(queueUrl: string): Omit<QueueReference, "region"> {
  const queue = parseQueueUrl(queueUrl);
  if (queue !== undefined) return queue;
  throw new SqsError("InvalidAddress", `The address ${queueUrl} is not valid for this endpoint.`, 404);
}

/** Whether the queue is a FIFO queue, which its name alone tells. */
export function isFifo({ queueName }: QueueReference): boolean {
  return queueName.endsWith(".fifo");
}
