import type { Sender } from "../sender";

export const PAGERDUTY: Sender = {
  title: "PagerDuty, webhooks v3",
  documentation: "https://support.pagerduty.com/main/docs/webhooks",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-PagerDuty-Signature"],
  messageDeduplicationId: { jsonPath: "$.event.id" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "X-PagerDuty-Signature",
      value: "v1={signature}",
      separator: ",",
    },
  ],
  credentials: "any-header",
  sample:
    '{"event": {"id": "5ac64822-4adc-4fda-ade0-410becf0de4f", "event_type": "incident.priority_updated", "resource_type": "incident", "occurred_at": "2020-10-02T18:45:22.169Z", "data": {}}}',
  notes: ["It takes 400 and 403 for final."],
};
