import type { Sender } from "../sender";

export const MAILGUN_ROUTES: Sender = {
  title: "Mailgun, routes (inbound mail)",
  documentation:
    "https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http",
  contentTypes: ["application/x-www-form-urlencoded", "multipart/form-data"],
  forwardHeaders: ["Content-Type"],
  signatures: [
    {
      kind: "own",
      name: "mailgun",
      told: "hex HMAC-SHA256 of `timestamp` and `token`, three fields of the form; the rest of it is not signed",
      headers: [],
    },
  ],
  credentials: [],
  sample:
    "recipient=shop%40example.com&sender=ann%40example.com&subject=Hello&body-plain=Hi&timestamp=1529006854&token=a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0&signature=d2271d12299f6592d9d44cd9d250f0704e4674c30d79d07c47a66f95ce71cf55",
  notes: [
    "Mail with attachments comes as multipart/form-data, which the message has as base64; its boundary is in `Content-Type`.",
    "Only 200 counts: keep `response` at 200. 406 stops the retries; every other answer is retried over 8 hours.",
    "Mail that is larger than a message may be is answered 413 and tried again in vain: let Mailgun `store()` it and notify you.",
  ],
};
