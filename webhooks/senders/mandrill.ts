import type { Sender } from "../sender";

export const MANDRILL: Sender = {
  title: "Mailchimp Transactional (Mandrill)",
  documentation: "https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/",
  contentTypes: ["application/x-www-form-urlencoded"],
  forwardHeaders: ["X-Mandrill-Signature"],
  handshakes: [{ kind: "constant", verb: "HEAD" }],
  signatures: [],
  instead:
    "`X-Mandrill-Signature` is base64 HMAC-SHA1 of the URL and the form's sorted names and values. It is not checked here; `requestUrl` in `forward_request_metadata` gives the consumer the URL.",
  credentials: [],
  sample:
    "mandrill_events=%5B%7B%22event%22%3A%22send%22%2C%22_id%22%3A%22exampleaaaaaaaaaaaaaaaaaaaaaaaaa%22%7D%5D",
  notes: ["The form's one field, `mandrill_events`, is JSON: a list of events."],
};
