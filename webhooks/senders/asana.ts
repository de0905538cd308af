import type { Sender } from "../sender";

export const ASANA: Sender = {
  title: "Asana",
  documentation: "https://developers.asana.com/docs/webhooks-guide",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Hook-Signature", "X-Hook-Secret"],
  handshakes: [{ kind: "echo-on-post", value: { header: "X-Hook-Secret" }, in: { header: "X-Hook-Secret" } }],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "X-Hook-Signature",
    },
  ],
  timeLimitSeconds: 10,
  credentials: [],
  sample: '{"events": [{"action": "changed", "resource": {"gid": "1337", "resource_type": "task"}}]}',
  notes: [
    "The secret comes once, with the handshake, which is a message, too: its attribute `X-Hook-Secret` has it. Each webhook has a secret of its own.",
    "Whoever can read the queue at that moment can read the secret. What is not asked for is answered alike: a consumer takes a secret only while it is making a webhook.",
    "It sends a body without events as a heartbeat.",
  ],
};
