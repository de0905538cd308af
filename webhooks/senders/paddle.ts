import type { Sender } from "../sender";

export const PADDLE: Sender = {
  title: "Paddle Billing",
  documentation: "https://developer.paddle.com/webhooks/overview",
  contentTypes: ["application/json"],
  forwardHeaders: ["Paddle-Signature"],
  messageDeduplicationId: { jsonPath: "$.event_id" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{timestamp}:{body}",
      encoding: "hex",
      header: "Paddle-Signature",
      value: "ts={timestamp};h1={signature}",
      toleranceSeconds: 5,
    },
  ],
  library: "@paddle/paddle-node-sdk",
  timeLimitSeconds: 5,
  credentials: [],
  sample:
    '{"event_id": "evt_01hbe9vqdp7e7p8mjnrqqfyjqe", "event_type": "customer.created", "occurred_at": "2026-09-28T10:19:41.689Z", "data": {}}',
};
