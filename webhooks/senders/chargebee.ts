import type { Sender } from "../sender";

export const CHARGEBEE: Sender = {
  title: "Chargebee",
  documentation: "https://www.chargebee.com/docs/2.0/webhook_settings.html",
  contentTypes: ["application/json"],
  forwardHeaders: [],
  messageDeduplicationId: { jsonPath: "$.id" },
  signatures: [],
  instead: "It sends basic credentials of yours: protect the API with an authorizer.",
  credentials: "authorization",
  sample:
    '{"id": "ev_16BHbhF4s42tO2lK", "occurred_at": 1702645601, "source": "admin_console", "object": "event", "api_version": "v2", "event_type": "customer_created", "content": {}}',
};
