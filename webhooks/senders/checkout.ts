import type { Sender } from "../sender";

export const CHECKOUT: Sender = {
  title: "Checkout.com",
  documentation: "https://www.checkout.com/docs/workflows",
  contentTypes: ["application/json"],
  forwardHeaders: ["Cko-Signature"],
  messageDeduplicationId: { jsonPath: "$.id" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "Cko-Signature",
    },
  ],
  credentials: "any-header",
  sample:
    '{"id": "evt_c2qelfixai2u3es3ksovngkx3e", "type": "payment_captured", "version": "1.0.0", "created_on": "2019-01-26T10:16:32Z", "data": {}}',
  notes: ["That an event keeps its `id` when it is sent again is not documented."],
};
