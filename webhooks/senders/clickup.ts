import type { Sender } from "../sender";

export const CLICKUP: Sender = {
  title: "ClickUp",
  documentation: "https://developer.clickup.com/docs/webhooksignature",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Signature"],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "X-Signature",
    },
  ],
  credentials: [],
  sample: '{"webhook_id": "7689a169-a000-4985-8676-6902b96d6627", "event": "taskCreated", "task_id": "c0j"}',
};
