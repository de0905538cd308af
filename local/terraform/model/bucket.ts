import { parseArn } from "../../../aws/arn";
import type { PolicyDocument } from "../../../aws/policy-document";
import { hasStandIn } from "../../../aws/stand-in-text";
import type { TerraformResource, TerraformResources } from "../terraform-resource";

/** A bucket of S3 with what decides about the objects in it. */
export interface Bucket {
  readonly address: string;
  readonly name: string;
  readonly arn: string;
  /** Resource policy. */
  readonly policy?: PolicyDocument;
  /** Event notifications to queues. */
  readonly notifications: readonly QueueNotification[];
}

/** What S3 tells a queue of. */
export interface QueueNotification {
  /** Of the `queue` block. */
  readonly address: string;
  readonly id: string;
  readonly queueArn: string;
  /** Such as `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  /** Empty: any. */
  readonly prefix: string;
  readonly suffix: string;
}

/** `aws_s3_bucket`, with its policy and its notifications, which are resources of their own. */
export function readBucket(bucket: TerraformResource, resources: TerraformResources): Bucket {
  const name = bucketName(bucket);
  const [apart] = resources.where("aws_s3_bucket_policy", { bucket: name });
  const policy = (apart ?? bucket).optionalPolicy("policy", "resource");
  return {
    address: bucket.address,
    name,
    arn: bucket.text("arn"),
    ...(policy !== undefined && { policy }),
    notifications: resources
      .where("aws_s3_bucket_notification", { bucket: name })
      .flatMap((notification) => notification.blocks("queue").map(readQueueNotification)),
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function bucketName(bucket: TerraformResource): string {
  const name = bucket.text("bucket");
  if (hasStandIn(name) || /^[a-z\d](?:[a-z\d-]|\.(?!\.)){1,61}[a-z\d]$/.test(name)) return name;
  throw bucket.error("bucket", {
    wrong: "is no bucket's name",
    got: name,
    allowed: "3 to 63 lower-case letters, digits, - and . are",
  });
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
function readQueueNotification(queue: TerraformResource, index: number): QueueNotification {
  const queueArn = queue.text("queue_arn");
  refuseOtherThanStandardQueue(queue, queueArn);
  const events = queue.textList("events");
  const unknown = events.find((event) => !/^s3:[A-Z]\w+(?::(?:\w+|\*))?$/.test(event));
  if (unknown !== undefined || events.length === 0) {
    throw queue.error("events", {
      wrong: "is nothing that S3 tells of",
      got: unknown ?? "[]",
      allowed: "s3:ObjectCreated:*, s3:ObjectCreated:Put and the like are",
    });
  }
  return {
    address: queue.address,
    id: queue.optionalText("id") ?? `tf-s3-queue-${index}`,
    queueArn,
    events,
    prefix: queue.optionalText("filter_prefix") ?? "",
    suffix: queue.optionalText("filter_suffix") ?? "",
  };
}

function refuseOtherThanStandardQueue(queue: TerraformResource, queueArn: string): void {
  if (hasStandIn(queueArn)) return;
  const { service, resource = "" } = parseArn(queueArn) ?? {};
  if (service === "sqs" && !resource.endsWith(".fifo")) return;
  throw queue.error("queue_arn", {
    wrong: service === "sqs" ? "is a FIFO queue, to which S3 refuses to send" : "is no queue's ARN",
    got: queueArn,
    allowed: "arn:<partition>:sqs:<region>:<account>:<queue> is, of a standard queue",
  });
}
