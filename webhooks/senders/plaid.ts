import type { Sender } from "../sender";

export const PLAID: Sender = {
  title: "Plaid",
  documentation: "https://plaid.com/docs/api/webhooks/",
  contentTypes: ["application/json"],
  forwardHeaders: ["Plaid-Verification"],
  signatures: [],
  instead:
    "`Plaid-Verification` is a JWT (ES256) with the body's SHA-256, no older than 5 minutes: check it with a library for JWTs and the key that Plaid's API gives.",
  timeLimitSeconds: 10,
  credentials: [],
  sample:
    '{"webhook_type": "TRANSACTIONS", "webhook_code": "SYNC_UPDATES_AVAILABLE", "item_id": "wz666MBjYWTp2PDzzggYhM6oWWmBb", "environment": "production"}',
};
