import { certificate, type Fetch, fetchTrusted } from "./fetch-trusted";
import { checkFreshness } from "./freshness";
import { type FoundHandshake, signedHandshake, unsignedHandshake } from "./handshakes";
import { type QueueMessage, type ReceivedRequest, receivedRequest } from "./queue-message";
import type { SeenIds } from "./seen-ids";
import type { Sender, Signature } from "./sender";
import { allowedSenders, senderNamed } from "./senders";
import { deliveryId, isGenuine, isPresent, isSecret } from "./signatures/check";
import type { Delivery } from "./signatures/scheme";
import { signsUrl } from "./signatures/signs-url";
import { parsed } from "./value-at";
import { VerificationError } from "./verification-error";

/** What a consumer knows of its sender. */
export interface VerifyOptions {
  /** Its name in the setting `webhook`. */
  readonly sender: string;
  /**
   * What the sender signs with; several while one is replaced by another. Of SendGrid the public key that it shows. Of PayPal and SNS, which
   * sign with a certificate for all their customers, what tells whose deliveries are wanted: the webhook's id, the topic's ARN.
   * @default - none: only a handshake that nothing signs is taken
   */
  readonly secret?: string | readonly string[];
  /**
   * The URL that the sender was given; of senders that sign it. Without a query it has that of the request.
   * @default - the message's attribute `RequestUrl`
   */
  readonly url?: string;
  /**
   * Seconds between signature and receipt, in both directions; Infinity for any.
   * @default - the sender's own, where it has one
   */
  readonly toleranceSeconds?: number;
  /** Ids of what is done. @default - none, nothing is told as seen before */
  readonly seen?: SeenIds;
  /** Of senders that sign nothing: the API checked who sent it, or you do, as docs/webhooks.md tells. @default false */
  readonly allowUnsigned?: boolean;
  /**
   * The sender's library, as `import()` gives it: where a bundler would leave it out, or a strict package manager hides it.
   * @default - loaded by its name, where the sender has one that can check a message which has waited
   */
  readonly library?: object;
  /** Fetches certificates of PayPal and SNS, and what {@link Handshake.finish} opens. @default fetch */
  readonly fetch?: Fetch;
}

/** A delivery that is its sender's. */
export interface VerifiedDelivery {
  readonly kind: "delivery";
  /** As the sender sent it. */
  readonly body: string;
  /** The same where it is no text. */
  readonly bytes: Buffer;
  /** The sender's own, which stays the same when it sends the delivery again; undefined where it has none. */
  readonly id: string | undefined;
  /** Does the signature cover the id? Where it does not, whoever has seen a delivery can send it again with another id. */
  readonly isIdSigned: boolean;
  /** When the API received it, in milliseconds since 1970; undefined where the message was received without its times. */
  readonly receivedAt: number | undefined;
  /** Is the delivery done, by {@link remember}? What SQS gives out again because its consumer failed is not. */
  readonly isSeen: boolean;
  /** Call it when the work is done, never before: a delivery that is remembered and then fails is lost. */
  readonly remember: () => Promise<void>;
}

/** What a sender wants instead of work. */
export interface Handshake {
  readonly kind: "handshake";
  /** What is to be done, a sentence. */
  readonly told: string;
  /**
   * What the sender made known: the secret of its signatures (Notion, Asana). Nothing signs it, so take it only while you register, and show
   * it to nobody but who does.
   */
  readonly secret?: string | undefined;
  /** Does what a program can: opens the URL of SNS or Event Grid, at those hosts alone and without redirects; else nothing. */
  readonly finish: () => Promise<void>;
}

/**
 * Is a message of the queue what its sender sent? By the sender's own library, which has to be installed, or else by its signature as the
 * preset describes it. Freshness is counted from the receipt by the API, not from now: the message may have waited.
 *
 * With `seen`, what is done is told when the sender sends it again, or somebody else does. Beside the sample consumer's setting
 * `idempotency` (lambda/consumer) it is not needed: with `idempotency_attribute` that knows the sender's id, too, and fails a second body
 * of the same id.
 * @throws VerificationError
 */
export async function verify(
  message: QueueMessage,
  options: VerifyOptions,
): Promise<VerifiedDelivery | Handshake> {
  const { fetch = globalThis.fetch } = options;
  const sender = senderOf(options.sender);
  const request = receivedRequest(message);
  const delivery = deliveryOf(request, options, fetch);
  const present = sender.signatures.filter((signature) => isPresent(signature, delivery));
  if (present.length === 0) {
    const found = unsignedHandshake(options.sender, sender, delivery);
    if (found !== undefined) return handshake(found, fetch);
    if (sender.signatures.length > 0 || options.allowUnsigned !== true) {
      throw notSigned(options.sender, sender);
    }
    return verified(request, delivery, options, sender, undefined);
  }
  const signature = await genuineOne(present, sender, delivery, options);
  checkFreshness(signature, delivery, request, options);
  const found = signedHandshake(options.sender, delivery);
  return found === undefined
    ? verified(request, delivery, options, sender, signature)
    : handshake(found, fetch);
}

function senderOf(name: string): Sender {
  const sender = senderNamed(name);
  if (sender !== undefined) return sender;
  throw new VerificationError("unknown_sender", {
    where: "sender",
    wrong: "is not known",
    got: name,
    allowed: allowedSenders(),
  });
}

function deliveryOf(
  { attributes, bytes }: ReceivedRequest,
  { sender, url }: VerifyOptions,
  fetch: Fetch,
): Delivery {
  const requestUrl = attributes.get("requesturl");
  const text = bytes.toString("utf8");
  let read: { readonly json: unknown } | undefined;
  return {
    header: (name) => attributes.get(name.toLowerCase()),
    bytes,
    text,
    json: () => (read ??= { json: parsed(text) }).json,
    url() {
      const known = url === undefined || url.includes("?") ? url : url + queryOf(requestUrl);
      if (known !== undefined) return known;
      if (requestUrl !== undefined) return requestUrl;
      const mend = 'Give the option url, or forward requestUrl by the setting "forward_request_metadata".';
      throw new VerificationError("missing_url", {
        where: sender,
        wrong: "signs the URL, which nothing tells",
        mend,
      });
    },
    certificate: (at) => certificate(at, fetch),
  };
}

function queryOf(url = ""): string {
  const start = url.indexOf("?");
  return start === -1 ? "" : url.slice(start);
}

function notSigned(name: string, { signatures, instead }: Sender): VerificationError {
  if (signatures.length === 0) {
    const mend = `${instead ?? ""} Then write allowUnsigned: true.`.trim();
    return new VerificationError("unsigned_sender", {
      where: name,
      wrong: "has no signature that is checked here",
      mend,
    });
  }
  const headers = [...new Set(signatures.flatMap(headersOf))];
  return new VerificationError("missing_signature", {
    where: name,
    wrong: "the message has no signature",
    allowed: headers.length === 0 ? "one in the body is wanted" : `${headers.join(", ")} are wanted`,
    mend: 'It is forged, or the setting "forward_headers" leaves them out, or MessageAttributeNames does.',
  });
}

function headersOf(signature: Signature): readonly string[] {
  return signature.kind === "own" ? signature.headers : [signature.header];
}

async function genuineOne(
  present: readonly Signature[],
  sender: Sender,
  delivery: Delivery,
  { sender: name, secret = [], library }: VerifyOptions,
): Promise<Signature> {
  const secrets = [secret].flat();
  if (secrets.length === 0 || !secrets.every((each) => present.some((one) => isSecret(one, each)))) {
    const mend = "Give the option secret, as the sender shows it.";
    throw new VerificationError("missing_secret", {
      where: name,
      wrong: "has no secret to be verified with",
      mend,
    });
  }
  for (const signature of present) {
    if (signsUrl(signature)) delivery.url();
    for (const each of secrets) {
      if (await isGenuine(sender, { signature, delivery, secret: each, library })) return signature;
    }
  }
  throw new VerificationError("wrong_signature", {
    where: name,
    wrong: "the message's signature is not the sender's",
    mend: `It is forged, or the secret is another one${present.some(signsUrl) ? ", or the URL is" : ""}.`,
  });
}

async function verified(
  { bytes, receivedAt }: ReceivedRequest,
  delivery: Delivery,
  { sender: name, seen }: VerifyOptions,
  sender: Sender,
  signature: Signature | undefined,
): Promise<VerifiedDelivery> {
  const { id, isSigned = false } = deliveryId(sender, signature, delivery) ?? {};
  const key = id === undefined ? undefined : `${name} ${id}`;
  return {
    kind: "delivery",
    body: delivery.text,
    bytes,
    id,
    isIdSigned: isSigned,
    receivedAt,
    isSeen: key !== undefined && seen !== undefined && (await seen.has(key)),
    async remember() {
      if (key !== undefined) await seen?.add(key);
    },
  };
}

function handshake({ told, secret, url }: FoundHandshake, fetch: Fetch): Handshake {
  return {
    kind: "handshake",
    told,
    secret,
    async finish() {
      if (url !== undefined) await fetchTrusted(url, fetch);
    },
  };
}
