import type { Sender, Signature } from "../sender";

/** How Slack signs all that it sends. */
export const SLACK_SIGNATURE: Signature = {
  kind: "hmac",
  hash: "sha256",
  signed: "v0:{timestamp}:{body}",
  encoding: "hex",
  header: "X-Slack-Signature",
  value: "v0={signature}",
  timestampHeader: "X-Slack-Request-Timestamp",
  toleranceSeconds: 300,
};

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
  signatures: [SLACK_SIGNATURE],
  library: "@slack/bolt",
  timeLimitSeconds: 3,
  credentials: [],
  sample:
    '{"type": "event_callback", "event_id": "Ev08MFMKH6", "event": {"type": "message", "text": "Hello"}}',
  notes: [
    "It verifies a URL only when the URL is saved, and tries a delivery three times more.",
    "A `url_verification` that comes without `registering` is a message like any other, answered 200 without its challenge; a FIFO queue does not take it, since it has no `event_id`, and the answer is 400.",
  ],
};
