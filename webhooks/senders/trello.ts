import type { Sender } from "../sender";

export const TRELLO: Sender = {
  title: "Trello",
  documentation: "https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Trello-Webhook"],
  messageDeduplicationId: { jsonPath: "$.action.id" },
  handshakes: [{ kind: "constant", verb: "HEAD" }],
  signatures: [
    {
      kind: "hmac",
      hash: "sha1",
      signed: "{body}{url}",
      encoding: "base64",
      header: "X-Trello-Webhook",
    },
  ],
  credentials: [],
  sample:
    '{"action": {"id": "51f9424bcd6e040f3c002412", "type": "updateBoard"}, "model": {"id": "4d5ea62fd76aa1136000000c"}}',
  notes: [
    "The key of the signature is the app's secret. The URL is the one that the webhook was made with.",
    "Two webhooks at one URL, a board's and a card's, have one `$.action.id` for one action: a FIFO queue keeps the first.",
    "An answer of 410 deletes the webhook.",
  ],
};
