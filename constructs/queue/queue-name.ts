import * as v from "valibot";
import { text } from "../schema";

/**
 * Characters in a queue's name.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
 */
const QUEUE_NAME_LENGTH = 80;

/**
 * A queue's name of at most `length` characters; of a FIFO queue it may end in `.fifo`, which does not count. In the
 * syntax that JavaScript and Terraform (RE2) share.
 */
export function queueNamePattern(length: number, fifo: boolean): string {
  return `^[A-Za-z0-9_-]{1,${length}}${fifo ? "([.]fifo)?" : ""}$`;
}

/** What a queue is called after. */
export const QUEUE_NAME_SETTINGS = {
  /** Name of the queue. Each stack needs its own. What settings put behind it takes some of the 80: `-dlq`, `.fifo`, the environment. */
  storageSqsQueueName: v.optional(
    text({
      pattern: queueNamePattern(QUEUE_NAME_LENGTH, true),
      allowed: "1 to 80 letters, digits, hyphens and underscores",
      example: "orders",
    }),
  ),
};

/** The schema of an environment's name. No hyphen: it ends the queue's name, after one, as -dlq does that of a dead-letter queue. */
export const ENVIRONMENT = text({
  pattern: "^(?!dlq$)[a-z][a-z0-9]{0,15}$",
  allowed: "a lower-case letter and up to 15 letters and digits, but not dlq",
  example: "staging",
});

/** What decides whether a queue has a dead-letter queue of the stack's. */
interface DeadLetterOptions {
  readonly deadLetterQueue?: boolean | undefined;
  readonly keepQueueAttributes?: boolean | undefined;
}

/** Does the stack make a dead-letter queue? By default, but not for a queue that keeps its own redrive policy. */
export function hasDeadLetterQueue({ deadLetterQueue, keepQueueAttributes }: DeadLetterOptions): boolean {
  return deadLetterQueue ?? keepQueueAttributes !== true;
}

/** What ends a queue's name. */
interface QueueNameEnding extends DeadLetterOptions {
  readonly environment?: string | undefined;
  readonly fifo?: boolean | undefined;
  /** What the name of a queue beside the first has behind that of the first, after a hyphen. */
  readonly suffix?: string | undefined;
}

/** Characters that are left for the name of the first queue, beside what the settings put behind it for this one. */
export function queueNameLength(ending: QueueNameEnding): number {
  const { environment, fifo = false, suffix, ...deadLetters } = ending;
  const behind = [
    ...(suffix === undefined ? [] : [`-${suffix}`]),
    ...(environment === undefined ? [] : [`-${environment}`]),
    ...(hasDeadLetterQueue(deadLetters) ? ["-dlq"] : []),
    ...(fifo ? [".fifo"] : []),
  ];
  return QUEUE_NAME_LENGTH - behind.join("").length;
}

/** The schema of a queue's name without its ending, with room for what is put behind it. */
export function queueNameSchema(given: QueueNameEnding) {
  const length = queueNameLength(given);
  return text({
    pattern: queueNamePattern(length, false),
    allowed: `1 to ${length} letters, digits, hyphens and underscores`,
    example: "orders",
    mayBeToken: true,
  });
}

/** A queue's name without the ending of a FIFO queue's. */
export function baseName(name: string): string {
  return name.replace(/[.]fifo$/, "");
}
