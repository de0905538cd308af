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
    "Don't switch on its compression: API Gateway unpacks gzip before the message is made, and Nylas signs what is packed.",
  ],
};
