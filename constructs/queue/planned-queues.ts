import type { QUEUE_CHOICE_SETTINGS } from "../api/queue-choice";
import { type ROUTES_SETTINGS, routesAtPaths } from "../route/route-settings";
import type { Options } from "../setting";
import { ownQueuePaths, type WEBHOOK_SETTINGS } from "../webhook/webhook-settings";
import type { QueueOptions } from "./leveled-queue";
import { choiceKey, FIRST_PATH, ownQueueSuffix } from "./own-queue";
import { queueNameLength } from "./queue-name";
import { queueOverridesIn } from "./queue-overrides";

/** Settings that ask for queues beside the first one. */
export interface QueuePlan extends Options<
  typeof WEBHOOK_SETTINGS & typeof ROUTES_SETTINGS & Pick<typeof QUEUE_CHOICE_SETTINGS, "queues">
> {}

/** A queue that the settings ask for beside the first one. */
export interface PlannedQueue {
  /** Its key among the own queues. */
  readonly key: string;
  /** The setting that asks for it. */
  readonly setting: "webhook" | "routes" | "queues";
  /** What it has of its own; all else is as that of the first queue. */
  readonly options: QueueOptions;
}

/** The queues that the settings ask for beside the first one. */
export function plannedQueues({ webhook, routes, queues }: QueuePlan): PlannedQueue[] {
  return [
    ...chosen(FIRST_PATH, {}, queues).map((one) => ({ ...one, setting: "queues" as const })),
    ...ownQueuePaths(webhook).map((key) => ({ key, setting: "webhook" as const, options: {} })),
    ...routesAtPaths(routes)
      .flatMap(([path, { queues: others, ...route }]) => {
        const options = queueOverridesIn(route);
        return [{ key: path, options }, ...chosen(path, options, others)];
      })
      .map((one) => ({ ...one, setting: "routes" as const })),
  ];
}

type Chosen = Pick<PlannedQueue, "key" | "options">;

/** @param first what the path's first queue has of its own, which the others have, too */
function chosen(path: string, first: QueueOptions, queues: QueuePlan["queues"] = {}): Chosen[] {
  return Object.entries(queues).map(([value, own]) => ({
    key: choiceKey(path, value),
    options: { ...first, ...queueOverridesIn(own) },
  }));
}

interface NamingSettings extends QueuePlan, QueueOptions {
  readonly environment?: string | undefined;
}

/** Characters that the settings leave for the name of the first queue, with what the names of all queues have behind it. */
export function firstNameLength(settings: NamingSettings): number {
  const others = plannedQueues(settings).map(({ key, options }) => ({
    ...settings,
    ...options,
    suffix: ownQueueSuffix(key),
  }));
  return Math.min(...[settings, ...others].map(queueNameLength));
}
