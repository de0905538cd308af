import { createSign, createVerify } from "node:crypto";
import { isSame } from "./is-same";
import type { Delivery, OwnScheme } from "./scheme";
import { type TrustedPlace, trustedUrl } from "./trusted-url";

/** What SNS sends, of a notification and of the confirmation that a subscription wants. */
export interface SnsMessage {
  readonly Type: string;
  readonly MessageId: string;
  readonly TopicArn: string;
  readonly Message: string;
  readonly Timestamp: string;
  readonly SignatureVersion: string;
  readonly Signature: string;
  readonly SigningCertURL: string;
  readonly Subject?: string | null;
  readonly Token?: string;
  readonly SubscribeURL?: string;
}

const SIGNED_KEYS = [
  "Message",
  "MessageId",
  "Subject",
  "SubscribeURL",
  "Timestamp",
  "Token",
  "TopicArn",
  "Type",
] as const;

/** Only of a confirmation. */
const OF_CONFIRMATION: readonly string[] = ["SubscribeURL", "Token"];

/** What SNS never leaves out. */
const REQUIRED_KEYS = [
  "Message",
  "MessageId",
  "Signature",
  "SignatureVersion",
  "SigningCertURL",
  "Timestamp",
  "TopicArn",
  "Type",
] as const;

/** SNS of a Region, and nothing that another customer could have a name below: `sns.s3-us-west-2.amazonaws.com` is a bucket's. */
export const SNS_PLACE: TrustedPlace = { host: /^sns\.[a-z]{2}(-[a-z]+)+-\d+\.amazonaws\.com(\.cn)?$/ };
const CERTIFICATE_PATH = /^\/SimpleNotificationService-\w+\.pem$/;

/**
 * SNS signs fields of the JSON in the body by RSA, with SHA-1 (SignatureVersion 1) or SHA-256 (2). Its certificate is every customer's:
 * so the consumer's secret is the topic's ARN here, without which anybody's topic would do.
 *
 * `sns-validator` checks the same; it fetches the certificate without a time limit, and takes `sns.s3-us-west-2.amazonaws.com` for SNS.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export const SNS: OwnScheme = {
  keyType: "rsa",
  sign({ headers, body, url }, { secret, privateKey = "", id, timestamp }) {
    const message: SnsMessage = {
      Type: "Notification",
      Message: "",
      SignatureVersion: "2",
      ...(JSON.parse(body) as object),
      MessageId: id,
      TopicArn: secret,
      Timestamp: new Date(timestamp).toISOString(),
      SigningCertURL: "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0000.pem",
      Signature: "",
    };
    const Signature = createSign(hashOf(message)).update(signedText(message)).sign(privateKey, "base64");
    const snsHeaders = {
      "x-amz-sns-message-type": message.Type,
      "x-amz-sns-message-id": id,
      "x-amz-sns-topic-arn": secret,
    };
    return { headers: { ...headers, ...snsHeaders }, url, body: JSON.stringify({ ...message, Signature }) };
  },
  isPresent: (delivery) => snsMessage(delivery) !== undefined,
  async isGenuine(delivery, secret) {
    const message = snsMessage(delivery);
    if (message === undefined || !isUnambiguous(message) || !isSame(message.TopicArn, secret)) return false;
    const url = trustedUrl(message.SigningCertURL, { ...SNS_PLACE, path: CERTIFICATE_PATH });
    if (url === undefined) return false;
    const verify = createVerify(hashOf(message)).update(signedText(message));
    return verify.verify(await delivery.certificate(url), message.Signature, "base64");
  },
  timestamp: (delivery) => Date.parse(snsMessage(delivery)?.Timestamp ?? ""),
  id: (delivery) => snsMessage(delivery)?.MessageId,
};

/** The body as SNS's JSON; undefined where it is something else. */
export function snsMessage({ json }: Delivery): SnsMessage | undefined {
  const message = (json() ?? {}) as Record<string, unknown>;
  return REQUIRED_KEYS.every((key) => typeof message[key] === "string") &&
    /^[12]$/.test(String(message.SignatureVersion))
    ? (message as unknown as SnsMessage)
    : undefined;
}

function hashOf({ SignatureVersion }: SnsMessage): string {
  return SignatureVersion === "1" ? "sha1" : "sha256";
}

/**
 * What is signed are lines, so that a line break in a value could begin another key: the owner of any topic could publish a text that,
 * taken apart in another way, is a message of this one. Where only the text has any, what is signed can be read in one way alone.
 */
function isUnambiguous(message: SnsMessage): boolean {
  return SIGNED_KEYS.every((key) => {
    const value = message[key] ?? "";
    return typeof value === "string" && (key === "Message" || !value.includes("\n"));
  });
}

/** Each key and its value on lines of their own; a key that is not there is left out. */
function signedText(message: SnsMessage): string {
  const isConfirmation = message.Type.endsWith("Confirmation");
  return SIGNED_KEYS.filter((key) => isConfirmation || !OF_CONFIRMATION.includes(key))
    .filter((key) => message[key] !== undefined && message[key] !== null)
    .map((key) => `${key}\n${message[key] ?? ""}\n`)
    .join("");
}
