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

/** Consumers as people write them: receive one message with long polling, work, delete. */
export class ConsumerPool {
  public received = 0;
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
    const { client, queueUrl: QueueUrl, secondsPerMessage, isPoison } = this.options;
    while (this.isRunning) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }),
      );
      for (const message of Messages) {
        this.received++;
        await sleep(secondsPerMessage * 1000);
        if (isPoison(message)) continue;
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
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
