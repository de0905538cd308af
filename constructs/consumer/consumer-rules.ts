import type { QUEUE_SETTINGS } from "../queue/leveled-queue";
import type { Rule } from "../setting";
import {
  CONSUMER_ENTRIES,
  type CONSUMER_SETTINGS,
  type ConsumerEntries,
  DEFAULT_TIMEOUT_SECONDS,
} from "./consumer-settings";

/** What the rules have to know of the queue. */
export interface AroundConsumer {
  readonly isFifo: boolean;
  /** The queue's visibility timeout; undefined: nobody here knows. */
  readonly queueVisibilityTimeout: number | undefined;
  /** Queues whose messages the function gets: each has its own event source mapping. */
  readonly consumedQueues: number;
}

type Settings = typeof CONSUMER_SETTINGS & Pick<typeof QUEUE_SETTINGS, "visibilityTimeoutSeconds">;

type ConsumerRule = Rule<Settings, AroundConsumer>;

/** Invocations that one event poller keeps running. */
const INVOCATIONS_OF_A_POLLER = 10;

const DEFAULT_MINIMUM_POLLERS = 2;

const DEFAULT_MAXIMUM_POLLERS = 200;

/** Keys about a function that the stack makes. */
const OF_A_MADE_FUNCTION = [
  "memorySize",
  "reservedConcurrentExecutions",
  "tracing",
  "environmentVariables",
  "idempotency",
] as const satisfies readonly (keyof typeof CONSUMER_ENTRIES)[];

/** Seconds that a received message has to stay hidden; undefined: nobody here knows the function's timeout. */
export function neededVisibilityTimeout(consumer: ConsumerEntries): number | undefined {
  const { functionFolder, timeoutSeconds, maximumBatchingWindowSeconds } = consumer;
  const timeout = timeoutSeconds ?? (functionFolder === undefined ? undefined : DEFAULT_TIMEOUT_SECONDS);
  return timeout === undefined ? undefined : 6 * timeout + maximumBatchingWindowSeconds;
}

/** A rule about the keys of `consumer` alone. */
function inside(
  key: keyof ConsumerEntries,
  isBroken: (consumer: ConsumerEntries, around: AroundConsumer) => boolean,
  texts: Pick<ConsumerRule, "wrong" | "allowed" | "mend">,
): ConsumerRule {
  return {
    setting: "consumer",
    key,
    isBroken: ({ consumer, ...around }) => consumer !== undefined && isBroken(consumer, around),
    ...texts,
  };
}

/**
 * What has to hold between the settings of the consumer and the queue. Terraform's AWS provider asks for none of it before it applies, and for some of it never.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export const CONSUMER_RULES: readonly ConsumerRule[] = [
  {
    setting: "consumer",
    isBroken: ({ consumer }) =>
      consumer !== undefined && consumer.lambdaArn === undefined && consumer.functionFolder === undefined,
    wrong: "names no function",
    allowed: "`lambdaArn` or `functionFolder`",
    mend: 'Write for example `functionFolder`: "lambda/consumer".',
  },
  inside(
    "functionFolder",
    ({ lambdaArn, functionFolder }) => lambdaArn !== undefined && functionFolder !== undefined,
    {
      wrong: "is a second function",
      allowed: "`lambdaArn` or `functionFolder`",
      mend: "Drop one or the other.",
    },
  ),
  ...(["minimumPollers", "maximumPollers"] as const).map((key) =>
    inside(key, (consumer) => consumer.maximumConcurrency !== undefined && consumer[key] !== undefined, {
      wrong: "is provisioned mode, which has no maximum concurrency",
      allowed: "`maximumConcurrency`, or pollers",
      mend: "Drop one or the other.",
    }),
  ),
  inside("minimumPollers", hasFewerPollersThanItsMinimum, {
    wrong: "is more than the maximum",
    allowed: `no more than \`maximumPollers\`, which is ${DEFAULT_MAXIMUM_POLLERS} where it is not given`,
    mend: "Lower it, or raise `maximumPollers`.",
  }),
  inside("batchSize", ({ batchSize }, { isFifo }) => isFifo && batchSize > 10, {
    wrong: "is more than Lambda takes from a FIFO queue",
    allowed: "up to 10 messages",
    mend: "Lower it.",
  }),
  inside(
    "batchSize",
    ({ batchSize, maximumBatchingWindowSeconds }, { isFifo }) =>
      !isFifo && batchSize > 10 && maximumBatchingWindowSeconds < 1,
    {
      wrong: "needs a window",
      allowed: "up to 10 messages, or more with `maximumBatchingWindowSeconds` of at least 1",
      mend: "Write `maximumBatchingWindowSeconds`: 1, or lower it.",
    },
  ),
  inside(
    "maximumBatchingWindowSeconds",
    ({ maximumBatchingWindowSeconds }, { isFifo }) => isFifo && maximumBatchingWindowSeconds > 0,
    {
      wrong: "is for standard queues",
      allowed: "no window with a FIFO queue",
      mend: "Drop it.",
    },
  ),
  ...OF_A_MADE_FUNCTION.map((key) =>
    inside(
      key,
      (consumer) =>
        consumer.lambdaArn !== undefined && consumer[key] !== undefined && consumer[key] !== false,
      {
        wrong: "is for a function that the stack makes",
        allowed: "this key together with `functionFolder`",
        mend: "Drop it, and set it at your function.",
      },
    ),
  ),
  inside(
    "idempotencyAttribute",
    ({ idempotency, idempotencyAttribute }) => idempotencyAttribute !== undefined && !idempotency,
    {
      wrong: "needs a table of what is done",
      allowed: "this key together with `idempotency`: true",
      mend: "Write that, or drop it.",
    },
  ),
  inside("reservedConcurrentExecutions", reservesTooFew, {
    wrong: "is not enough for what Lambda may send at once, and what is refused counts as a receive",
    allowed: ({ consumedQueues }) =>
      `at least \`maximumConcurrency\`, or ten times the \`maximumPollers\`, one of which has to be given${consumedQueues > 1 ? `, for each of the ${consumedQueues} queues` : ""}`,
    mend: "Raise it, or write a lower `maximumConcurrency`.",
  }),
  {
    setting: "visibilityTimeoutSeconds",
    because: ["consumer"],
    isBroken: ({ consumer, queueVisibilityTimeout = Infinity }) =>
      consumer !== undefined && queueVisibilityTimeout < (neededVisibilityTimeout(consumer) ?? 0),
    wrong: "is too short for the consumer: messages would come back while it works on them",
    allowed: ({ consumer }) =>
      `at least ${consumer === undefined ? 0 : (neededVisibilityTimeout(consumer) ?? 0)} seconds, six times the function's timeout and the window`,
    mend: "Raise it, or lower `timeoutSeconds` or `maximumBatchingWindowSeconds`.",
  },
];

function hasFewerPollersThanItsMinimum({ minimumPollers, maximumPollers }: ConsumerEntries): boolean {
  if (minimumPollers === undefined && maximumPollers === undefined) return false;
  return (minimumPollers ?? DEFAULT_MINIMUM_POLLERS) > (maximumPollers ?? DEFAULT_MAXIMUM_POLLERS);
}

function reservesTooFew(consumer: ConsumerEntries, { consumedQueues }: AroundConsumer): boolean {
  const { reservedConcurrentExecutions: reserved, maximumConcurrency, minimumPollers } = consumer;
  if (reserved === undefined) return false;
  const { maximumPollers = minimumPollers === undefined ? undefined : DEFAULT_MAXIMUM_POLLERS } = consumer;
  const ofPollers = maximumPollers === undefined ? undefined : maximumPollers * INVOCATIONS_OF_A_POLLER;
  return reserved < consumedQueues * (maximumConcurrency ?? ofPollers ?? Infinity);
}

/** What is allowed, and worth a word at synthesis. */
export function consumerNotes(
  consumer: ConsumerEntries,
  { queueVisibilityTimeout, consumedQueues }: Omit<AroundConsumer, "isFifo">,
  maxReceiveCount: number | undefined,
): string[] {
  const needed = neededVisibilityTimeout(consumer);
  const window = consumer.maximumBatchingWindowSeconds;
  const notes: string[] = [];
  if (needed === undefined && queueVisibilityTimeout !== undefined) {
    const seconds = Math.max(0, Math.floor((queueVisibilityTimeout - window) / 6));
    notes.push(
      `\`consumer\`: the queue's visibility timeout is enough for a function with a timeout of up to ${seconds} seconds; \`timeoutSeconds\` tells yours, to be checked.`,
    );
  }
  if (needed !== undefined && queueVisibilityTimeout === undefined) {
    notes.push(
      `\`consumer\`: needs a queue with a visibility timeout of at least ${needed} seconds; nothing here can check that.`,
    );
  }
  if (maxReceiveCount !== undefined && maxReceiveCount < 5) {
    notes.push(
      `\`consumer\`: \`maxReceiveCount\` is ${maxReceiveCount}; with fewer than 5, messages that Lambda could not hand over in time become dead letters, too.`,
    );
  }
  if (consumer.maximumConcurrency !== undefined && consumedQueues > 1) {
    notes.push(
      `\`consumer\`: \`maximumConcurrency\` counts for each of the ${consumedQueues} queues, so that the function may run ${consumedQueues * consumer.maximumConcurrency} times at once.`,
    );
  }
  if (consumer.filterPatterns !== undefined && consumer.filterPatterns.length > 0) {
    notes.push(
      "`consumer`: Lambda deletes each message that matches none of `filterPatterns`, though its sender got a 2xx.",
    );
  }
  return notes;
}
