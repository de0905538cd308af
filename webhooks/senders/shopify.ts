import type { Sender } from "../sender";

export const SHOPIFY: Sender = {
  title: "Shopify",
  documentation: "https://shopify.dev/docs/apps/build/webhooks",
  contentTypes: ["application/json"],
  forwardHeaders: [
    "X-Shopify-Topic",
    "X-Shopify-Shop-Domain",
    "X-Shopify-API-Version",
    "X-Shopify-Webhook-Id",
    "X-Shopify-Event-Id",
    "X-Shopify-Triggered-At",
    "X-Shopify-Hmac-Sha256",
  ],
  messageDeduplicationId: { header: "X-Shopify-Webhook-Id" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "base64",
      header: "X-Shopify-Hmac-Sha256",
    },
  ],
  library: "@shopify/shopify-api",
  timeLimitSeconds: 5,
  credentials: [],
  sample: '{"id": 820982911946154508, "email": "ann@example.com", "total_price": "403.00"}',
  notes: [
    "It connects within a second, and waits five in all. After 8 retries in 4 hours, a subscription that was made by the API is deleted.",
    "Shopify's page tells duplicates by `X-Shopify-Event-Id`, which is the same for several subscriptions to one event. Here it is `X-Shopify-Webhook-Id`, so that no delivery of another subscription is dropped.",
    "The newer Events have headers without `X-`, `shopify-hmac-sha256` and so on: name those in `forward_headers`.",
  ],
};
