import { overriding } from "../setting";
import { QUEUE_SETTINGS, type QueueOptions } from "./leveled-queue";

/** Names of the settings that are about one queue, by its ARN, or that guard all of them. */
const OF_THE_FIRST = [
  "adoptQueue",
  "keepQueueAttributes",
  "queuePolicyStatements",
  "preventDestroy",
] as const;

type OfEach = Omit<typeof QUEUE_SETTINGS, (typeof OF_THE_FIRST)[number]>;

const OF_EACH = Object.fromEntries(
  Object.entries(QUEUE_SETTINGS).filter(([name]) => !(OF_THE_FIRST as readonly string[]).includes(name)),
) as OfEach;

/** What a queue beside the first one may have of its own; all else is that of the first. */
export const QUEUE_OVERRIDES = overriding(OF_EACH);

/** What is given of it in settings that hold more. */
export function queueOverridesIn(given: object): QueueOptions {
  const own = Object.entries(given).filter(([name, value]) => name in QUEUE_OVERRIDES && value !== undefined);
  return Object.fromEntries(own);
}
