import type { Sender } from "../sender";

export const PUBSUB: Sender = {
  title: "Google Cloud Pub/Sub, push",
  documentation: "https://cloud.google.com/pubsub/docs/push",
  contentTypes: ["application/json"],
  forwardHeaders: [],
  messageDeduplicationId: { jsonPath: "$.message.messageId" },
  signatures: [],
  instead:
    "It sends a JWT of Google's in `Authorization`, where the subscription has a service account: protect the API with an authorizer that checks it.",
  credentials: "authorization",
  sample:
    '{"message": {"data": "SGVsbG8gQ2xvdWQ=", "messageId": "2070443601311540", "publishTime": "2021-02-26T19:13:55.749Z"}, "subscription": "projects/shop/subscriptions/orders"}',
  notes: [
    "Every answer but a success is tried again, until the message is too old.",
    "An unwrapped subscription sends the data alone, of any type: set `content_types`, and take `message_deduplication_id` from a header.",
  ],
};
