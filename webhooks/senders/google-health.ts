import type { Sender } from "../sender";

export const GOOGLE_HEALTH: Sender = {
  title: "Google Health API (before: Fitbit)",
  documentation: "https://developers.google.com/health/webhooks",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-HEALTHAPI-SIGNATURE"],
  answer: { status: 201, body: "", contentType: "text/plain" },
  signatures: [],
  instead:
    "It sends your value of `Authorization`: protect the API with an authorizer. The ECDSA signature in `X-HEALTHAPI-SIGNATURE` is not checked here.",
  credentials: "authorization",
  sample: '{"type": "verification"}',
  notes: [
    'At registration it sends `{"type": "verification"}` twice: with your `Authorization`, which wants 201, and without, which wants 401 or 403. So it needs `auth-stack`, and the first of them is a message, which consumers skip.',
  ],
};
