import { LARGEST_BATCH, type Queue, type Received } from "../queue/queue";

/** What is looked for, and for how long. */
export interface Search {
  readonly isMine: (message: Received) => boolean;
  readonly milliseconds: number;
  readonly maxReceiveCount?: number | undefined;
  readonly signal: AbortSignal;
}

/** How a search ended. */
export interface Found {
  /** Undefined where it is not found. */
  readonly message: Received | undefined;
  /** Others' messages that were looked at, each time that they were. */
  readonly others: number;
  /** Why it ended without the message: the time was over, or the next look could cost others' messages their consumer. */
  readonly isSparing: boolean;
  /** Whether the last round saw all that SQS had to give. */
  readonly sawAll: boolean;
}

/** For so long nobody else gets the messages that are looked at, should this process be killed. */
const HIDDEN_SECONDS = 10;

/**
 * Looks for one message, and deletes it. Others' messages stay: each round looks at each of them once, and puts all back when the
 * message is found or SQS gives no more. A look counts as a receive: the search ends before one of theirs has only one left.
 */
export async function findMessage(queue: Queue, search: Search): Promise<Found> {
  const deadline = Date.now() + search.milliseconds;
  let others = 0;
  for (;;) {
    const round = await lookOnce(queue, search, deadline);
    others += round.others;
    const isOver = Date.now() >= deadline || search.signal.aborted;
    if (round.message !== undefined || round.isSparing || isOver) return { ...round, others };
  }
}

async function lookOnce(queue: Queue, search: Search, deadline: number): Promise<Found> {
  const { isMine, maxReceiveCount = Infinity, signal } = search;
  const roundEnd = Math.min(deadline, Date.now() + (HIDDEN_SECONDS * 1000) / 2);
  const held: Received[] = [];
  const found = (message: Received | undefined, isSparing: boolean, sawAll: boolean) => ({
    message,
    others: held.length,
    isSparing,
    sawAll,
  });
  try {
    do {
      const batch = await queue.receive(LARGEST_BATCH, HIDDEN_SECONDS);
      const message = batch.find(isMine);
      held.push(...batch.filter((other) => other !== message));
      if (message !== undefined) {
        await queue.delete([message]);
        return found(message, false, false);
      }
      if (batch.length === 0) return found(undefined, false, true);
      if (held.some((other) => receiveCount(other) >= maxReceiveCount - 1)) {
        return found(undefined, true, false);
      }
    } while (Date.now() < roundEnd && !signal.aborted);
    return found(undefined, false, false);
  } finally {
    await queue.putBack(held);
  }
}

function receiveCount({ Attributes = {} }: Received): number {
  return Number(Attributes.ApproximateReceiveCount ?? 0);
}
