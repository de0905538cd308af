import type { Sender } from "../sender";

export const STRAVA: Sender = {
  title: "Strava",
  documentation: "https://developers.strava.com/docs/webhooks/",
  contentTypes: ["application/json"],
  forwardHeaders: [],
  handshakes: [
    {
      kind: "echo",
      verb: "GET",
      challenge: { query: "hub.challenge" },
      as: { key: "hub.challenge" },
      verifyToken: { query: "hub.verify_token" },
    },
  ],
  signatures: [],
  instead: "Compare `subscription_id` with yours, and read what has changed from Strava's API.",
  timeLimitSeconds: 2,
  credentials: [],
  sample:
    '{"aspect_type": "update", "event_time": 1516126040, "object_id": 1360128428, "object_type": "activity", "owner_id": 134815, "subscription_id": 120475, "updates": {"title": "Messy"}}',
  notes: ["Only 200 counts: keep `response` at 200. It tries three times in all."],
};
