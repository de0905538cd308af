import type { Sender } from "../sender";

export const CALENDLY: Sender = {
  title: "Calendly",
  documentation: "https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures",
  contentTypes: ["application/json"],
  forwardHeaders: ["Calendly-Webhook-Signature"],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{timestamp}.{body}",
      encoding: "hex",
      header: "Calendly-Webhook-Signature",
      value: "t={timestamp},v1={signature}",
      toleranceSeconds: 180,
    },
  ],
  credentials: [],
  sample:
    '{"event": "invitee.created", "created_at": "2020-11-23T17:51:19.000000Z", "payload": {"email": "ann@example.com", "name": "Ann"}}',
};
