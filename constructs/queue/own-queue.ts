import type { Construct } from "constructs";
import { mistakeText } from "../../errors/mistake";
import type { TargetQueue } from "./target-queue";

/**
 * Queues beside the stack's first one, by key: `github` is that of a sender of webhooks, `/orders` that of a route, `/orders:high` that of
 * a value by which the route chooses.
 */
export type OwnQueues = Readonly<Record<string, TargetQueue>>;

/** The path whose first queue is the stack's. */
export const FIRST_PATH = "/sqs";

/** Key of the queue of a value by which the method at `path` chooses. */
export function choiceKey(path: string, value: string): string {
  return `${path}:${value}`;
}

/** Id of what belongs to a key, `WebhookGithub` or `RouteOrders`: a contract. What is no letter or digit is its code. */
export function ownQueueId(key: string): string {
  const isRoute = key.startsWith("/");
  const words = key
    .slice(isRoute ? 1 : 0)
    .replace(/[^A-Za-z0-9]/g, (character) => `x${character.charCodeAt(0).toString(16)}`);
  return `${isRoute ? "Route" : "Webhook"}${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** What a key puts behind the name of the stack's first queue, after a hyphen: `orders-high` of `/orders:high`. */
export function ownQueueSuffix(key: string): string {
  const below = key.startsWith(`${FIRST_PATH}:`) ? key.slice(FIRST_PATH.length + 1) : key.replace(/^[/]/, "");
  return below.replace(/[/:]/g, "-");
}

/** The queues that the methods at `/sqs` and those of senders reach, beside the first one. Those of routes are for them alone. */
export function queuesBeside(queues: OwnQueues): TargetQueue[] {
  return Object.entries(queues)
    .filter(([key]) => !key.startsWith("/") || key.startsWith(`${FIRST_PATH}:`))
    .map(([, queue]) => queue);
}

/** The queue of a key. Throws where whoever uses the construct has given none. */
export function ownQueueOf({ node }: Construct, queues: OwnQueues, key: string): TargetQueue {
  const queue = queues[key];
  if (queue !== undefined) return queue;
  throw new Error(
    mistakeText({
      where: `${node.path}.ownQueues`,
      wrong: `has no queue for ${key}`,
      got: shownKeys(queues),
      allowed:
        "a queue for each sender with `ownQueue`, each route, and each value by which a method chooses",
      mend: "Give one, or drop the setting that asks for it.",
    }),
  );
}

function shownKeys(queues: OwnQueues): string {
  const keys = Object.keys(queues);
  return keys.length === 0 ? "none" : keys.join(", ");
}
