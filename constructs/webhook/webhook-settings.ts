import * as v from "valibot";
import { nearest } from "../../errors/nearest";
import { REFUSED_SENDERS } from "../../webhooks/refused-senders";
import { SENDERS } from "../../webhooks/senders";
import { MESSAGE_SETTINGS } from "../api/message";
import { VALIDATION_SETTINGS } from "../api/request-validation";
import { INTEGRATION_SETTINGS } from "../api/sqs-method";
import { RESPONSE_SETTINGS } from "../api/success-response";
import { ownQueueId } from "../queue/own-queue";
import { chosen, filledList, flag, isGroup, object, rule, text } from "../schema";
import type { Checked, Options } from "../setting";

const NAMES = Object.keys(SENDERS);

const ALLOWED = "a sender of docs/webhooks.md";

const KNOWN = v.picklist(NAMES, ({ input }) => {
  const near = typeof input === "string" ? nearest(input, NAMES) : undefined;
  const mend = near === undefined ? 'Write for example "github".' : `Did you mean "${near}"?`;
  return rule("is not a sender that is known here", ALLOWED, mend)({ input });
});

/** A sender's name. One that can't be had without a function is told why. */
const SENDER = {
  ...chosen(KNOWN, (input) => {
    const name = typeof input === "string" ? input.toLowerCase() : "";
    const refused = Object.hasOwn(REFUSED_SENDERS, name) ? REFUSED_SENDERS[name] : undefined;
    if (refused === undefined) return KNOWN;
    return v.never(rule(`can't be had: ${refused.title} ${refused.reason}`, ALLOWED, refused.instead));
  }),
  allowed: ALLOWED,
};

const REGISTERING = v.optional(flag("answer the sender's handshake, and nothing else"), false);

/** What an entry in a list of `webhook` holds. */
export const WEBHOOK_ENTRIES = {
  /** The sender's name. */
  sender: SENDER,
  /** Last part of the URL's path; without it the sender's name. */
  path: v.optional(
    text({
      pattern: "^[A-Za-z0-9_-]{1,64}$",
      allowed: "one part of a path: letters, digits, hyphens and underscores",
      example: "payments",
      refused: {
        pattern: /^sqs$/,
        wrong: "is taken",
        mend: "Write another one.",
      },
    }),
  ),
  /** Sends to a queue of its own, whose name has the path behind it: `orders-github`. It has the settings of the stack's queue. */
  ownQueue: v.optional(flag("send to a queue of its own"), false),
  /**
   * For senders whose handshake wants a value of a POST's body in the answer: true while you register the URL. Until it is taken back,
   * every delivery is answered 503, since nothing reaches the queue.
   */
  registering: REGISTERING,
  contentTypes: v.optional(MESSAGE_SETTINGS.contentTypes.wrapped),
  forwardHeaders: v.optional(MESSAGE_SETTINGS.forwardHeaders.wrapped),
  forwardQueryParameters: v.optional(MESSAGE_SETTINGS.forwardQueryParameters.wrapped),
  forwardRequestMetadata: v.optional(MESSAGE_SETTINGS.forwardRequestMetadata.wrapped),
  messageGroupId: MESSAGE_SETTINGS.messageGroupId,
  messageDeduplicationId: MESSAGE_SETTINGS.messageDeduplicationId,
  messageDelaySeconds: MESSAGE_SETTINGS.messageDelaySeconds,
  messageDelayOutOfRange: v.optional(MESSAGE_SETTINGS.messageDelayOutOfRange.wrapped),
  requiredHeaders: v.optional(VALIDATION_SETTINGS.requiredHeaders.wrapped),
  requiredQueryParameters: v.optional(VALIDATION_SETTINGS.requiredQueryParameters.wrapped),
  response: v.optional(RESPONSE_SETTINGS.response.wrapped),
  integrationTimeoutMilliseconds: v.optional(INTEGRATION_SETTINGS.integrationTimeoutMilliseconds.wrapped),
};

const ENTRY = object(WEBHOOK_ENTRIES, '{ `sender`: "stripe", `path`: "payments" }');

const ITEM = chosen(v.union([SENDER, ENTRY]), (input) => (isGroup(input) ? ENTRY : SENDER));

const SAME_PATH = rule(
  "has two senders at one path",
  "a path of its own for each, and not by its first capital alone",
  "Give one of them another `path`.",
);

const LIST = v.pipe(
  filledList(ITEM, "sender", '["github", "stripe"]'),
  v.check(
    (items) => new Set(items.map((item) => ownQueueId(pathOf(item)))).size === items.length,
    ({ input }) => SAME_PATH({ input: input.map(pathOf) }),
  ),
);

/** The sender of `POST /sqs`; what else it needs are settings of the stack. */
const ONLY = object(
  { sender: SENDER, registering: REGISTERING },
  '{ `sender`: "slack", `registering`: true }',
);

const ALLOWED_WEBHOOK = `${ALLOWED}, { \`sender\`: …, \`registering\`: … }, or a list of senders and of objects`;

/** Settings of the senders of webhooks. */
export const WEBHOOK_SETTINGS = {
  /**
   * Who sends: `POST /sqs` is then made for this sender, with its content types, its headers as message attributes, its deduplication id on
   * a FIFO queue, its handshake and the answer that it wants; settings that you give count before the sender's. In a list each sender has a path of
   * its own beside `/sqs`, `POST /github`, and what it overrides. docs/webhooks.md has the senders, and what each sets.
   */
  webhook: v.optional({
    ...chosen(v.union([SENDER, ONLY, LIST]), (input) => {
      if (Array.isArray(input)) return LIST;
      return isGroup(input) ? ONLY : SENDER;
    }),
    allowed: ALLOWED_WEBHOOK,
  }),
};

/** The sender of `POST /sqs`. */
export type OnlySender = v.InferOutput<typeof ONLY>;

/** What the setting `webhook` may be given. */
export type Webhook = Options<typeof WEBHOOK_SETTINGS>["webhook"];

type CheckedWebhook = Checked<typeof WEBHOOK_SETTINGS>["webhook"];

/** An entry in a list of `webhook`, checked. */
export type WebhookEntry = v.InferOutput<typeof ENTRY>;

/** An entry, with the path that it has. */
export interface WebhookAtPath extends WebhookEntry {
  readonly path: string;
}

/** The sender of `POST /sqs`, if the setting names one. */
export function onlySender(webhook: Webhook): OnlySender | undefined {
  const given = webhook as CheckedWebhook;
  if (given === undefined || Array.isArray(given)) return undefined;
  return { registering: false, ...(typeof given === "string" ? { sender: given } : given) };
}

/** The senders with paths of their own, each with its path. */
export function webhookEntries(webhook: Webhook): WebhookAtPath[] {
  const given = webhook as CheckedWebhook;
  if (!Array.isArray(given)) return [];
  return given.map((item) => ({
    ownQueue: false,
    registering: false,
    ...(typeof item === "string" ? { sender: item } : item),
    path: pathOf(item),
  }));
}

/** All senders, each with its path. */
export function sendersAtPaths(webhook: Webhook): Pick<WebhookAtPath, "sender" | "registering" | "path">[] {
  const only = onlySender(webhook);
  return only ? [{ ...only, path: "sqs" }] : webhookEntries(webhook);
}

function pathOf(item: v.InferOutput<typeof ITEM>): string {
  return typeof item === "string" ? item : (item.path ?? item.sender);
}

/** The paths whose sender has a queue of its own. */
export function ownQueuePaths(webhook: Webhook): string[] {
  return webhookEntries(webhook)
    .filter(({ ownQueue }) => ownQueue)
    .map(({ path }) => path);
}
