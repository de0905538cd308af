import type { Sender } from "../sender";

export const ZENDESK: Sender = {
  title: "Zendesk",
  documentation: "https://developer.zendesk.com/documentation/webhooks/",
  contentTypes: ["application/json", "application/xml", "application/x-www-form-urlencoded"],
  forwardHeaders: [
    "X-Zendesk-Webhook-Id",
    "X-Zendesk-Webhook-Invocation-Id",
    "X-Zendesk-Webhook-Signature",
    "X-Zendesk-Webhook-Signature-Timestamp",
  ],
  messageDeduplicationId: { header: "X-Zendesk-Webhook-Invocation-Id" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{timestamp}{body}",
      encoding: "base64",
      header: "X-Zendesk-Webhook-Signature",
      timestampHeader: "X-Zendesk-Webhook-Signature-Timestamp",
      timestampUnit: "iso8601",
    },
  ],
  timeLimitSeconds: 12,
  credentials: "any-header",
  sample:
    '{"type": "zen:event-type:ticket.created", "id": "cbe4028c-7239-495d-b020-f22348516046", "event": {}}',
  notes: ["A trigger's webhook sends what you write, by the method that you choose: choose POST."],
};
