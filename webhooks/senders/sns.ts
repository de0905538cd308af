import type { Sender } from "../sender";

export const SNS: Sender = {
  title: "Amazon SNS over HTTPS",
  documentation: "https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html",
  contentTypes: ["text/plain", "application/json"],
  forwardHeaders: [
    "x-amz-sns-message-type",
    "x-amz-sns-message-id",
    "x-amz-sns-topic-arn",
    "x-amz-sns-subscription-arn",
  ],
  messageDeduplicationId: { header: "x-amz-sns-message-id" },
  handshakes: [
    {
      kind: "consumer",
      told: "The message of type `SubscriptionConfirmation` has a `SubscribeURL`, which the consumer opens once it has checked the signature and the topic.",
    },
  ],
  signatures: [
    {
      kind: "own",
      name: "sns",
      told: "base64 RSA in the body, with SHA-1 or SHA-256 by its `SignatureVersion`, with the certificate at `SigningCertURL`",
      headers: [],
    },
  ],
  library: "sns-validator",
  timeLimitSeconds: 15,
  is4xxFinal: true,
  credentials: "authorization-when-asked",
  sample:
    '{"Type": "Notification", "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324", "TopicArn": "arn:aws:sns:us-west-2:123456789012:MyTopic", "Message": "Hello", "Timestamp": "2012-05-02T00:54:06.655Z", "SignatureVersion": "1"}',
  notes: [
    "SNS can send to SQS without any API: this is for topics of others, or where the API's rules are wanted.",
    "By default it tries three times more, 20 seconds apart, after 5xx and, as its page now says, 429; every other 4xx is final. A subscription with a dead-letter queue loses nothing.",
    "Credentials go into the URL that SNS is given, as `https://user:password@…`.",
    "Raw delivery has no envelope and no signature.",
  ],
};
