import type { ThrottleLimit } from "./throttle";

/** Who receives messages, and how the queue deals with them. */
export interface QueueLoad {
  readonly consumers: number;
  /** A consumer works on one message after another, also of a batch. */
  readonly secondsPerMessage: number;
  readonly visibilityTimeout: number;
  /** Share of the receives that fail, each by itself. */
  readonly failureRate: number;
  /** Share of the messages that fail on every receive. */
  readonly poisonRate: number;
  readonly maxReceives: number;
  /** Seconds after which SQS deletes a message. */
  readonly retention: number;
  readonly throttle: ThrottleLimit;
}

/** Messages a second that the consumers finish for good, failed receives taken off. */
export function throughputOf({ consumers, secondsPerMessage, ...failing }: QueueLoad): number {
  const { failureRate, poisonRate, maxReceives } = failing;
  const receives = failureRate === 1 ? maxReceives : (1 - failureRate ** maxReceives) / (1 - failureRate);
  const mean = poisonRate * maxReceives + (1 - poisonRate) * receives;
  return consumers / secondsPerMessage / mean;
}
