import type { Sender } from "../sender";

export const OKTA: Sender = {
  title: "Okta event hooks",
  documentation: "https://developer.okta.com/docs/concepts/event-hooks/",
  contentTypes: ["application/json"],
  forwardHeaders: [],
  answer: { body: "", contentType: "text/plain" },
  handshakes: [
    {
      kind: "echo",
      verb: "GET",
      challenge: { header: "X-Okta-Verification-Challenge" },
      as: { key: "verification" },
    },
  ],
  signatures: [],
  instead:
    "It sends `Authorization` or a header of yours with a secret: protect the API with an authorizer or `secret_header`.",
  timeLimitSeconds: 3,
  is4xxFinal: true,
  credentials: "any-header",
  sample:
    '{"eventType": "com.okta.event_hook", "eventId": "b5a188b9", "data": {"events": [{"uuid": "f790999f"}]}}',
  notes: [
    "The answer has to be 200 or 204, and empty.",
    "A delivery has several events, each with its `uuid`, which is the one that stays on Okta's one retry.",
  ],
};
