import type { Sender } from "../sender";

export const WORKOS: Sender = {
  title: "WorkOS",
  documentation: "https://workos.com/docs/events/data-syncing/webhooks",
  contentTypes: ["application/json"],
  forwardHeaders: ["WorkOS-Signature"],
  messageDeduplicationId: { jsonPath: "$.id" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{timestamp}.{body}",
      encoding: "hex",
      header: "WorkOS-Signature",
      value: "t={timestamp}, v1={signature}",
      timestampUnit: "milliseconds",
      toleranceSeconds: 180,
    },
  ],
  library: "@workos-inc/node",
  credentials: [],
  sample:
    '{"id": "event_01H2GQNWXKCBRQ6PRA0JVFRYTM", "event": "user.created", "data": {"id": "user_01E4ZCR3C5A4QZ2Z2JQXGKZJ9E"}, "created_at": "2023-11-27T19:07:33.155Z"}',
  notes: [
    "Its library writes the JSON anew before it checks, so it may refuse numbers and escapes that JavaScript writes otherwise.",
    "Actions want a signed answer of your own, and can't be had.",
  ],
};
