import type { HmacSignature, Sender } from "../sender";

/** The signature of the Standard Webhooks specification. */
export const STANDARD_SIGNATURE: HmacSignature = {
  kind: "hmac",
  hash: "sha256",
  signed: "{id}.{timestamp}.{body}",
  key: "whsec",
  encoding: "base64",
  header: "webhook-signature",
  value: "v1,{signature}",
  separator: " ",
  timestampHeader: "webhook-timestamp",
  idHeader: "webhook-id",
  toleranceSeconds: 300,
};

export const STANDARD_WEBHOOKS: Sender = {
  title: "Standard Webhooks: OpenAI, Replicate and others",
  documentation: "https://www.standardwebhooks.com/",
  contentTypes: ["application/json"],
  forwardHeaders: ["webhook-id", "webhook-timestamp", "webhook-signature"],
  messageDeduplicationId: { header: "webhook-id" },
  signatures: [STANDARD_SIGNATURE],
  library: "standardwebhooks",
  timeLimitSeconds: 15,
  credentials: [],
  sample: '{"type": "user.created", "timestamp": "2022-11-03T20:26:10.344522Z", "data": {"id": "1f81eb52"}}',
  notes: [
    "For every sender that keeps to the specification; its time limit is the one that the specification recommends.",
  ],
};
