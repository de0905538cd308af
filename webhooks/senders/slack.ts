import type { Sender } from "../sender";

export const SLACK: Sender = {
  title: "Slack, Events API",
  documentation: "https://docs.slack.dev/apis/events-api/",
  contentTypes: ["application/json"],
  forwardHeaders: [
    "X-Slack-Request-Timestamp",
    "X-Slack-Signature",
    "X-Slack-Retry-Num",
    "X-Slack-Retry-Reason",
  ],
  messageDeduplicationId: { jsonPath: "$.event_id" },
  handshakes: [
    {
      kind: "registration",
      when: { jsonPath: "$.type", equals: "url_verification" },
      challenge: { jsonPath: "$.challenge" },
    },
  ],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "v0:{timestamp}:{body}",
      encoding: "hex",
      header: "X-Slack-Signature",
      value: "v0={signature}",
      timestampHeader: "X-Slack-Request-Timestamp",
      toleranceSeconds: 300,
    },
  ],
  library: "@slack/bolt",
  timeLimitSeconds: 3,
  credentials: [],
  sample:
    '{"type": "event_callback", "event_id": "Ev08MFMKH6", "event": {"type": "message", "text": "Hello"}}',
};
