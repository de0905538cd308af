import * as v from "valibot";
import { flag, text, wholeNumber } from "./rules";
import { KMS_KEY_ARN_PATTERN, SQS_QUEUE_ARN_PATTERN } from "./value-patterns";

/**
 * Settings of the queue.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html for the ranges
 */
export const QUEUE_ENTRIES = {
  existing_queue_arn: v.optional(
    text({
      pattern: SQS_QUEUE_ARN_PATTERN,
      allowed: "the ARN of an SQS queue",
      example: "arn:aws:sqs:eu-central-1:123456789012:orders",
    }),
  ),
  prevent_destroy: v.optional(flag("guard the queue and its messages")),
  fifo: v.optional(flag("make the queue first-in-first-out")),
  fifo_high_throughput: v.optional(flag("deduplicate and limit by message group")),
  content_based_deduplication: v.optional(flag("deduplicate by the body's hash")),
  max_message_size: v.optional(wholeNumber(1024, 1_048_576, "bytes")),
  delay_seconds: v.optional(wholeNumber(0, 900, "seconds")),
  message_retention_seconds: v.optional(wholeNumber(60, 1_209_600, "seconds")),
  visibility_timeout_seconds: v.optional(wholeNumber(0, 43_200, "seconds")),
  receive_wait_time_seconds: v.optional(wholeNumber(0, 20, "seconds")),
  dead_letter_queue: v.optional(flag("keep messages that consumers fail on")),
  max_receive_count: v.optional(wholeNumber(1, 1000, "receives")),
  encryption: v.optional(
    text({
      pattern: `^(kms-managed|sqs-managed)$|${KMS_KEY_ARN_PATTERN}`,
      allowed: '"kms-managed", "sqs-managed" or the ARN of a KMS key',
      example: "kms-managed",
    }),
  ),
};
