import type { Sender } from "../sender";

export const TYPEFORM: Sender = {
  title: "Typeform",
  documentation: "https://www.typeform.com/developers/webhooks/secure-your-webhooks/",
  contentTypes: ["application/json"],
  forwardHeaders: ["Typeform-Signature"],
  messageDeduplicationId: { jsonPath: "$.event_id" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "base64",
      header: "Typeform-Signature",
      value: "sha256={signature}",
    },
  ],
  timeLimitSeconds: 30,
  credentials: [],
  sample:
    '{"event_id": "LtWXD3crgy", "event_type": "form_response", "form_response": {"form_id": "lT4Z3j", "token": "a3a12ec67a1365927098a606107fac15"}}',
  notes: ["That an event keeps its `event_id` when it is sent again is not documented."],
};
