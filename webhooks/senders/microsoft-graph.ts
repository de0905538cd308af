import type { Sender } from "../sender";

export const MICROSOFT_GRAPH: Sender = {
  title: "Microsoft Graph change notifications",
  documentation: "https://learn.microsoft.com/graph/change-notifications-delivery-webhooks",
  contentTypes: ["application/json", "text/plain"],
  forwardHeaders: [],
  handshakes: [{ kind: "echo-on-post", value: { query: "validationToken" }, in: "body" }],
  signatures: [],
  instead: "Compare `clientState` in each of `$.value` with the value that you subscribed with.",
  timeLimitSeconds: 10,
  credentials: [],
  sample:
    '{"value": [{"subscriptionId": "76222963-cc7b-42d2-882d-8aaa69cb2ba3", "clientState": "secret", "changeType": "created", "resource": "Users/1/Messages/2"}]}',
  notes: [
    "Its validation is empty and of type text/plain: it arrives in the queue as `{}`, which consumers skip.",
    "Answers over 3 seconds count as slow: with more than 10 % of them in 10 minutes notifications are delayed, with more than 15 % dropped.",
    "Use the same URL as `lifecycleNotificationUrl`: it is validated likewise.",
  ],
};
