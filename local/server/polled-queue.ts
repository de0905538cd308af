import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../../errors/mistake";
import type { PolledQueue } from "../lambda/event-source-mapping";
import type { EventSource, ReceivedMessage } from "../lambda/sqs-event";
import { type JsonObject, asList, asObject } from "../sqs/json-values";
import { SqsEndpoint } from "../sqs/sqs-endpoint";

/** Entries of a batch call. */
const BATCH = 10;

/** How often a deletion is tried, and the milliseconds between. */
const DELETING = { attempts: 4, pause: 250 };

/** Milliseconds that a call may take, beside what it waits for messages. */
const ANSWER_TIME = 10_000;

/** A queue behind an SQS endpoint, over connections of its own: long polls keep no request of the gateway waiting. */
export class EndpointQueue implements PolledQueue {
  public readonly arn: string;
  public readonly region: string;
  private readonly sqs: SqsEndpoint;

  /** @param source what records tell of the queue, whatever the endpoint calls it */
  constructor(
    endpoint: string,
    private readonly url: string,
    source: EventSource,
  ) {
    this.arn = source.arn;
    this.region = source.region;
    this.sqs = new SqsEndpoint({ endpoint, region: source.region });
  }

  public async receive(most: number, waitSeconds: number): Promise<readonly ReceivedMessage[]> {
    const { Messages } = await this.call(
      "ReceiveMessage",
      {
        MaxNumberOfMessages: most,
        WaitTimeSeconds: waitSeconds,
        AttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      },
      waitSeconds * 1000 + ANSWER_TIME,
    );
    return asList(Messages) as ReceivedMessage[];
  }

  public async delete(receiptHandles: readonly string[]): Promise<void> {
    let left = receiptHandles;
    let failure = "";
    for (let attempt = 1; left.length > 0 && attempt <= DELETING.attempts; attempt++) {
      if (attempt > 1) await sleep(DELETING.pause);
      try {
        left = await this.batches("DeleteMessageBatch", left, {});
      } catch (error) {
        failure = messageOf(error);
      }
    }
    if (left.length === 0) return;
    throw new Error(`${left.length} handled messages can't be deleted and come again. ${failure}`.trim());
  }

  public async release(receiptHandles: readonly string[]): Promise<void> {
    await this.batches("ChangeMessageVisibilityBatch", receiptHandles, { VisibilityTimeout: 0 });
  }

  public async close(): Promise<void> {
    await this.sqs.close();
  }

  /** Handles of the entries that failed. */
  private async batches(action: string, receiptHandles: readonly string[], more: object): Promise<string[]> {
    const failed: string[] = [];
    for (let start = 0; start < receiptHandles.length; start += BATCH) {
      const handles = receiptHandles.slice(start, start + BATCH);
      const Entries = handles.map((ReceiptHandle, Id) => ({ Id: String(Id), ReceiptHandle, ...more }));
      const answer = await this.call(action, { Entries }, ANSWER_TIME);
      const ids = new Set(asList(answer.Failed).map((entry) => asObject(entry).Id));
      failed.push(...handles.filter((_handle, index) => ids.has(String(index))));
    }
    return failed;
  }

  private call(action: string, input: object, timeoutMs: number): Promise<JsonObject> {
    return this.sqs.call(action, { ...input, QueueUrl: this.url }, timeoutMs);
  }
}
