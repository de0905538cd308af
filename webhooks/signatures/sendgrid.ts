import { createSign } from "node:crypto";
import type { OwnScheme } from "./scheme";
import { timestampOf } from "./timestamp";

const HEADER = "X-Twilio-Email-Event-Webhook-Signature";
const TIMESTAMP_HEADER = "X-Twilio-Email-Event-Webhook-Timestamp";

/**
 * SendGrid signs timestamp and body by ECDSA; the consumer's secret is the public key that SendGrid shows.
 * @see https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
export const SENDGRID: OwnScheme = {
  keyType: "ec",
  sign({ headers, body, url }, { privateKey = "", timestamp: milliseconds }) {
    const timestamp = String(Math.floor(milliseconds / 1000));
    const signature = createSign("sha256")
      .update(timestamp + body)
      .sign(privateKey, "base64");
    return { headers: { ...headers, [HEADER]: signature, [TIMESTAMP_HEADER]: timestamp }, body, url };
  },
  isPresent: ({ header }) => header(HEADER) !== undefined && header(TIMESTAMP_HEADER) !== undefined,
  timestamp: ({ header }) => timestampOf(header(TIMESTAMP_HEADER) ?? ""),
};
