import type { PolicyDocument } from "../../../aws/policy-document";
import { isObject } from "../expression/value";
import type { TerraformResource, TerraformResources } from "../terraform-resource";

export interface Queue {
  readonly address: string;
  readonly name: string;
  readonly arn: string;
  /** The URL on AWS: `https://sqs.<region>.amazonaws.com/<account>/<name>`. */
  readonly url: string;
  /** SQS's own attribute names and text values, such as `VisibilityTimeout: "30"`: ready for `CreateQueue`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Resource policy. */
  readonly policy?: PolicyDocument;
}

/** SQS's name of each attribute that Terraform sets. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const ATTRIBUTES = {
  content_based_deduplication: "ContentBasedDeduplication",
  deduplication_scope: "DeduplicationScope",
  delay_seconds: "DelaySeconds",
  fifo_queue: "FifoQueue",
  fifo_throughput_limit: "FifoThroughputLimit",
  kms_data_key_reuse_period_seconds: "KmsDataKeyReusePeriodSeconds",
  kms_master_key_id: "KmsMasterKeyId",
  max_message_size: "MaximumMessageSize",
  message_retention_seconds: "MessageRetentionPeriod",
  receive_wait_time_seconds: "ReceiveMessageWaitTimeSeconds",
  redrive_allow_policy: "RedriveAllowPolicy",
  redrive_policy: "RedrivePolicy",
  sqs_managed_sse_enabled: "SqsManagedSseEnabled",
  visibility_timeout_seconds: "VisibilityTimeout",
} as const;

/** SQS refuses these on a standard queue even when they say false. */
const FIFO_ONLY = new Set<string>(["FifoQueue", "ContentBasedDeduplication"]);

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const RANGES = {
  delay_seconds: [0, 900],
  kms_data_key_reuse_period_seconds: [60, 86_400],
  max_message_size: [1024, 1_048_576],
  message_retention_seconds: [60, 1_209_600],
  receive_wait_time_seconds: [0, 20],
  visibility_timeout_seconds: [0, 43_200],
} as const;

/** `aws_sqs_queue`, with the policies that are resources of their own. */
export function readQueue(queue: TerraformResource, resources: TerraformResources): Queue {
  const url = queue.text("url");
  const [apart] = resources.where("aws_sqs_queue_policy", { queue_url: url });
  const policy = (apart ?? queue).optionalPolicy("policy", "resource");
  queue.refuseOutOfRange(RANGES);
  return {
    address: queue.address,
    name: queueName(queue),
    arn: queue.text("arn"),
    url,
    attributes: attributesOf(queue, resources),
    policy,
  };
}

function queueName(queue: TerraformResource): string {
  const name = queue.text("name");
  if (/^[\w-]{1,80}$|^[\w-]{1,75}\.fifo$/.test(name)) return name;
  throw queue.error("name", {
    wrong: "is no queue's name",
    got: name,
    allowed: "1 to 80 letters, digits, - and _ are, and .fifo at the end of a FIFO queue's",
  });
}

function attributesOf(
  queue: TerraformResource,
  resources: TerraformResources,
): Readonly<Record<string, string>> {
  const entries = Object.entries(ATTRIBUTES).flatMap(([from, to]) => {
    const value = ownOr(queue, from, resources);
    const unset = value === undefined || (FIFO_ONLY.has(to) && value === "false");
    return unset ? [] : [[to, value] as const];
  });
  return Object.fromEntries(entries);
}

/** A policy apart wins over the queue's own attribute, as the later call does on AWS. */
function ownOr(
  queue: TerraformResource,
  attribute: string,
  resources: TerraformResources,
): string | undefined {
  const [apart = queue] = resources.where(`aws_sqs_queue_${attribute}`, { queue_url: queue.text("url") });
  const value = apart.optionalText(attribute);
  if (value !== undefined && attribute.startsWith("redrive_")) refuseOtherThanObject(apart, attribute, value);
  return value;
}

function refuseOtherThanObject(resource: TerraformResource, attribute: string, json: string): void {
  try {
    if (isObject(JSON.parse(json))) return;
  } catch {
    // Told below.
  }
  throw resource.error(attribute, {
    wrong: "is not a JSON object",
    got: json,
    mend: "Write it with jsonencode",
  });
}
