import type { Sender } from "../sender";

export const MAILGUN: Sender = {
  title: "Mailgun, events",
  documentation: "https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks",
  contentTypes: ["application/json"],
  forwardHeaders: [],
  signatures: [
    {
      kind: "own",
      name: "mailgun",
      told: "hex HMAC-SHA256 of `timestamp` and `token`, all three at `$.signature`; the rest of the body is not signed",
      headers: [],
    },
  ],
  credentials: [],
  sample:
    '{"signature": {"timestamp": "1529006854", "token": "a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0", "signature": "d2271d12299f6592d9d44cd9d250f0704e4674c30d79d07c47a66f95ce71cf55"}, "event-data": {"event": "opened", "id": "Ase7i2zsRYeDXztHGENqRA"}}',
  notes: [
    "Only 200 counts: keep `response` at 200. 406 stops the retries; every other answer is retried over 8 hours.",
    "Remember tokens that you have seen: nothing else in the signature tells a delivery from its copy.",
  ],
};
