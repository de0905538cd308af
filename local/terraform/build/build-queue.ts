import { optionalText, text } from "../attribute";
import type { Queue } from "../stack-model";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { whose } from "./belonging";
import { optionalPolicy } from "./policy-attribute";

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

/** `aws_sqs_queue`, with the policies that are resources of their own. */
export function buildQueue(queue: TerraformResource, resources: TerraformResources): Queue {
  const url = text(queue, "url");
  const [apart] = whose(resources.ofType("aws_sqs_queue_policy"), { queue_url: url });
  const policy = optionalPolicy(apart ?? queue, "policy", "resource");
  return {
    address: queue.address,
    name: text(queue, "name"),
    arn: text(queue, "arn"),
    url,
    attributes: attributesOf(queue, resources),
    ...(policy !== undefined && { policy }),
  };
}

function attributesOf(
  queue: TerraformResource,
  resources: TerraformResources,
): Readonly<Record<string, string>> {
  const entries = Object.entries(ATTRIBUTES).flatMap(([from, to]) => {
    const value = ownOr(queue, from, resources, `aws_sqs_queue_${from}`);
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
  type: string,
): string | undefined {
  const [apart] = whose(resources.ofType(type), { queue_url: text(queue, "url") });
  return apart === undefined ? optionalText(queue, attribute) : text(apart, attribute);
}
