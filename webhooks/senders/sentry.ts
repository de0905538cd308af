import type { Sender } from "../sender";

export const SENTRY: Sender = {
  title: "Sentry, integration platform",
  documentation: "https://docs.sentry.io/integrations/integration-platform/webhooks/",
  contentTypes: ["application/json"],
  forwardHeaders: ["Sentry-Hook-Resource", "Sentry-Hook-Timestamp", "Sentry-Hook-Signature", "Request-ID"],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "Sentry-Hook-Signature",
    },
  ],
  timeLimitSeconds: 1,
  credentials: [],
  sample:
    '{"action": "created", "actor": {"type": "application", "id": "sentry", "name": "Sentry"}, "data": {}, "installation": {"uuid": "7a485448-a9e2-4c85-8a3c-4f44175783c9"}}',
  notes: ["Over a second is a timeout, and 1,000 of them within a day end the subscription."],
};
