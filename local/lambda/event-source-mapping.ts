import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../../errors/mistake";
import { batchOutcome, outOfOrder } from "./batch-response";
import type { BatchFunction } from "./execution-environments";
import type { RecordFilter } from "./filter-pattern";
import { type EventSource, type ReceivedMessage, type SqsRecord, sqsRecord } from "./sqs-event";

/** The queue as a mapping needs it. */
export interface PolledQueue extends EventSource {
  /** Up to `most` of at most ten messages, waited for that long; they are hidden for the queue's visibility timeout. */
  receive(most: number, waitSeconds: number): Promise<readonly ReceivedMessage[]>;
  /** @throws Error where some are still there; they come again after the visibility timeout */
  delete(receiptHandles: readonly string[]): Promise<void>;
  /** Makes messages visible at once. */
  release(receiptHandles: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** What decides how a queue's messages reach a function. */
export interface MappingSettings {
  /** Messages of a batch at most. */
  readonly batchSize: number;
  /** Seconds that a batch is gathered for, from its first message on; 0: a batch is what one receive gives. */
  readonly maximumBatchingWindowInSeconds: number;
  /** Batches at once. */
  readonly concurrency: number;
  /** Whether the function tells which messages failed. */
  readonly reportsBatchItemFailures: boolean;
  /** What matches none is deleted; without any, all is the function's. */
  readonly filters: readonly RecordFilter[];
  /** Seconds that a receive waits for messages. */
  readonly waitSeconds: number;
}

/** A batch that the function has answered. */
export interface HandledBatch {
  readonly requestId: string;
  readonly messages: number;
  readonly failed: number;
  readonly milliseconds: number;
  /** Why all of them failed. */
  readonly reason?: string;
  /** Failures that the function reports in vain, without `ReportBatchItemFailures`. */
  readonly ignored?: number;
  /** FIFO: messages deleted behind one of their group that failed. */
  readonly outOfOrder: number;
}

/** Who is told. */
export interface MappingListeners {
  onBatch(batch: HandledBatch): void;
  onFiltered(messages: number): void;
  /** What kept messages from being received or deleted; the mapping goes on. */
  onTrouble(message: string): void;
}

/** Bytes of an event. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LONGEST_EVENT = 6 * 1024 * 1024;

/** Messages that one ReceiveMessage gives. */
const MOST_RECEIVED = 10;

/** Milliseconds of the first pause after an error, and of the longest: AWS says that it backs off, and not how. */
const PAUSES = { first: 200, longest: 10_000 };

/**
 * Lambda's event source mapping of a queue: polls it, hands batches to a function, deletes what succeeded, and leaves the rest to the
 * visibility timeout and the redrive policy.
 *
 * As many pollers run as there may be batches at once, from the beginning: on AWS they grow with the load. A FIFO queue's groups are
 * kept apart by SQS, which gives none of a group's messages while others of it are in flight.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export class EventSourceMapping {
  private readonly pollers: readonly Promise<void>[];
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly isStopping = () => this.stopping.signal.aborted;
  /** Errors one after the other. */
  private errors = 0;

  constructor(
    private readonly queue: PolledQueue,
    private readonly lambda: BatchFunction,
    private readonly settings: MappingSettings,
    private readonly listeners: MappingListeners,
  ) {
    this.pollers = Array.from({ length: settings.concurrency }, () => this.poll());
  }

  /** Batches under way. */
  public get batchesInFlight(): number {
    return this.running.size;
  }

  /** Lets the batches under way end; what is received but not begun is visible again at once. */
  public async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
    this.lambda.close();
    // A long poll that is broken off: what it would have brought comes again after the visibility timeout.
    if (this.settings.waitSeconds > 1) await this.queue.close();
    await Promise.all(this.pollers);
    await this.queue.close();
  }

  private async poll(): Promise<void> {
    while (!this.isStopping()) {
      try {
        const received = await this.gather();
        if (received.length === 0) this.errors = 0;
        if (this.isStopping()) await this.queue.release(handlesOf(received));
        else await this.handle(received);
      } catch (error) {
        if (this.isStopping()) return;
        this.errors += 1;
        this.listeners.onTrouble(messageOf(error));
      }
      if (this.errors > 0) await this.pause();
    }
  }

  /** A batch's messages: those of one receive, or with a window those of as many as it takes. */
  private async gather(): Promise<readonly ReceivedMessage[]> {
    const { batchSize, maximumBatchingWindowInSeconds: window, waitSeconds } = this.settings;
    const messages = [...(await this.queue.receive(Math.min(batchSize, MOST_RECEIVED), waitSeconds))];
    const end = performance.now() + window * 1000;
    let left = messages.length === 0 ? 0 : window * 1000;
    while (left > 0 && messages.length < batchSize && !this.isStopping() && !isFull(messages)) {
      const wait = Math.min(waitSeconds, Math.floor(left / 1000));
      const more = await this.queue.receive(Math.min(batchSize - messages.length, MOST_RECEIVED), wait);
      messages.push(...more);
      // SQS waits for whole seconds only.
      if (more.length === 0 && wait === 0) await sleep(Math.min(left, 100));
      left = end - performance.now();
    }
    return messages;
  }

  private async handle(messages: readonly ReceivedMessage[]): Promise<void> {
    const { filters } = this.settings;
    const records = messages.map((message) => sqsRecord(message, this.queue));
    const wanted = records.filter((record) => filters.length === 0 || filters.some((one) => one(record)));
    const dropped = records.filter((record) => !wanted.includes(record));
    if (dropped.length > 0) {
      await this.queue.delete(dropped.map(({ receiptHandle }) => receiptHandle));
      this.listeners.onFiltered(dropped.length);
    }
    for (const batch of batchesOf(wanted)) {
      if (this.isStopping()) {
        await this.queue.release(batch.map(({ receiptHandle }) => receiptHandle));
      } else await this.tracked(this.run(batch));
    }
  }

  private async tracked(run: Promise<void>): Promise<void> {
    // Whoever waits for the end of all is not the one who is told of an error.
    const ended = run.catch(() => undefined);
    this.running.add(ended);
    try {
      await run;
    } finally {
      this.running.delete(ended);
    }
  }

  private async run(batch: readonly SqsRecord[]): Promise<void> {
    const started = performance.now();
    const { requestId, result } = await this.lambda.invoke({ Records: batch });
    const ids = batch.map(({ messageId }) => messageId);
    const { failed, reason, ignored } = batchOutcome(result, ids, this.settings.reportsBatchItemFailures);
    this.listeners.onBatch({
      requestId,
      messages: batch.length,
      failed: failed.size,
      milliseconds: performance.now() - started,
      ...(reason !== undefined && { reason }),
      ...(ignored !== undefined && { ignored }),
      outOfOrder: outOfOrder(
        batch.map(({ messageId, attributes }) => [messageId, attributes.MessageGroupId] as const),
        failed,
      ),
    });
    // Failures that the function reports don't slow the polling.
    this.errors = result.ok ? 0 : this.errors + 1;
    const done = batch.filter(({ messageId }) => !failed.has(messageId));
    await this.queue.delete(done.map(({ receiptHandle }) => receiptHandle));
  }

  private async pause(): Promise<void> {
    const milliseconds = Math.min(PAUSES.longest, PAUSES.first * 2 ** (this.errors - 1));
    await sleep(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

function handlesOf(messages: readonly ReceivedMessage[]): string[] {
  return messages.map(({ ReceiptHandle }) => ReceiptHandle);
}

/** A first look, before there are records; {@link batchesOf} is exact. */
function isFull(messages: readonly ReceivedMessage[]): boolean {
  return messages.reduce((bytes, { Body }) => bytes + Buffer.byteLength(Body), 0) >= LONGEST_EVENT;
}

/** Records in their order, in events that are not too long. */
function batchesOf(records: readonly SqsRecord[]): SqsRecord[][] {
  const batches: SqsRecord[][] = [];
  let bytes = Infinity;
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record)) + 1;
    if (bytes + size > LONGEST_EVENT - ENVELOPE) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(record);
    bytes += size;
  }
  return batches;
}

/** Bytes around the records. */
const ENVELOPE = '{"Records":[]}'.length;
