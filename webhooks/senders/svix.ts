import type { Sender } from "../sender";
import { STANDARD_SIGNATURE } from "./standard-webhooks";

export const SVIX: Sender = {
  title: "Svix: Clerk, Resend and others",
  documentation: "https://docs.svix.com/receiving/verifying-payloads/how",
  contentTypes: ["application/json"],
  forwardHeaders: ["svix-id", "svix-timestamp", "svix-signature"],
  messageDeduplicationId: { header: "svix-id" },
  signatures: [
    {
      ...STANDARD_SIGNATURE,
      header: "svix-signature",
      timestampHeader: "svix-timestamp",
      idHeader: "svix-id",
    },
  ],
  library: "svix",
  timeLimitSeconds: 15,
  credentials: "any-header",
  sample:
    '{"type": "email.sent", "created_at": "2026-11-22T23:41:12.126Z", "data": {"email_id": "56761188"}}',
  notes: [
    "For senders that have Svix send for them, under its own names of headers. Whether your sender lets you add headers is its choice.",
  ],
};
