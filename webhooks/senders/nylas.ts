import type { Sender } from "../sender";

export const NYLAS: Sender = {
  title: "Nylas",
  documentation: "https://developer.nylas.com/docs/v3/notifications/",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Nylas-Signature"],
  messageDeduplicationId: { jsonPath: "$.id" },
  handshakes: [{ kind: "echo", verb: "GET", challenge: { query: "challenge" }, as: "text" }],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "X-Nylas-Signature",
    },
  ],
  timeLimitSeconds: 10,
  credentials: [],
  sample:
    '{"specversion": "1.0", "type": "message.created", "source": "/google/emails/realtime", "id": "5", "time": 1695415185, "data": {}}',
  notes: [
    "It tries three times in all.",
    "Leave its compression off: API Gateway unpacks gzip before there is a message, and what Nylas signs then is not checked here.",
  ],
};
