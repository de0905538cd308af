import { senderNamed } from "../../webhooks/senders";
import { signsUrl } from "../../webhooks/signatures/signs-url";
import type { Sender, Signature } from "../../webhooks/sender";
import type { MESSAGE_SETTINGS } from "../api/message";
import type { INTEGRATION_SETTINGS } from "../api/sqs-method";
import type { RESPONSE_SETTINGS } from "../api/success-response";
import type { Options } from "../setting";
import { onlySender, type Webhook, type WEBHOOK_SETTINGS, sendersAtPaths } from "./webhook-settings";

/** The sender of this name, which the setting has checked. */
export function senderOf(name: string): Sender {
  const sender = senderNamed(name);
  if (sender === undefined) throw new Error(`${name}: is no sender of webhooks`);
  return sender;
}

/** All senders that the setting names. */
export function sendersOf(webhook: Webhook): Sender[] {
  return sendersAtPaths(webhook).map(({ sender }) => senderOf(sender));
}

/** Does one of them take a 4xx for final? API Gateway's own answers are the whole API's. */
export function is4xxFinal(webhook: Webhook): boolean {
  return sendersOf(webhook).some((sender) => sender.is4xxFinal === true);
}

/** Does one of them send its credentials only once a 401 with `WWW-Authenticate` asks for them? */
export function isAskedForCredentials(webhook: Webhook): boolean {
  return sendersOf(webhook).some(({ credentials }) => credentials === "authorization-when-asked");
}

/** What the 401 asks such a sender for; API Gateway's own answers are the whole API's. */
export function challengeOf(webhook: Webhook): string | undefined {
  return isAskedForCredentials(webhook) ? 'Basic realm="webhooks"' : undefined;
}

/** What a sender sets. */
type SetBySender = Options<
  Pick<
    typeof MESSAGE_SETTINGS,
    "contentTypes" | "forwardHeaders" | "forwardRequestMetadata" | "messageGroupId" | "messageDeduplicationId"
  > &
    typeof RESPONSE_SETTINGS &
    typeof INTEGRATION_SETTINGS
>;

/** Of a sender's time limit, what SQS may take: the rest is the way there and back. */
const SHARE_OF_TIME_LIMIT = 0.8;

const USUAL_TIMEOUT_MILLISECONDS = 5000;

/** Each delivery is a message, also one whose body is that of another: a handshake's, or a forged one's. */
const NO_DEDUPLICATION = { request: "extendedRequestId" } as const;

/** What decides a sender's settings, beside the sender. */
export interface AroundSender {
  readonly isFifo: boolean;
  readonly secretHeader?: string | undefined;
  /** Is it wanted that SQS tells repeated messages by their bodies, where the sender has no id? @default false */
  readonly deduplicatesByContent?: boolean | undefined;
}

/**
 * The settings of a method that takes this sender's deliveries, those that the user gives aside. On a FIFO queue all deliveries of a
 * sender are one group, in the order in which they come.
 */
export function senderSettings(
  name: string,
  { isFifo, secretHeader, deduplicatesByContent = false }: AroundSender,
): SetBySender {
  const sender = senderOf(name);
  const { contentTypes, forwardHeaders, answer, timeLimitSeconds } = sender;
  const { messageDeduplicationId = deduplicatesByContent ? undefined : NO_DEDUPLICATION } = sender;
  const limit = (timeLimitSeconds ?? Infinity) * 1000 * SHARE_OF_TIME_LIMIT;
  return {
    contentTypes,
    forwardHeaders: forwardHeaders.filter((header) => header.toLowerCase() !== secretHeader?.toLowerCase()),
    forwardRequestMetadata: forwardedMetadata(sender),
    integrationTimeoutMilliseconds: Math.min(USUAL_TIMEOUT_MILLISECONDS, Math.floor(limit)),
    ...(isFifo && {
      messageGroupId: { constant: name },
      ...(messageDeduplicationId && { messageDeduplicationId }),
    }),
    ...(answer && {
      response: { status: answer.status ?? 200, template: answer.body, contentType: answer.contentType },
    }),
  };
}

/** What a consumer needs beside the body and the headers, to check a signature. */
function forwardedMetadata({ signatures }: Sender): ("requestTimeEpoch" | "requestUrl")[] {
  return [
    ...(signatures.some(isTimed) ? (["requestTimeEpoch"] as const) : []),
    ...(signatures.some(signsUrl) ? (["requestUrl"] as const) : []),
  ];
}

function isTimed(signature: Signature): boolean {
  return signature.kind !== "secret" && signature.toleranceSeconds !== undefined;
}

/** Settings of a stack, of which the setting `webhook` decides others. */
type WithWebhook = SetBySender &
  Options<typeof WEBHOOK_SETTINGS> & { readonly secretHeader?: string | undefined };

/** The settings with what the sender of `POST /sqs`, if there is one, sets and the user does not. */
export function withSender<T extends WithWebhook>(given: T, queue: Omit<AroundSender, "secretHeader">): T {
  const only = onlySender(given.webhook);
  // What is no sender is told where the setting is checked.
  if (only === undefined || senderNamed(only.sender) === undefined) return given;
  const own = Object.fromEntries(Object.entries<unknown>(given).filter(([, value]) => value !== undefined));
  const { secretHeader } = given;
  return { ...senderSettings(only.sender, { ...queue, secretHeader }), ...own } as T;
}
