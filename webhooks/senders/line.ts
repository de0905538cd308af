import type { Sender } from "../sender";

export const LINE: Sender = {
  title: "LINE Messaging API",
  documentation: "https://developers.line.biz/en/docs/messaging-api/receiving-messages/",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Line-Signature"],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "base64",
      header: "X-Line-Signature",
    },
  ],
  library: "@line/bot-sdk",
  credentials: [],
  sample: '{"destination": "U8e742f61d673b39c7fff3cecb7536ef0", "events": []}',
  notes: ["A delivery has several events, each with its `webhookEventId`; the console's test has none."],
};
