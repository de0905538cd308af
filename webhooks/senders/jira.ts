import type { Sender } from "../sender";

export const JIRA: Sender = {
  title: "Jira Cloud",
  documentation: "https://developer.atlassian.com/cloud/jira/platform/webhooks/",
  contentTypes: ["application/json"],
  forwardHeaders: [
    "X-Atlassian-Webhook-Identifier",
    "X-Atlassian-Webhook-Retry",
    "X-Atlassian-Webhook-Flow",
    "X-Hub-Signature",
  ],
  messageDeduplicationId: { header: "X-Atlassian-Webhook-Identifier" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "X-Hub-Signature",
      value: "sha256={signature}",
    },
  ],
  credentials: [],
  sample:
    '{"timestamp": 1525698237764, "webhookEvent": "jira:issue_updated", "issue": {"id": "99291", "key": "SHOP-1"}}',
  notes: [
    "Webhooks of OAuth apps are not signed: they have a JWT in `Authorization`, for an authorizer or, forwarded, for the consumer.",
    "Retried are 408, 409, 425, 429, 5xx and no answer; every other 4xx loses the delivery.",
  ],
};
