import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";

/** A queue to which the API sends, made by this stack or found. */
export interface TargetQueue extends IConstruct {
  readonly arn: string;
  readonly url: string;
  /** Name, with `.fifo` of a FIFO queue. */
  readonly queueName: string;
  readonly regionName: string;
  readonly accountId: string;
  /** ARN of the customer's KMS key that encrypts the queue; absent: an AWS-managed key does. */
  readonly encryptionKeyArn?: string;
  /** What has to stand before the API may send. */
  readonly prerequisites: readonly ITerraformDependable[];
}
