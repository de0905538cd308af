import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

interface PoolOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly consumers: number;
  readonly secondsPerMessage: number;
  /** Whether a consumer fails on it. */
  readonly isPoison: (message: Message) => boolean;
}

/** Share of a message's time that is not for its deletion. */
const WORK = 0.8;

/**
 * Consumers as people write them: receive one message with long polling, work, delete. All that takes a consumer as long as
 * the options say.
 */
export class ConsumerPool {
  private isRunning = true;
  private readonly consumers: readonly Promise<void>[];

  constructor(private readonly options: PoolOptions) {
    this.consumers = Array.from({ length: options.consumers }, () => this.consume());
  }

  public async stop(): Promise<void> {
    this.isRunning = false;
    await Promise.all(this.consumers);
  }

  private async consume(): Promise<void> {
    const { client, queueUrl: QueueUrl, isPoison } = this.options;
    const period = this.options.secondsPerMessage * 1000;
    let end = performance.now();
    while (this.isRunning) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }),
      );
      for (const message of Messages) {
        // A machine that is busy makes a consumer late for one message, and not slower for good.
        const isLate = performance.now() - end < period;
        end = (isLate ? end : performance.now()) + period;
        await sleep((end - performance.now()) * WORK);
        if (!isPoison(message)) {
          await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
        }
        await sleep(end - performance.now());
      }
    }
  }
}

/** Messages of a queue that can be received. */
export async function visibleMessages(client: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
}
