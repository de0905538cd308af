import { setTimeout } from "node:timers/promises";
import { sendCopies } from "./message-copies";
import { LARGEST_BATCH, type Queue, type Receipt, type Received } from "./queue";

/** What is moved, and how. */
export interface Move {
  readonly from: Queue;
  readonly to: Queue;
  /** Whether a message is one of those to move. */
  readonly isWanted: (message: Received) => boolean;
  /** Moved messages in a second, at most. */
  readonly rate?: number | undefined;
  /** Nothing is moved: what would be is told. */
  readonly dryRun: boolean;
  /** For how long a message that was received stays hidden, should this process end. */
  readonly hiddenSeconds: number;
  readonly signal: AbortSignal;
  readonly onProgress: (moved: number) => void;
  /** Before it waits for messages that others have received: a consumer, or an earlier run that was killed. */
  readonly onWaiting: (inFlight: number) => void;
}

/** How a move ended. */
export interface Moved {
  /** In a dry run, how many would have been. */
  readonly moved: number;
  /** Some of those of a dry run. */
  readonly examples: readonly Received[];
  /** Messages that were looked at and are not wanted. */
  readonly unwanted: number;
  /** What the queue says that it still has beside those. */
  readonly left: number;
}

const EXAMPLES = 10;

/** Beyond the time for which a killed run hid its messages. */
const GRACE_SECONDS = 5;

/** How often a queue that says it has messages may give none before it is believed to be done. */
const EMPTY_ANSWERS = 3;

/**
 * Moves messages one by one: received, sent to the other queue, and deleted only when SQS has said that it has the very same.
 * Killed at any time, each message is in at least one of the two queues; those that were sent and not yet deleted are in both.
 * A FIFO queue's groups keep their order.
 */
export class MessageMover {
  private moved = 0;
  private readonly examples: Received[] = [];
  /** By their id: a message that comes again has a new receipt. Without their bodies, of which memory holds fewer than a queue. */
  private readonly kept = new Map<string, Kept>();
  private readonly start = Date.now();
  private lastProgress = Date.now();
  private isWaiting = false;

  constructor(private readonly move: Move) {}

  public async run(): Promise<Moved> {
    const { from, dryRun, signal } = this.move;
    try {
      let emptyAnswers = 0;
      while (!signal.aborted && emptyAnswers < EMPTY_ANSWERS) {
        const batch = await from.receive(this.batchSize, this.move.hiddenSeconds);
        if (batch.length > 0 ? await this.handle(batch) : await this.mayHaveMore()) emptyAnswers = 0;
        else emptyAnswers += 1;
      }
    } finally {
      await from.putBack([...this.kept.values()]);
    }
    const { visible, inFlight, delayed } = await from.facts();
    const { moved, examples, kept } = this;
    const left = Math.max(0, visible + inFlight + delayed - kept.size);
    return { moved, examples, unwanted: kept.size - (dryRun ? moved : 0), left };
  }

  private get batchSize(): number {
    const { rate = LARGEST_BATCH, dryRun } = this.move;
    return dryRun ? LARGEST_BATCH : Math.min(rate, LARGEST_BATCH);
  }

  /** @returns whether that led on: messages that were all seen before tell that the queue has no others */
  private async handle(batch: readonly Received[]): Promise<boolean> {
    const { isWanted, dryRun, onProgress } = this.move;
    const unseen = batch.filter(({ MessageId }) => !this.kept.has(MessageId));
    const wanted = batch.filter((message) => isWanted(message));
    const toMove = dryRun ? [] : wanted;
    if (dryRun) this.count(wanted.filter((message) => unseen.includes(message)));
    for (const message of batch) if (!toMove.includes(message)) this.keep(message);
    if (toMove.length > 0) {
      await this.moveAll(toMove);
      await this.uncover(toMove);
      await this.keepRate();
    }
    if (unseen.length > 0 || toMove.length > 0) this.lastProgress = Date.now();
    onProgress(this.moved);
    return unseen.length > 0 || toMove.length > 0;
  }

  private keep({ MessageId, ReceiptHandle, Attributes }: Received): void {
    this.kept.set(MessageId, { MessageId, ReceiptHandle, group: Attributes?.MessageGroupId });
  }

  private count(wanted: readonly Received[]): void {
    this.moved += wanted.length;
    this.examples.push(...wanted.slice(0, EXAMPLES - this.examples.length));
  }

  /** Deletes only what SQS says that the other queue has. */
  private async moveAll(messages: readonly Received[]): Promise<void> {
    const { from, to } = this.move;
    const sent = new Set<Received>();
    let failure: Error | undefined;
    for (const wave of from.isFifo ? waves(messages) : [messages]) {
      const outcome = await sendCopies(wave, to);
      for (const message of outcome.sent) sent.add(message);
      failure = outcome.failure;
      if (failure !== undefined) break;
    }
    await from.delete([...sent]);
    this.moved += sent.size;
    if (failure === undefined) return;
    await from.putBack(messages.filter((message) => !sent.has(message)));
    throw failure;
  }

  /** While messages of a FIFO group are hidden, SQS gives none that stand behind them. */
  private async uncover(moved: readonly Received[]): Promise<void> {
    if (!this.move.from.isFifo) return;
    const groups = new Set(moved.map(groupOf));
    const covering = [...this.kept.values()].filter(({ group }) => groups.has(group));
    await this.move.from.putBack(covering);
    for (const { MessageId } of covering) this.kept.delete(MessageId);
  }

  private async keepRate(): Promise<void> {
    const { rate, signal } = this.move;
    if (rate === undefined) return;
    const ahead = this.start + (this.moved / rate) * 1000 - Date.now();
    if (ahead > 0) await setTimeout(ahead, undefined, { signal }).catch(() => undefined);
  }

  /** Whether others have received messages that may come back; each receive waits a second for them. */
  private async mayHaveMore(): Promise<boolean> {
    if (this.move.dryRun) return false;
    const inFlight = (await this.move.from.facts()).inFlight - this.kept.size;
    const { hiddenSeconds, onWaiting } = this.move;
    const isWorthIt = inFlight > 0 && Date.now() < this.lastProgress + (hiddenSeconds + GRACE_SECONDS) * 1000;
    if (isWorthIt && !this.isWaiting) onWaiting(inFlight);
    this.isWaiting = isWorthIt;
    return isWorthIt;
  }
}

interface Kept extends Receipt {
  readonly group: string | undefined;
}

/** The first message of each group, then the second of each: a call that fails in part can't change a group's order. */
function waves(messages: readonly Received[]): Received[][] {
  const found: Received[][] = [];
  const sizes = new Map<string | undefined, number>();
  for (const message of messages) {
    const wave = sizes.get(groupOf(message)) ?? 0;
    sizes.set(groupOf(message), wave + 1);
    (found[wave] ??= []).push(message);
  }
  return found;
}

function groupOf({ Attributes }: Received): string | undefined {
  return Attributes?.MessageGroupId;
}
