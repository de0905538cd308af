import type { Sender } from "../sender";

export const WOOCOMMERCE: Sender = {
  title: "WooCommerce",
  documentation: "https://woocommerce.com/document/webhooks/",
  contentTypes: ["application/json", "application/x-www-form-urlencoded"],
  forwardHeaders: [
    "X-WC-Webhook-Topic",
    "X-WC-Webhook-Source",
    "X-WC-Webhook-Delivery-ID",
    "X-WC-Webhook-Signature",
  ],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "base64",
      header: "X-WC-Webhook-Signature",
    },
  ],
  credentials: [],
  sample: '{"id": 727, "status": "processing", "currency": "USD", "total": "29.35"}',
  notes: [
    "When a webhook is saved, a form with its `webhook_id` comes first, unsigned: a consumer skips it.",
  ],
};
