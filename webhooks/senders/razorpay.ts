import type { Sender } from "../sender";

export const RAZORPAY: Sender = {
  title: "Razorpay",
  documentation: "https://razorpay.com/docs/webhooks/",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Razorpay-Signature", "X-Razorpay-Event-Id"],
  messageDeduplicationId: { header: "X-Razorpay-Event-Id" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "X-Razorpay-Signature",
    },
  ],
  library: "razorpay",
  timeLimitSeconds: 5,
  credentials: [],
  sample:
    '{"entity": "event", "event": "payment.captured", "contains": ["payment"], "payload": {}, "created_at": 1567674606}',
  notes: ["It tries again for 24 hours, and then switches the webhook off."],
};
