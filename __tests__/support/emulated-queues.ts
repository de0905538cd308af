import {
  GetQueueAttributesCommand,
  type SendMessageBatchRequestEntry,
  SendMessageBatchCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { PeekedMessage } from "../../local/sqs/message";
import { type SqsEmulator, startSqsEmulator } from "../../local/sqs/sqs-emulator";

/** A queue and its dead-letter queue in an emulator of their own. */
export class EmulatedQueues {
  public readonly sqs: SQSClient;
  public readonly url: string;
  public readonly deadLettersUrl: string;

  private constructor(
    public readonly emulator: SqsEmulator,
    public readonly name: string,
    public readonly deadLetters: string,
  ) {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    this.sqs = new SQSClient({ endpoint: emulator.endpoint, region: "us-east-1", credentials });
    this.url = emulator.queueUrl(name);
    this.deadLettersUrl = emulator.queueUrl(deadLetters);
  }

  /** `attributes` are those of the queue, beside its redrive policy. */
  public static async start(
    kind: "standard" | "fifo" = "standard",
    maxReceiveCount = 5,
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<EmulatedQueues> {
    const suffix = kind === "fifo" ? ".fifo" : "";
    const fifo: Record<string, string> = kind === "fifo" ? { FifoQueue: "true" } : {};
    const [name, deadLetters] = [`work${suffix}`, `work-dlq${suffix}`];
    const deadLetterTargetArn = `arn:aws:sqs:us-east-1:000000000000:${deadLetters}`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
    const queues = [
      { name: deadLetters, attributes: fifo },
      { name: `other${suffix}`, attributes: fifo },
      { name, attributes: { ...fifo, ...attributes, RedrivePolicy } },
    ];
    return new EmulatedQueues(await startSqsEmulator({ queues }), name, deadLetters);
  }

  public async send(
    QueueUrl: string,
    entries: readonly Omit<SendMessageBatchRequestEntry, "Id">[],
  ): Promise<void> {
    for (let start = 0; start < entries.length; start += 10) {
      const Entries = entries
        .slice(start, start + 10)
        .map((entry, index) => ({ ...entry, Id: String(index) }));
      const { Failed = [] } = await this.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      expect(Failed).toEqual([]);
    }
  }

  /** A queue's messages in the order in which they came, none of them received. */
  public async messages(name: string) {
    const messages = await this.emulator.peek(name, { messages: 1_000_000 });
    // A standard queue's have no number, and keep the order of their times.
    const sequence = ({ systemAttributes }: PeekedMessage) =>
      JSON.stringify([systemAttributes.SequenceNumber]);
    return messages.reverse().sort((a, b) => sequence(a).localeCompare(sequence(b)));
  }

  public async bodies(name: string): Promise<string[]> {
    return (await this.messages(name)).map(({ body }) => body);
  }

  public async visible(QueueUrl: string): Promise<number> {
    const { Attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
    );
    return Number(Attributes?.ApproximateNumberOfMessages);
  }

  public async stop(): Promise<void> {
    this.sqs.destroy();
    await this.emulator.stop();
  }
}
