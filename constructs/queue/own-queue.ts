import type { TargetQueue } from "./target-queue";

/** Queues beside the stack's first one, by key: `github` is that of a sender of webhooks on a path of its own. */
export type OwnQueues = Readonly<Record<string, TargetQueue>>;

/** Id of what belongs to a key, `WebhookGithub` of `github`: a contract. What is no letter or digit is its code. */
export function ownQueueId(key: string): string {
  const words = key.replace(/[^A-Za-z0-9]/g, (character) => `x${character.charCodeAt(0).toString(16)}`);
  return `Webhook${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
