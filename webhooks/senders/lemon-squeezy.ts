import type { Sender } from "../sender";

export const LEMON_SQUEEZY: Sender = {
  title: "Lemon Squeezy",
  documentation: "https://docs.lemonsqueezy.com/help/webhooks",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Event-Name", "X-Signature"],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "X-Signature",
    },
  ],
  credentials: [],
  sample:
    '{"meta": {"event_name": "order_created"}, "data": {"type": "orders", "id": "1", "attributes": {}}}',
  notes: ["Only 200 is sure to count: keep `response` at 200. It tries three times more."],
};
