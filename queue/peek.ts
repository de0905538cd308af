import { mistakeText } from "../errors/mistake";
import { messageFacts, messageText } from "./message-text";
import type { Queue, QueueFacts, Received } from "./queue";

/** How a queue is looked into. */
export interface Look {
  readonly messages: number;
  readonly longestBody: number;
  readonly json: boolean;
  readonly signal: AbortSignal;
  /** Takes what is not the result. */
  readonly tell: (line: string) => void;
}

/** Should this process end before it puts them back, the messages come back after this time. */
const HIDDEN_SECONDS = 30;

/**
 * Some messages of a queue, which stay there. SQS knows no other look than to receive: it counts, and nobody else gets the
 * messages until they are put back, right after.
 */
export async function peek(queue: Queue, look: Look): Promise<string> {
  const facts = await queue.facts();
  refuseOnlyReceive(queue, facts);
  const seen: Received[] = [];
  try {
    while (seen.length < look.messages && !look.signal.aborted) {
      const batch = await queue.receive(look.messages - seen.length, HIDDEN_SECONDS);
      if (batch.length === 0) break;
      seen.push(...batch);
    }
  } finally {
    await queue.putBack(seen);
  }
  tellCost(queue, facts, seen, look);
  if (look.json) return JSON.stringify(seen.map(messageFacts), undefined, 2);
  const rest = seen.length === 0 ? [`${queue.name} gives no messages: ${emptiness(facts)}`] : [];
  return [...seen.map((message) => messageText(message, look.longestBody)), ...rest].join("\n");
}

/** With one receive allowed, the next one after a look moves the message to the dead-letter queue, unworked. */
function refuseOnlyReceive({ name }: Queue, { redrive }: QueueFacts): void {
  if (redrive?.maxReceiveCount !== 1) return;
  throw new Error(
    mistakeText({
      where: name,
      wrong: "moves a message to the dead-letter queue at its second receive, and a look is a receive",
      got: "max_receive_count 1",
      allowed: "looks at a queue with 2 or more",
      mend: "Use count; or raise max_receive_count, which also forgives a consumer that was killed.",
    }),
  );
}

function tellCost(queue: Queue, { redrive }: QueueFacts, seen: readonly Received[], { tell }: Look): void {
  if (seen.length === 0) return;
  tell(
    `${queue.name}: each look counts as a receive of the messages that it shows${redrive === undefined ? "" : `; after ${redrive.maxReceiveCount}, the next moves a message to the dead-letter queue`}. They are put back.`,
  );
  const spent = seen.filter(
    ({ Attributes = {} }) =>
      Number(Attributes.ApproximateReceiveCount) >= (redrive?.maxReceiveCount ?? Infinity),
  );
  if (spent.length === 0) return;
  tell(
    `WARNING: ${spent.length} of them had one receive left, and this was it: the next, also a look, moves them to the dead-letter queue: ${spent.map(({ MessageId }) => MessageId).join(", ")}`,
  );
}

function emptiness({ visible, inFlight, delayed }: QueueFacts): string {
  return `about ${visible} visible, ${inFlight} in flight, ${delayed} delayed.`;
}
