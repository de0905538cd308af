import type { Sender } from "../sender";

export const GITHUB: Sender = {
  title: "GitHub",
  documentation: "https://docs.github.com/en/webhooks",
  contentTypes: ["application/json", "application/x-www-form-urlencoded"],
  forwardHeaders: ["X-GitHub-Event", "X-GitHub-Delivery", "X-GitHub-Hook-ID", "X-Hub-Signature-256"],
  messageDeduplicationId: { header: "X-GitHub-Delivery" },
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
  library: "@octokit/webhooks-methods",
  timeLimitSeconds: 10,
  credentials: [],
  sample: '{"action": "opened", "repository": {"full_name": "ann/shop"}}',
  notes: [
    "Two webhooks at one URL, a repository's and its organization's, have one `X-GitHub-Delivery` for one event: a FIFO queue keeps the first.",
    "GitHub sends nothing again by itself: what it could not deliver can be redelivered by hand or by its API for three days.",
    "Bodies are up to 25 MB; over SQS's 1 MiB the answer is 413, over API Gateway's 10 MB it is API Gateway's own.",
  ],
};
