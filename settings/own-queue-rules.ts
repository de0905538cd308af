import { hasDeadLetterQueue, queueNameLength } from "../constructs/queue/queue-name";
import type { Facts, Rule } from "../constructs/setting";
import { ownQueuePaths } from "../constructs/webhook/webhook-settings";
import type { AUTH_STACK_SETTINGS } from "./stack-settings";

type Settings = typeof AUTH_STACK_SETTINGS;

/** What the rules have to know beside the settings. */
interface AroundOwnQueues {
  /** Name of the environment, which ends the queues' names. */
  readonly environment: string | undefined;
}

/** What has to hold between senders' own queues and the stack's: they have its settings, and their names begin with its name. */
export const OWN_QUEUE_RULES: readonly Rule<Settings, AroundOwnQueues>[] = [
  {
    setting: "webhook",
    isBroken: ({ webhook, existingQueueArn }) =>
      existingQueueArn !== undefined && ownQueuePaths(webhook).length > 0,
    wrong:
      "has a sender with a queue of its own, which would have the settings of a queue that is not the stack's",
    allowed: "`ownQueue` without `existingQueueArn`",
    mend: "Drop one or the other.",
  },
  {
    setting: "webhook",
    isBroken: ({ webhook, keepQueueAttributes }) =>
      keepQueueAttributes === true && ownQueuePaths(webhook).length > 0,
    wrong:
      "has a sender with a queue of its own, which would have the settings of a queue that keeps what it has",
    allowed: "`ownQueue` without `keepQueueAttributes`: true",
    mend: "Drop one or the other.",
  },
  {
    setting: "webhook",
    isBroken: (facts) => pathTakenByDeadLetters(facts) !== undefined,
    wrong: (facts) =>
      `has a queue of its own at the path ${pathTakenByDeadLetters(facts) ?? ""}, whose name is that of a dead-letter queue`,
    allowed: "paths of own queues that are not `dlq`, nor another own queue's with -dlq behind it",
    mend: "Give the sender another `path`.",
  },
  {
    setting: "webhook",
    isBroken: ({ webhook, ...facts }) =>
      queueNameLength({ ...facts, ownQueuePaths: ownQueuePaths(webhook) }) < 1,
    wrong: "has a path that leaves no character for the queue's name before it",
    allowed:
      "80 characters for both, with what the environment, a dead-letter queue and FIFO put behind them",
    mend: "Shorten the `path`.",
  },
];

function pathTakenByDeadLetters({
  webhook,
  ...facts
}: Partial<Facts<Settings, unknown>>): string | undefined {
  if (!hasDeadLetterQueue(facts)) return undefined;
  const paths = ownQueuePaths(webhook);
  const taken = ["dlq", ...paths.map((path) => `${path}-dlq`)];
  return paths.find((path) => taken.includes(path));
}
