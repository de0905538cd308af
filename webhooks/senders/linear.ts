import type { Sender } from "../sender";

export const LINEAR: Sender = {
  title: "Linear",
  documentation: "https://linear.app/developers/webhooks",
  contentTypes: ["application/json"],
  forwardHeaders: ["Linear-Event", "Linear-Delivery", "Linear-Signature"],
  messageDeduplicationId: { header: "Linear-Delivery" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "Linear-Signature",
      timestampJsonPath: "$.webhookTimestamp",
      timestampUnit: "milliseconds",
      toleranceSeconds: 60,
    },
  ],
  library: "@linear/sdk",
  timeLimitSeconds: 5,
  credentials: [],
  sample:
    '{"action": "create", "type": "Issue", "data": {"id": "539068e2"}, "webhookTimestamp": 1676056940508}',
};
