import { BucketNotifications } from "../../../local/server/bucket-notifications";
import type { SqsService } from "../../../local/sqs/sqs-service";
import { readStack } from "../../../local/terraform/read-stack";
import { largeStack, type LargeStackOptions } from "../../support/large-stack";

/** How many messages the queue of a stack gets of an object, and what is said at start. */
async function toldOf(key: string, options: LargeStackOptions = {}) {
  const model = readStack({ document: largeStack(options), environment: {} });
  const [bucket] = model.buckets;
  const sent: string[] = [];
  const service: Pick<SqsService, "send"> = {
    send: ({ body }) => {
      sent.push(body);
      return Promise.resolve({ status: 200, headers: {}, body: "{}" });
    },
  };
  const notifications = new BucketNotifications([model], {
    sqs: { service: service as SqsService },
    region: "eu-central-1",
    tellsItself: () => false,
    tell: (line) => sent.push(line),
  });
  const about = { bucket: bucket?.name ?? "", key, region: "eu-central-1", requestId: "1", hostId: "2" };
  await notifications.notify({ ...about, event: "ObjectCreated:Put", size: 1, eTag: "3", trace: "Root=1" });
  return { sent, warnings: notifications.warnings };
}

const SEND = { Action: "sqs:SendMessage", Resource: "${aws_sqs_queue.q.arn}" };
const FROM_S3 = { ...SEND, Principal: { Service: "s3.amazonaws.com" } };

describe("a queue is told of an object", () => {
  test.each<[string, LargeStackOptions]>([
    ["where its policy lets S3 send for the bucket", {}],
    ["where its policy lets S3 send for all", { queuePolicy: FROM_S3 }],
    [
      "by a pattern of the bucket's name",
      {
        queuePolicy: { ...FROM_S3, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:large-*" } } },
      },
    ],
    ["of its prefix and suffix", { notification: { filter_prefix: "in", filter_suffix: ".png" } }],
    ["by the whole name of the event", { notification: { events: ["s3:ObjectCreated:Put"] } }],
    ["with a key of the customer's", { queue: { kms_master_key_id: "alias/mine" } }],
  ])("%s", async (_, options) => {
    const { sent, warnings } = await toldOf("in-a.png", options);
    expect(warnings).toEqual([]);
    expect(sent).toHaveLength(1);
    expect(JSON.parse(sent[0] ?? "")).toMatchObject({
      QueueUrl: "https://sqs.eu-central-1.amazonaws.com/000000000000/large",
      MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: "Root=1" } },
    });
  });

  test.each<[string, LargeStackOptions]>([
    ["another prefix", { notification: { filter_prefix: "out" } }],
    ["another suffix", { notification: { filter_suffix: ".PNG" } }],
    ["a prefix that is written as in a URL", { notification: { filter_prefix: "in%2D" } }],
    ["other events", { notification: { events: ["s3:ObjectRemoved:*", "s3:ObjectCreated:Copy"] } }],
  ])("but not for %s", async (_, options) => {
    expect(await toldOf("in-a.png", options)).toEqual({ sent: [], warnings: [] });
  });
});

const REFUSED =
  /^aws_s3_bucket_notification\.n\.queue: tells no queue of anything, for it is not so that the policy of aws_sqs_queue\.q lets s3\.amazonaws\.com send for arn:aws:s3:::large-\w+, and AWS refuses the notification: "Permissions on the destination queue do not allow S3 to publish notifications from this bucket"\.$/;

describe("a queue is told of nothing, and that is said at start,", () => {
  test.each<[string, LargeStackOptions, RegExp]>([
    ["where it has no policy", { queuePolicy: null }, REFUSED],
    [
      "where its policy is for another service",
      { queuePolicy: { ...FROM_S3, Principal: { Service: "sns.amazonaws.com" } } },
      REFUSED,
    ],
    [
      "where its policy is for another bucket",
      { queuePolicy: { ...FROM_S3, Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::other" } } } },
      REFUSED,
    ],
    [
      "where its policy is for another account",
      { queuePolicy: { ...FROM_S3, Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } } },
      REFUSED,
    ],
    [
      "where AWS's own key encrypts it",
      { queue: { kms_master_key_id: "alias/aws/sqs" } },
      /^aws_s3_bucket_notification\.n\.queue: tells no queue of anything, for aws_sqs_queue\.q is encrypted with AWS's own key, alias\/aws\/sqs, which lets no other service in: on AWS no message arrives\. /,
    ],
    [
      "where only an apply tells whether its policy lets S3 send",
      { queuePolicy: { ...FROM_S3, Condition: { ArnEquals: { "aws:SourceArn": "${random_pet.p.id}" } } } },
      /whether the policy of aws_sqs_queue\.q lets .* is known only after an apply\.$/,
    ],
  ])("%s", async (_, options, warning) => {
    expect(await toldOf("a", options)).toEqual({ sent: [], warnings: [expect.stringMatching(warning)] });
  });
});

test.each<[string, LargeStackOptions, string]>([
  [
    "to a FIFO queue",
    { queue: { name: "large.fifo", fifo_queue: true } },
    "aws_s3_bucket_notification.n.queue.queue_arn: is a FIFO queue, to which S3 refuses to send",
  ],
  [
    "to something else",
    { notification: { queue_arn: "arn:aws:sns:eu-central-1:123456789012:t" } },
    "aws_s3_bucket_notification.n.queue.queue_arn: is no queue's ARN",
  ],
  [
    "of no event",
    { notification: { events: ["ObjectCreated"] } },
    "aws_s3_bucket_notification.n.queue.events: is nothing that S3 tells of",
  ],
])("a notification %s is refused at start", (_, options, message) => {
  expect(() => readStack({ document: largeStack(options), environment: {} })).toThrow(message);
});
