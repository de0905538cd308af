import { isAwsEndpoint } from "../../aws/aws-signer";
import { readResult } from "./answer-proof";
import type { QueueReference } from "../../aws/arn";
import type { SqsEndpoint } from "./sqs-endpoint";
import { endpointError } from "./sqs-error";
import { SqsConnectionError } from "./sqs-failures";

/** The URLs that one endpoint gives its queues, each found out once. That a queue is missing is not remembered. */
export class QueueUrls {
  private readonly urls = new Map<string, string>();
  private readonly endpoint: SqsEndpoint;
  private readonly region: string;
  private readonly resolve: ((queue: QueueReference) => string) | undefined;

  constructor(
    endpoint: SqsEndpoint,
    options: { endpoint: string; region: string; resolveQueueUrl?: (queue: QueueReference) => string },
  ) {
    this.endpoint = endpoint;
    this.region = options.region;
    // The integration's role need not be allowed GetQueueUrl on AWS.
    const onAws = (queue: QueueReference) =>
      `${new URL(options.endpoint).origin}/${queue.accountId}/${queue.queueName}`;
    this.resolve = options.resolveQueueUrl ?? (isAwsEndpoint(options.endpoint) ? onAws : undefined);
  }

  /** The queue's URL, if it is known without asking. */
  public known(queue: QueueReference): string | undefined {
    return this.resolve === undefined ? this.urls.get(queue.queueName) : this.resolve(queue);
  }

  /**
   * Asks the endpoint. Its account is not the one in the API's configuration, so the name alone counts.
   * @throws SqsError when the queue does not exist.
   */
  public async ask(
    queue: QueueReference,
    limits: { timeoutMs: number; signal?: AbortSignal | undefined },
  ): Promise<string> {
    const body = JSON.stringify({ QueueName: queue.queueName });
    const answer = await this.endpoint.post({ action: "GetQueueUrl", region: this.region, body, ...limits });
    if (answer.status !== 200) throw endpointError(answer);
    const { QueueUrl: url } = readResult(answer.body);
    if (typeof url !== "string") throw new SqsConnectionError("SQS's answer has no queue URL.");
    this.urls.set(queue.queueName, url);
    return url;
  }
}
