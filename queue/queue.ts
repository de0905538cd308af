import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SendMessageBatchResult,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { parseArn } from "../aws/arn";
import { mistakeText } from "../errors/mistake";
import { answered } from "./sqs-refusal";
import { sqsClient, type QueuePlace } from "./sqs-client";

/** By what a received message is deleted or put back. */
export interface Receipt {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
}

/** A message that was received. */
export interface Received extends Message {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
}

/** How many messages a queue has; SQS only says so approximately. */
export interface Count {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** What a queue says about itself. */
export interface QueueFacts extends Count {
  readonly arn: string;
  /** Where its messages go that were received too often. */
  readonly redrive?: { readonly arn: string; readonly maxReceiveCount: number };
}

/** As SQS writes it; the count may be a text. */
interface RedrivePolicy {
  readonly deadLetterTargetArn?: string;
  readonly maxReceiveCount?: number | string;
}

/** An entry of a batch call. */
interface Entry {
  readonly Id: string;
  readonly ReceiptHandle: string;
}

/** Most messages in one call. */
export const LARGEST_BATCH = 10;

/** One queue, on AWS or at an emulator. What SQS refuses is one line about this queue. */
export class Queue {
  public readonly name: string;

  private constructor(
    public readonly sqs: SQSClient,
    public readonly url: string,
  ) {
    this.name = new URL(url).pathname.split("/").at(-1) ?? url;
  }

  public static at(place: QueuePlace): Queue {
    return new Queue(sqsClient(place), place.url);
  }

  public get isFifo(): boolean {
    return this.name.endsWith(".fifo");
  }

  /** SQS's answer to a call about this queue, or the one line that tells why not. */
  public asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
    return answered(this.name, answer);
  }

  public async facts(): Promise<QueueFacts> {
    const { Attributes: all = {} } = await this.asked(
      this.sqs.send(new GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames: ["All"] })),
    );
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(all.RedrivePolicy ?? "{}") as RedrivePolicy;
    return {
      arn: all.QueueArn ?? "",
      visible: Number(all.ApproximateNumberOfMessages ?? 0),
      inFlight: Number(all.ApproximateNumberOfMessagesNotVisible ?? 0),
      delayed: Number(all.ApproximateNumberOfMessagesDelayed ?? 0),
      ...(deadLetterTargetArn === undefined
        ? {}
        : { redrive: { arn: deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) } }),
    };
  }

  /** The same client's other queue: same endpoint, same Region. */
  public other(url: string): Queue {
    return new Queue(this.sqs, url);
  }

  /**
   * The dead-letter queue, which SQS wants in the same Region: its URL differs by account and name only.
   * @returns undefined where there is none
   */
  public deadLetterQueue({ redrive }: QueueFacts): Queue | undefined {
    const { accountId, resource } = parseArn(redrive?.arn ?? "") ?? {};
    if (accountId === undefined || resource === undefined) return undefined;
    return this.other(this.url.replace(/[^/]+\/[^/]+$/, `${accountId}/${resource}`));
  }

  /** Up to ten messages, which nobody else gets for `hiddenSeconds`. */
  public async receive(messages: number, hiddenSeconds: number): Promise<Received[]> {
    const { Messages = [] } = await this.asked(
      this.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.url,
          MaxNumberOfMessages: Math.min(messages, LARGEST_BATCH),
          VisibilityTimeout: hiddenSeconds,
          WaitTimeSeconds: 1,
          MessageAttributeNames: ["All"],
          MessageSystemAttributeNames: ["All"],
        }),
      ),
    );
    return Messages.map((message) => ({ ...message, ...identified(this.name, message) }));
  }

  public sendBatch(Entries: SendMessageBatchRequestEntry[]): Promise<SendMessageBatchResult> {
    return this.asked(this.sqs.send(new SendMessageBatchCommand({ QueueUrl: this.url, Entries })));
  }

  /** @throws Error where SQS keeps one of them */
  public async delete(messages: readonly Receipt[]): Promise<void> {
    for (const Entries of batches(messages)) {
      const { Failed: [failed] = [] } = await this.asked(
        this.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: this.url, Entries })),
      );
      if (failed === undefined) continue;
      throw new Error(
        mistakeText({
          where: this.name,
          wrong: "keeps a message that is to be deleted",
          got: `${failed.Code ?? ""}: ${failed.Message ?? ""}`,
          allowed: "a receipt that is still good",
          mend: "Run this again.",
        }),
      );
    }
  }

  /** Makes messages visible again at once. Those that already are, or that are gone, need nothing. */
  public async putBack(messages: readonly Receipt[]): Promise<void> {
    for (const batch of batches(messages)) {
      const Entries = batch.map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
      await this.asked(
        this.sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.url, Entries })),
      );
    }
  }

  public async purge(): Promise<void> {
    await this.asked(this.sqs.send(new PurgeQueueCommand({ QueueUrl: this.url })));
  }
}

/** Entries of batch calls, ten at a time. */
function* batches(messages: readonly Receipt[]): Generator<Entry[]> {
  for (let start = 0; start < messages.length; start += LARGEST_BATCH) {
    yield messages
      .slice(start, start + LARGEST_BATCH)
      .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  }
}

function identified(queue: string, { MessageId, ReceiptHandle, Body }: Message) {
  if (MessageId !== undefined && ReceiptHandle !== undefined) {
    return { MessageId, ReceiptHandle, Body: Body ?? "" };
  }
  throw new Error(
    mistakeText({
      where: queue,
      wrong: "gives a message without id or receipt",
      got: MessageId ?? "none",
      allowed: "SQS's answers",
      mend: "Correct AWS_ENDPOINT_URL or --queue-url.",
    }),
  );
}
