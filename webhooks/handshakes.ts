import type { Sender } from "./sender";
import type { Delivery } from "./signatures/scheme";
import { SNS_PLACE, snsMessage } from "./signatures/sns";
import { type TrustedPlace, trustedUrl } from "./signatures/trusted-url";
import { VerificationError } from "./verification-error";

/** What a sender wants before, or instead of, its first delivery. */
export interface FoundHandshake {
  /** What is to be done, a sentence. */
  readonly told: string;
  /** What the sender made known; it is the secret of its signatures. */
  readonly secret?: string;
  /** What is to be opened. */
  readonly url?: URL;
}

/** Finds a handshake in a delivery; undefined where there is none. */
type Finder = (delivery: Delivery) => FoundHandshake | undefined;

/**
 * Of Event Grid: `rp-<region>.eventgrid.azure.net:553`, and the same of Azure's other clouds. What a topic's owner could name, is not
 * among them.
 * @see https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
 */
const EVENT_GRID: TrustedPlace = { host: /^rp-[a-z0-9]+\.eventgrid\.azure\.(net|us|cn)$/, port: "553" };

/** Handshakes that nothing signs, by sender. */
const UNSIGNED: Readonly<Record<string, Finder>> = {
  "event-grid": eventGridValidation,
  notion: notionToken,
};

/** A handshake that has no signature: anybody can send it, so its secret counts only while somebody registers. */
export function unsignedHandshake(
  name: string,
  sender: Sender,
  delivery: Delivery,
): FoundHandshake | undefined {
  return UNSIGNED[name]?.(delivery) ?? echoOnPost(sender, delivery);
}

/** A handshake whose signature was verified. */
export function signedHandshake(name: string, delivery: Delivery): FoundHandshake | undefined {
  const message = name === "sns" ? snsMessage(delivery) : undefined;
  if (message?.Type !== "SubscriptionConfirmation") return undefined;
  const url = opened("SubscribeURL", message.SubscribeURL, SNS_PLACE);
  return { told: `Open SubscribeURL, so that ${message.TopicArn} delivers.`, url };
}

function eventGridValidation({ header, json }: Delivery): FoundHandshake | undefined {
  if (header("aeg-event-type") !== "SubscriptionValidation") return undefined;
  const events = json() as [{ data?: { validationUrl?: unknown } }?] | undefined;
  const url = opened("validationUrl", events?.[0]?.data?.validationUrl, EVENT_GRID);
  return { told: "Open validationUrl within ten minutes, so that Event Grid delivers.", url };
}

function notionToken({ json }: Delivery): FoundHandshake | undefined {
  const { verification_token: secret } = (json() ?? {}) as { verification_token?: unknown };
  if (typeof secret !== "string") return undefined;
  return {
    told: "Paste the secret as verification token in Notion, and keep it as the consumer's secret.",
    secret,
  };
}

/** The API has echoed it; the message that is queued beside has no body. */
function echoOnPost({ handshakes = [] }: Sender, { header, text }: Delivery): FoundHandshake | undefined {
  if (text !== "{}") return undefined;
  const echo = handshakes.find((handshake) => handshake.kind === "echo-on-post");
  if (echo === undefined) return undefined;
  if ("query" in echo.value) return { told: "Nothing: the API has answered it." };
  const secret = header(echo.value.header);
  if (secret === undefined) return undefined;
  return { told: `Keep the secret, which came as ${echo.value.header}, as the consumer's secret.`, secret };
}

/** @throws VerificationError where it leads elsewhere: opening it would be what a stranger wants from the inside of a network */
function opened(key: string, value: unknown, place: TrustedPlace): URL {
  const url = trustedUrl(String(value), place);
  if (url !== undefined) return url;
  const mistake = {
    where: key,
    wrong: "leads to a host that is not the sender's",
    allowed: `https and ${place.host.source} are allowed`,
    mend: "Do not open it.",
  };
  throw new VerificationError("forbidden_url", mistake);
}
