import { mistakeText } from "../errors/mistake";
import type { ToolResult } from "../errors/run-tool";
import { isEmpty, isWanted, type MessageFilter } from "./message-filter";
import { MessageMover, type Moved } from "./message-mover";
import { messageText } from "./message-text";
import { hasMoveTasks, HIGHEST_TASK_RATE, moveByTask } from "./move-task";
import type { Queue, QueueFacts, Received } from "./queue";

/** What is moved out of a dead-letter queue, and how. */
export interface Redrive {
  readonly to?: string | undefined;
  readonly filter: MessageFilter;
  readonly rate?: number | undefined;
  readonly dryRun: boolean;
  /**
   * For how long a message in work is hidden, should this process end.
   * @default 30, or as long as it takes to look at all messages where some stay
   */
  readonly hiddenSeconds?: number;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** Longest time for which SQS hides a message. */
const LONGEST_HIDDEN_SECONDS = 43_200;

/** Where each message is moved at once. */
const SHORT_HIDDEN_SECONDS = 30;

/** What is looked at in a second, at least; a guess that has room. */
const LOOKS_PER_SECOND = 50;

const PROGRESS_MS = 2000;

const LONGEST_BODY = 200;

/**
 * Moves messages from the queue's dead-letter queue back to it, or to another: by SQS's own move task where that can do it.
 *
 * Not on a FIFO queue: the task sends a message with the deduplication id that it has. AWS gave it a new one when it died, but
 * an emulator that does not (LocalStack 4.13.1) drops the message, where its queue still knows the old one, and it is lost.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export async function redrive(queue: Queue, job: Redrive): Promise<ToolResult> {
  const facts = await queue.facts();
  const from = requireDeadLetterQueue(queue, facts);
  const to = job.to === undefined ? queue : queue.other(job.to);
  refuseOtherKind(from, to);
  const [fromFacts, toFacts] = [await from.facts(), job.to === undefined ? facts : await to.facts()];
  const isTask =
    !from.isFifo &&
    isEmpty(job.filter) &&
    !job.dryRun &&
    (await hasMoveTasks(from, fromFacts.arn, job.to === undefined));
  return isTask ? byTask(from, fromFacts, job, toFacts) : oneByOne({ from, fromFacts, to, toFacts }, job);
}

/** The queue's dead-letter queue, or one line that tells that it has none. */
export function requireDeadLetterQueue(queue: Queue, facts: QueueFacts): Queue {
  const deadLetters = queue.deadLetterQueue(facts);
  if (deadLetters !== undefined) return deadLetters;
  throw new Error(
    mistakeText({
      where: queue.name,
      wrong: "has no dead-letter queue",
      got: "no redrive policy",
      allowed: "a queue whose messages go to another after max_receive_count",
      mend: "Set dead_letter_queue and deploy, or name the source queue of the one that you mean by --queue-url.",
    }),
  );
}

function refuseOtherKind(from: Queue, to: Queue): void {
  const isSame = from.url === to.url;
  if (!isSame && from.isFifo === to.isFifo) return;
  throw new Error(
    mistakeText({
      where: "--to",
      wrong: isSame ? "is the dead-letter queue itself" : "is of another kind than the dead-letter queue",
      got: to.name,
      allowed: `a ${from.isFifo ? "FIFO" : "standard"} queue other than ${from.name}`,
      mend: "Name such a queue, or leave --to out.",
    }),
  );
}

async function byTask(
  from: Queue,
  { arn, visible }: QueueFacts,
  job: Redrive,
  toFacts: QueueFacts,
): Promise<ToolResult> {
  const told = progress(job, visible);
  if ((job.rate ?? 0) > HIGHEST_TASK_RATE) throw tooFast(job.rate);
  const { moved, isCancelled } = await moveByTask({
    from,
    fromArn: arn,
    toArn: job.to === undefined ? undefined : toFacts.arn,
    rate: job.rate,
    signal: job.signal,
    onProgress: told,
    onFollowing: ({ MaxNumberOfMessagesPerSecond: rate, DestinationArn: to }) => {
      job.tell(
        `SQS is moving messages of ${from.name} already${to === undefined ? "" : ` to ${to}`}${rate === undefined ? "" : ` at ${rate} a second`}: following that task.`,
      );
    },
  });
  const how = isCancelled ? "and was cancelled; the rest stays" : "by its own message move task";
  return {
    text: `SQS moved about ${moved} messages of ${from.name}, ${how}.`,
    exitCode: isCancelled ? 1 : 0,
  };
}

function tooFast(rate: number | undefined): Error {
  return new Error(
    mistakeText({
      where: "--rate",
      wrong: "is more than SQS moves in a second",
      got: String(rate),
      allowed: `1 to ${HIGHEST_TASK_RATE}`,
      mend: "Lower it, or leave it out: SQS then moves as fast as it can.",
    }),
  );
}

interface Between {
  readonly from: Queue;
  readonly fromFacts: QueueFacts;
  readonly to: Queue;
  readonly toFacts: QueueFacts;
}

async function oneByOne({ from, fromFacts, to, toFacts }: Between, job: Redrive): Promise<ToolResult> {
  const isOwn = ({ Attributes = {} }: Received) =>
    job.to !== undefined || [undefined, toFacts.arn].includes(Attributes.DeadLetterQueueSourceArn);
  const { hiddenSeconds = hiddenFor(fromFacts, job) } = job;
  const outcome = await new MessageMover({
    ...job,
    from,
    to,
    hiddenSeconds,
    isWanted: (message) => isOwn(message) && isWanted(job.filter, message),
    onProgress: progress(job, fromFacts.visible),
    onWaiting: (inFlight) => {
      job.tell(
        `${inFlight} messages of ${from.name} are received by others, or by an earlier run that was ended: waiting up to ${hiddenSeconds} s for them.`,
      );
    },
  }).run();
  return job.dryRun ? dryRunOutcome(from, to, outcome) : movedOutcome(from, to, outcome, job.signal);
}

/** Messages that stay are hidden until all are seen, or SQS would give the same again and again. */
function hiddenFor({ visible }: QueueFacts, { filter, dryRun, rate }: Redrive): number {
  if (isEmpty(filter) && !dryRun) return SHORT_HIDDEN_SECONDS;
  const seconds = visible / LOOKS_PER_SECOND + (rate === undefined || dryRun ? 0 : visible / rate);
  return Math.min(LONGEST_HIDDEN_SECONDS, SHORT_HIDDEN_SECONDS + Math.ceil(seconds));
}

function dryRunOutcome(from: Queue, to: Queue, { moved, examples, unwanted, left }: Moved): ToolResult {
  const shown = examples.map((message) => messageText(message, LONGEST_BODY));
  const more = moved > examples.length ? [`… and ${moved - examples.length} more`] : [];
  const text = [
    ...shown,
    ...more,
    `Would move ${moved} messages from ${from.name} to ${to.name}${stays(unwanted)}.${unseen(from, left)} Nothing is moved.`,
  ].join("\n");
  return { text, exitCode: 0 };
}

function movedOutcome(
  from: Queue,
  to: Queue,
  { moved, unwanted, left }: Moved,
  { aborted }: AbortSignal,
): ToolResult {
  const duplicates = to.isFifo
    ? "Run again within five minutes after a run that was killed, there are no duplicates."
    : "A run that was killed before may have left duplicates of up to ten messages.";
  const text = `Moved ${moved} messages from ${from.name} to ${to.name}, one by one${stays(unwanted)}.${unseen(from, left)} ${duplicates}`;
  const isWhole = left === 0 || (from.isFifo && unwanted > 0);
  return { text: aborted ? `Stopped. ${text}` : text, exitCode: isWhole && !aborted ? 0 : 1 };
}

function stays(unwanted: number): string {
  return unwanted === 0 ? "" : `; ${unwanted} others stay`;
}

function unseen(from: Queue, left: number): string {
  if (left === 0) return "";
  const why = from.isFifo
    ? "received by others, or behind messages of their group that stay"
    : "received by others, delayed, or new";
  return ` About ${left} were not looked at: ${why}.`;
}

/** Tells how far it is, now and then. */
function progress({ tell }: Redrive, all: number): (moved: number) => void {
  let last = Date.now();
  return (moved) => {
    if (Date.now() - last < PROGRESS_MS) return;
    last = Date.now();
    tell(`moved ${moved} of about ${all}`);
  };
}
