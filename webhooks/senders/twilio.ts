import type { Sender } from "../sender";

export const TWILIO: Sender = {
  title: "Twilio",
  documentation: "https://www.twilio.com/docs/usage/webhooks",
  contentTypes: ["application/x-www-form-urlencoded", "application/json"],
  forwardHeaders: ["X-Twilio-Signature", "I-Twilio-Idempotency-Token"],
  answer: { body: '<?xml version="1.0" encoding="UTF-8"?><Response></Response>', contentType: "text/xml" },
  signatures: [
    {
      kind: "own",
      name: "twilio",
      told: "base64 HMAC-SHA1 of the URL and the form's sorted names and values; with JSON of the URL alone, whose `bodySHA256` is the body's hash",
      headers: ["X-Twilio-Signature"],
      signsUrl: true,
    },
  ],
  library: "twilio",
  timeLimitSeconds: 15,
  credentials: "authorization-when-asked",
  sample: "MessageSid=SM1234567890abcdef1234567890abcdef&From=%2B14017122661&To=%2B15558675310&Body=Ahoy",
  notes: [
    "The answer is TwiML that does nothing: a reply, or what is said in a call, is sent by the consumer through Twilio's API.",
    "Basic credentials go into the URL that Twilio is given, as `https://user:password@…`.",
    "`I-Twilio-Idempotency-Token` is the same on a retry. It is no deduplication id here, since nothing says that every product sends it, and a FIFO queue refuses what has none.",
  ],
};
