import type { Sender } from "../sender";

export const WEBSUB: Sender = {
  title: "WebSub: YouTube and others",
  documentation: "https://www.w3.org/TR/websub/",
  contentTypes: [
    "application/atom+xml",
    "application/rss+xml",
    "application/xml",
    "text/xml",
    "application/json",
    "application/feed+json",
  ],
  forwardHeaders: ["Link", "X-Hub-Signature"],
  handshakes: [{ kind: "echo", verb: "GET", challenge: { query: "hub.challenge" }, as: "text" }],
  signatures: (["sha512", "sha256", "sha1"] as const).map((hash) => ({
    kind: "hmac",
    hash,
    signed: "{body}",
    encoding: "hex",
    header: "X-Hub-Signature",
    value: `${hash}={signature}`,
  })),
  credentials: [],
  sample:
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>yt:video:VIDEO_ID</id><title>Video title</title></entry></feed>',
  notes: [
    "Every subscription that a hub asks about is confirmed: nothing compares its topic, so check topics in the consumer.",
    "Whoever knows the URL can ask a hub to end the subscription, which is confirmed, too: give the sender a `path` that nobody guesses.",
    "A hub signs only where the subscription has a `hub.secret`, with the hash that the header names; sha384 is not checked here.",
    "`Link` has topic and hub; it is longer than other headers.",
  ],
};
