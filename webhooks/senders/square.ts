import type { Sender } from "../sender";

export const SQUARE: Sender = {
  title: "Square",
  documentation: "https://developer.squareup.com/docs/webhooks/overview",
  contentTypes: ["application/json"],
  forwardHeaders: ["x-square-hmacsha256-signature", "square-environment"],
  messageDeduplicationId: { jsonPath: "$.event_id" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{url}{body}",
      encoding: "base64",
      header: "x-square-hmacsha256-signature",
    },
  ],
  library: "square",
  timeLimitSeconds: 10,
  credentials: [],
  sample:
    '{"merchant_id": "6SSW7HV8K2ST5", "type": "payment.created", "event_id": "13b867cf-db3d-4b1c-90b6-2f32a9d78124"}',
  notes: ["The time limit is of an older page; the newer one wants an answer as soon as possible."],
};
