import type { Sender } from "../sender";

export const SENDGRID: Sender = {
  title: "Twilio SendGrid, Event Webhook",
  documentation: "https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Twilio-Email-Event-Webhook-Signature", "X-Twilio-Email-Event-Webhook-Timestamp"],
  signatures: [
    {
      kind: "own",
      name: "sendgrid",
      told: "base64 ECDSA, with SHA-256, of the timestamp and the body",
      headers: ["X-Twilio-Email-Event-Webhook-Signature", "X-Twilio-Email-Event-Webhook-Timestamp"],
    },
  ],
  library: "@sendgrid/eventwebhook",
  credentials: [],
  sample:
    '[{"email": "ann@example.com", "timestamp": 1513299569, "event": "delivered", "sg_event_id": "ZGVsaXZlcmVk"}]',
  notes: [
    "A delivery has many events, each with its `sg_event_id`.",
    "Signing is switched on at SendGrid; the key is a public one.",
    "Inbound Parse is another thing: forms with attachments of up to 30 MB, unsigned by default, which SQS can't hold.",
  ],
};
