import type { Sender } from "../sender";

export const NOTION: Sender = {
  title: "Notion",
  documentation: "https://developers.notion.com/reference/webhooks",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Notion-Signature"],
  handshakes: [
    {
      kind: "consumer",
      told: 'The first message is `{"verification_token": …}`, unsigned: paste the token in Notion, and keep it, since it is the secret of the signatures.',
    },
  ],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "X-Notion-Signature",
      value: "sha256={signature}",
    },
  ],
  library: "@notionhq/client",
  credentials: [],
  sample:
    '{"id": "367cba44-b6f3-4c92-81e7-6a2e9659efd4", "type": "page.created", "entity": {"id": "153104cd", "type": "page"}}',
  notes: ["A FIFO queue gets no deduplication id from `$.id`, since the message with the token has none."],
};
