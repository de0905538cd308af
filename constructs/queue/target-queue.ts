import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Fn, type ITerraformDependable, TerraformResource } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { text } from "../schema";

/** The schema of a queue's ARN. */
export const QUEUE_ARN = text({
  pattern: "^arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}([.]fifo)?$",
  allowed: "the ARN of an SQS queue",
  example: "arn:aws:sqs:eu-central-1:123456789012:orders",
});

/** A queue to which the API sends, made by this stack or found. */
export interface TargetQueue extends IConstruct {
  readonly arn: string;
  readonly url: string;
  /** Name, with `.fifo` of a FIFO queue. */
  readonly queueName: string;
  readonly regionName: string;
  readonly accountId: string;
  readonly isFifo: boolean;
  /** Name of its dead-letter queue; absent: it has none, or nobody here knows. */
  readonly deadLetterQueueName?: string;
  /** Does SQS tell repeated messages by their bodies? Absent: nobody here knows. */
  readonly contentBasedDeduplication?: boolean;
  /** ARN of the customer's KMS key that encrypts the queue; absent: an AWS-managed key does. */
  readonly encryptionKeyArn?: string;
  /** Largest message that the queue takes; absent: nobody here knows. */
  readonly maxMessageSize?: number;
  /** Does SQS encrypt it with a key of its own, without KMS? Absent: nobody here knows. */
  readonly isEncryptedBySqs?: boolean;
  /** How long it keeps a message that nobody deletes; absent: nobody here knows. */
  readonly messageRetentionSeconds?: number;
  /** How long a received message is hidden from other consumers; absent: nobody here knows. */
  readonly visibilityTimeoutSeconds?: number;
  /** How long a receive waits for a message that does not say it; absent: nobody here knows. */
  readonly receiveWaitTimeSeconds?: number;
  /** Receives after which a message becomes a dead letter; absent: it never does, or nobody here knows. */
  readonly maxReceiveCount?: number;
  /** What has to stand before the API may send. */
  readonly prerequisites: readonly ITerraformDependable[];
}

/**
 * Stands where a guarded queue stood: no queue, but if one is still deployed, Terraform refuses to destroy it.
 * `prevent_destroy` protects only as long as a block says it; with the block gone, the messages would go without a word.
 */
export function guardRemovedQueue(scope: Construct, id: string): void {
  new SqsQueue(scope, id, { count: 0, lifecycle: { preventDestroy: true } });
}

/**
 * Has Terraform refuse to destroy a queue whose name is dropped from `names`, of which a guard by {@link guardRemovedQueue} would have to
 * know: each name is an instance that must not be destroyed.
 */
export function guardQueueNames(scope: Construct, id: string, names: readonly string[]): void {
  const guard = new TerraformResource(scope, id, { terraformResourceType: "terraform_data" });
  guard.addOverride("for_each", Fn.toset([...names]));
  guard.lifecycle = { preventDestroy: true };
}
