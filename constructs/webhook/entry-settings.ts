import type { POST_SETTINGS } from "../api/post";
import type { Checked } from "../setting";
import { type AroundSender, senderSettings } from "./sender-settings";
import { WEBHOOK_ENTRIES, type WebhookAtPath } from "./webhook-settings";

type Settings = Checked<typeof POST_SETTINGS>;

/** What an entry has of its own where neither it nor its sender says anything: `POST /sqs` has other callers. */
const OF_ITS_OWN = {
  binaryContentTypes: undefined,
  forwardQueryParameters: [],
  forwardAuthorizerKeys: [],
  messageGroupId: undefined,
  messageDeduplicationId: undefined,
  messageDelaySeconds: undefined,
  messageDelayOutOfRange: "refuse",
  requestTemplates: undefined,
  requestSchema: {},
  requiredHeaders: [],
  requiredQueryParameters: [],
  response: "sqs",
  cors: undefined,
  queueBy: undefined,
  queues: undefined,
} as const satisfies Partial<Settings>;

/** What an entry overrides: its other keys are about it. */
export const OVERRIDES: readonly string[] = Object.keys(WEBHOOK_ENTRIES).filter(
  (name) => !["sender", "path", "ownQueue", "registering"].includes(name),
);

/** Settings of the method of an entry: its own before its sender's, and those of the stack for what is left. */
export function entrySettings<T extends Partial<Settings>>(
  entry: WebhookAtPath,
  shared: T,
  { isFifo, secretHeader }: Omit<AroundSender, "deduplicatesByContent">,
): T {
  const given = Object.entries(entry).filter(([name, value]) => OVERRIDES.includes(name) && isGiven(value));
  return {
    ...shared,
    ...OF_ITS_OWN,
    ...senderSettings(entry.sender, { isFifo, secretHeader }),
    // Two paths of one sender are two groups.
    ...(isFifo && { messageGroupId: { constant: entry.path } }),
    ...Object.fromEntries(given),
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined;
}
