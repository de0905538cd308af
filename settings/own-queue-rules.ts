import { ownQueueSuffix } from "../constructs/queue/own-queue";
import { firstNameLength, plannedQueues, type PlannedQueue } from "../constructs/queue/planned-queues";
import { hasDeadLetterQueue } from "../constructs/queue/queue-name";
import type { Facts, Rule } from "../constructs/setting";
import type { AUTH_STACK_SETTINGS } from "./stack-settings";

type Settings = typeof AUTH_STACK_SETTINGS;

/** What the rules have to know beside the settings. */
interface AroundOwnQueues {
  /** Name of the environment, which ends the queues' names. */
  readonly environment: string | undefined;
}

type QueueFacts = Facts<Settings, AroundOwnQueues>;

type OwnQueueRule = Rule<Settings, AroundOwnQueues>;

/** The settings that ask for queues beside the first one, and how each says so. */
const ASKING = {
  webhook: "has a sender with a queue of its own",
  routes: "has routes, each with a queue of its own",
  queues: "has queues beside the first one",
} as const;

/** What has to hold between such queues and the stack's first: they have its settings, and their names begin with its name. */
export const OWN_QUEUE_RULES: readonly OwnQueueRule[] = (
  Object.keys(ASKING) as PlannedQueue["setting"][]
).flatMap((setting): OwnQueueRule[] => [
  {
    setting,
    isBroken: (facts) => facts.existingQueueArn !== undefined && asks(facts, setting),
    wrong: `${ASKING[setting]}, which would have the settings of a queue that is not the stack's`,
    allowed: "queues of their own without `existingQueueArn`",
    mend: "Drop one or the other.",
  },
  {
    setting,
    isBroken: (facts) => facts.keepQueueAttributes === true && asks(facts, setting),
    wrong: `${ASKING[setting]}, which would have the settings of a queue that keeps what it has`,
    allowed: "queues of their own without `keepQueueAttributes`: true",
    mend: "Drop one or the other.",
  },
  {
    setting,
    isBroken: (facts) => taken(facts, setting) !== undefined,
    wrong: (facts) =>
      `has a queue of its own for ${taken(facts, setting) ?? ""}, whose name is that of another queue`,
    allowed:
      "names that no other queue and no dead-letter queue has, where each begins with that of the first queue",
    mend: "Give it another path or value.",
  },
  {
    setting,
    isBroken: (facts) => asks(facts, setting) && firstNameLength(facts) < 1,
    wrong: "has a path or value that leaves no character for the first queue's name before it",
    allowed:
      "80 characters for both, with what the environment, a dead-letter queue and FIFO put behind them",
    mend: "Shorten it.",
  },
]);

function asks(facts: QueueFacts, setting: PlannedQueue["setting"]): boolean {
  return plannedQueues(facts).some((planned) => planned.setting === setting);
}

/** The key of a queue that this setting asks for, whose name another queue has before it. */
function taken(facts: QueueFacts, setting: PlannedQueue["setting"]): string | undefined {
  const planned = plannedQueues(facts);
  const names = planned.map(({ key }) => ownQueueSuffix(key));
  const deadLetters = [
    ...(hasDeadLetterQueue(facts) ? ["dlq"] : []),
    ...planned
      .filter(({ options }) => hasDeadLetterQueue({ ...facts, ...options }))
      .map(({ key }) => `${ownQueueSuffix(key)}-dlq`),
  ];
  return planned.find(
    (one, index) =>
      one.setting === setting &&
      (names.indexOf(names[index] ?? "") < index || deadLetters.includes(names[index] ?? "")),
  )?.key;
}
