import type { Sender } from "../sender";

export const VERCEL: Sender = {
  title: "Vercel",
  documentation: "https://vercel.com/docs/webhooks/webhooks-api",
  contentTypes: ["application/json"],
  forwardHeaders: ["x-vercel-signature"],
  messageDeduplicationId: { jsonPath: "$.id" },
  signatures: [
    {
      kind: "hmac",
      hash: "sha1",
      signed: "{body}",
      encoding: "hex",
      header: "x-vercel-signature",
    },
  ],
  timeLimitSeconds: 30,
  credentials: [],
  sample:
    '{"id": "uev_2LrKyNGNcIZOAGUTFmPjEhnb", "type": "deployment.created", "createdAt": 1714640000000, "region": null, "payload": {}}',
};
