import type { Sender } from "../sender";

export const EVENTBRIDGE: Sender = {
  title: "Amazon EventBridge, API destinations",
  documentation: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html",
  contentTypes: ["application/json"],
  forwardHeaders: [],
  messageDeduplicationId: { jsonPath: "$.id" },
  signatures: [],
  instead:
    "Its connection sends an API key, a header of yours, basic or OAuth credentials: protect the API with one of them.",
  timeLimitSeconds: 5,
  credentials: "any-header",
  sample:
    '{"version": "0", "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718", "detail-type": "EC2 Instance State-change Notification", "source": "aws.ec2", "account": "111122223333", "time": "2017-12-22T18:43:48Z", "region": "us-west-1", "resources": [], "detail": {}}',
  notes: [
    "EventBridge can send to SQS without any API: this is for other accounts' events, or where the API's rules are wanted.",
    "An input transformer that drops `id` takes the deduplication id away.",
    "It tries again for 24 hours and up to 185 times.",
  ],
};
