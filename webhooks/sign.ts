import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { mistakeText } from "../errors/mistake";
import type { HmacSignature, Sender, Signature } from "./sender";
import { allowedSenders, senderNamed } from "./senders";
import { headerValue, hmacOf } from "./signatures/hmac";
import { ownScheme } from "./signatures/own-schemes";
import type { SentRequest, SigningMaterial } from "./signatures/scheme";
import { timestampText } from "./signatures/timestamp";

/** What a delivery is signed with; see {@link sign}. */
export interface SignOptions {
  /** What the consumer has as its secret: of PayPal the webhook's id, of SNS the topic's ARN, of SendGrid the public key. */
  readonly secret: string;
  readonly body: string;
  /** With its query; of senders that sign it. */
  readonly url?: string;
  /** PEM; of PayPal, SendGrid and SNS. */
  readonly privateKey?: string;
  /** Milliseconds since 1970. @default now */
  readonly timestamp?: number;
  /** The sender's own id of the delivery. @default - a random one */
  readonly id?: string;
  /** @default - the sender's first content type */
  readonly contentType?: string;
  /** Which of the sender's ways. @default - the first one, none where there is none */
  readonly signature?: Signature;
}

/**
 * A delivery as its sender would send it: for samples, and for tests of what checks signatures. Of senders that sign in the body
 * (Adyen's payments, Mailgun, SNS) the body is another one, written by `JSON.stringify`; of Twilio's JSON the URL.
 */
export function sign(sender: Sender, options: SignOptions): SentRequest {
  const { secret, body, url, privateKey, timestamp = Date.now(), id = randomUUID() } = options;
  const { contentType = sender.contentTypes[0] ?? "application/json", signature = sender.signatures[0] } =
    options;
  const material: SigningMaterial = { secret, privateKey, timestamp, id };
  const headers: Record<string, string> = { "Content-Type": contentType };
  const place = sender.messageDeduplicationId;
  if (place !== undefined && "header" in place) headers[place.header] = id;
  const request: SentRequest = { headers, body, url };
  if (signature === undefined) return request;
  if (signature.kind === "secret") return withHeaders(request, { [signature.header]: secret });
  if (signature.kind === "hmac") return withHeaders(request, hmacHeaders(signature, request, material));
  return ownScheme(signature.name).sign(request, material);
}

function withHeaders(request: SentRequest, headers: Readonly<Record<string, string>>): SentRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}

function hmacHeaders(
  signature: HmacSignature,
  { body, url = "" }: SentRequest,
  { secret, timestamp: milliseconds, id }: SigningMaterial,
): Record<string, string> {
  const timestamp = timestampText(milliseconds, signature.timestampUnit);
  const parts = { body, url, method: "POST", timestamp, id };
  const hmac = hmacOf(signature, secret, (name) => parts[name]);
  return {
    ...(signature.timestampHeader === undefined ? {} : { [signature.timestampHeader]: timestamp }),
    ...(signature.idHeader === undefined ? {} : { [signature.idHeader]: id }),
    [signature.header]: headerValue(signature, hmac, timestamp),
  };
}

/** What {@link signedSample} is made with. */
export type SampleOptions = Partial<Omit<SignOptions, "privateKey">>;

/** A delivery with what its consumer needs to check it. */
export interface SignedSample extends SentRequest {
  /** The consumer's secret. */
  readonly secret: string;
  /** PEM; stands for the certificate that PayPal and SNS have on their own hosts. */
  readonly publicKey?: string | undefined;
  /** PEM; signs more of them, by {@link sign}. */
  readonly privateKey?: string | undefined;
}

/**
 * The sender's documented delivery, signed now, with a secret that is given or random, and a key pair of its own where the sender has one.
 * @param name as in the setting `webhook`
 */
export function signedSample(name: string, options: SampleOptions = {}): SignedSample {
  const sender = senderNamed(name);
  if (sender === undefined) {
    const allowed = allowedSenders();
    throw new Error(
      mistakeText({ where: "signedSample", wrong: "is no sender that is known", got: name, allowed }),
    );
  }
  const { signature = sender.signatures[0], timestamp = Date.now(), body = sender.sample } = options;
  const keys = signature?.kind === "own" ? keyPair(ownScheme(signature.name).keyType) : undefined;
  const { secret = sampleSecret(signature, keys?.publicKey) } = options;
  const request = sign(sender, {
    ...options,
    secret,
    timestamp,
    body: withTimestamp(signature, body, timestamp),
    ...(keys === undefined ? {} : { privateKey: keys.privateKey }),
  });
  return { ...request, secret, ...keys };
}

interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

function keyPair(type: "rsa" | "ec" | undefined): KeyPair | undefined {
  const publicKeyEncoding = { type: "spki", format: "pem" } as const;
  const privateKeyEncoding = { type: "pkcs8", format: "pem" } as const;
  if (type === "rsa") {
    return generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding, privateKeyEncoding });
  }
  if (type === "ec") {
    return generateKeyPairSync("ec", { namedCurve: "P-256", publicKeyEncoding, privateKeyEncoding });
  }
  return undefined;
}

/** In the form in which the sender gives it out. */
function sampleSecret(signature: Signature | undefined, publicKey: string | undefined): string {
  const random = randomBytes(24);
  if (signature?.kind === "own") {
    if (signature.name === "sendgrid") return (publicKey ?? "").replace(/-----[^-]+-----|\s/g, "");
    if (signature.name === "sns") return "arn:aws:sns:us-west-2:123456789012:MyTopic";
    return random.toString("hex");
  }
  const key = signature?.kind === "hmac" ? signature.key : "text";
  if (key === "whsec") return `whsec_${random.toString("base64")}`;
  return random.toString(key === "base64" ? "base64" : "hex");
}

/** A body that carries its own time carries this one. */
function withTimestamp(signature: Signature | undefined, body: string, timestamp: number): string {
  if (signature?.kind !== "hmac" || signature.timestampJsonPath === undefined) return body;
  const key = signature.timestampJsonPath.replace(/^\$\./, "");
  return JSON.stringify({ ...(JSON.parse(body) as object), [key]: timestamp });
}
