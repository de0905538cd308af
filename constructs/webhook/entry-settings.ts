import { type LARGE_BODY_SETTINGS, largeBodiesOf } from "../large-bodies/large-body-settings";
import { base64ContentTypes } from "../api/message";
import type { POST_SETTINGS } from "../api/post";
import type { Checked } from "../setting";
import { type AroundSender, senderSettings } from "./sender-settings";
import {
  WEBHOOK_ENTRIES,
  type WEBHOOK_SETTINGS,
  type WebhookAtPath,
  webhookEntries,
} from "./webhook-settings";

type Settings = Checked<typeof POST_SETTINGS>;

/** What an entry has of its own where neither it nor its sender says anything: `POST /sqs` has other callers. */
const OF_ITS_OWN = {
  binaryContentTypes: undefined,
  forwardQueryParameters: [],
  forwardAuthorizerKeys: [],
  messageGroupId: undefined,
  messageDeduplicationId: undefined,
  requestTemplates: undefined,
  requestSchema: {},
  requiredHeaders: [],
  requiredQueryParameters: [],
  response: "sqs",
  cors: undefined,
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

type Facts = Partial<Settings & Checked<typeof WEBHOOK_SETTINGS & typeof LARGE_BODY_SETTINGS>>;

/** Content types whose bodies travel as base64, or as bytes, in any of the API's methods. */
export function binaryMediaTypes(settings: Facts): string[] {
  const methods = webhookEntries(settings.webhook).map((entry) =>
    entrySettings(entry, settings, { isFifo: false }),
  );
  const ofLargeBodies = largeBodiesOf(settings.largeBodies)?.binaryTypes ?? [];
  return [...new Set([...[settings, ...methods].flatMap(base64ContentTypes), ...ofLargeBodies])];
}
