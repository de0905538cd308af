import type { Sender } from "../sender";

export const DROPBOX: Sender = {
  title: "Dropbox",
  documentation: "https://www.dropbox.com/developers/reference/webhooks",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Dropbox-Signature"],
  handshakes: [{ kind: "echo", verb: "GET", challenge: { query: "challenge" }, as: "text" }],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "X-Dropbox-Signature",
    },
  ],
  timeLimitSeconds: 10,
  credentials: [],
  sample:
    '{"list_folder": {"accounts": ["dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc"]}, "delta": {"users": [12345678]}}',
  notes: ["Only 200 counts: keep `response` at 200. Everything else is retried for about 10 minutes."],
};
