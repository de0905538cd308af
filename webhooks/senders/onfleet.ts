import type { Sender } from "../sender";

export const ONFLEET: Sender = {
  title: "Onfleet",
  documentation: "https://docs.onfleet.com/reference/webhooks",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Onfleet-Signature"],
  handshakes: [{ kind: "echo", verb: "GET", challenge: { query: "check" }, as: "text" }],
  signatures: [
    {
      kind: "hmac",
      hash: "sha512",
      signed: "{body}",
      key: "hex",
      encoding: "hex",
      header: "X-Onfleet-Signature",
    },
  ],
  timeLimitSeconds: 10,
  credentials: [],
  sample:
    '{"taskId": "ETX36gJdJqTeGxVm5tVRIoKB", "workerId": null, "actionContext": null, "triggerId": 6, "time": 1431113103163}',
  notes: ["Only 200 counts: keep `response` at 200. It tries again every 30 minutes for a day."],
};
