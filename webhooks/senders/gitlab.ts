import type { Sender } from "../sender";
import { STANDARD_SIGNATURE } from "./standard-webhooks";

export const GITLAB: Sender = {
  title: "GitLab",
  documentation: "https://docs.gitlab.com/user/project/integrations/webhooks/",
  contentTypes: ["application/json"],
  forwardHeaders: [
    "X-Gitlab-Event",
    "X-Gitlab-Event-UUID",
    "X-Gitlab-Token",
    "Idempotency-Key",
    "webhook-id",
    "webhook-timestamp",
    "webhook-signature",
  ],
  messageDeduplicationId: { header: "Idempotency-Key" },
  signatures: [STANDARD_SIGNATURE, { kind: "secret", header: "X-Gitlab-Token" }],
  library: "standardwebhooks",
  timeLimitSeconds: 10,
  credentials: "any-header",
  sample: '{"object_kind": "push", "event_name": "push", "ref": "refs/heads/main", "project": {"id": 15}}',
  notes: [
    "A signing token is new in 2026; a secret token, which GitLab sends as it is, is in the message, as every header forwarded.",
    "`Idempotency-Key` is of GitLab 17.4 and newer: on an older one, a FIFO queue wants another `message_deduplication_id`.",
    "GitLab switches a webhook off that fails again and again; it has no queue of retries to rely on.",
  ],
};
