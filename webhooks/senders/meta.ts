import type { Sender } from "../sender";

export const META: Sender = {
  title: "Meta: Facebook, Instagram, WhatsApp",
  documentation: "https://developers.facebook.com/docs/graph-api/webhooks/getting-started",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Hub-Signature-256"],
  handshakes: [
    {
      kind: "echo",
      verb: "GET",
      challenge: { query: "hub.challenge" },
      as: "text",
      verifyToken: { query: "hub.verify_token" },
    },
  ],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "X-Hub-Signature-256",
      value: "sha256={signature}",
    },
  ],
  credentials: [],
  sample: '{"object": "page", "entry": [{"id": "1", "time": 1458692752478, "changes": []}]}',
};
