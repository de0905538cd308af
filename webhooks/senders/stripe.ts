import type { Sender } from "../sender";

export const STRIPE: Sender = {
  title: "Stripe",
  documentation: "https://docs.stripe.com/webhooks",
  contentTypes: ["application/json"],
  forwardHeaders: ["Stripe-Signature"],
  messageDeduplicationId: { jsonPath: "$.id" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{timestamp}.{body}",
      encoding: "hex",
      header: "Stripe-Signature",
      value: "t={timestamp},v1={signature}",
      toleranceSeconds: 300,
    },
  ],
  library: "stripe",
  credentials: [],
  sample:
    '{"id": "evt_1NG8Du2eZvKYlo2CUI79vXWy", "object": "event", "type": "customer.created", "data": {"object": {}}}',
  notes: [
    "Two events can describe one change: each has an id of its own.",
    "While a secret is rolled, the header has a `v1` for each secret.",
  ],
};
