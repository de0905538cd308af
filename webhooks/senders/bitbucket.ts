import type { Sender } from "../sender";

export const BITBUCKET: Sender = {
  title: "Bitbucket Cloud and Data Center",
  documentation: "https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/",
  contentTypes: ["application/json"],
  forwardHeaders: [
    "X-Event-Key",
    "X-Request-UUID",
    "X-Request-Id",
    "X-Hook-UUID",
    "X-Attempt-Number",
    "X-Hub-Signature",
  ],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "hex",
      header: "X-Hub-Signature",
      value: "sha256={signature}",
    },
  ],
  credentials: [],
  sample:
    '{"push": {"changes": []}, "repository": {"full_name": "ann/shop"}, "actor": {"display_name": "Ann"}}',
  notes: [
    "It signs only where the webhook has a secret.",
    "`X-Request-UUID` is Cloud's id of a delivery, `X-Request-Id` Data Center's. Whether they survive a retry is not documented, so a FIFO queue gets no deduplication id from them.",
    "Cloud silently leaves out deliveries of more than 256 KB.",
  ],
};
