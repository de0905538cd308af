import { Construct } from "constructs";
import type { AwsLocation } from "./aws-location";
import { guardRemovedQueue } from "./removed-queue";
import type { TargetQueue } from "./target-queue";

/** Props of {@link ExistingQueue}. */
export interface ExistingQueueProps {
  readonly location: AwsLocation;
  /** ARN of the queue, in this account or another. */
  readonly queueArn: string;
  /**
   * ARN of the KMS key that encrypts the queue.
   * @default - an AWS-managed key does
   */
  readonly encryptionKeyArn?: string;
  /**
   * Does Terraform refuse to destroy a queue that the stack had before, with the messages in it?
   * @default false
   */
  readonly preventDestroy?: boolean;
}

/**
 * A queue that somebody else made. In another account its policy must allow the role of this stack to send; in this one
 * the role's own policy is enough.
 */
export class ExistingQueue extends Construct implements TargetQueue {
  public readonly arn: string;
  public readonly url: string;
  public readonly queueName: string;
  public readonly regionName: string;
  public readonly accountId: string;
  public readonly encryptionKeyArn?: string;
  public readonly prerequisites = [];

  constructor(scope: Construct, id: string, props: ExistingQueueProps) {
    super(scope, id);
    const { location, queueArn, encryptionKeyArn } = props;
    const [, , , regionName = "", accountId = "", queueName = ""] = queueArn.split(":");
    this.arn = queueArn;
    this.regionName = regionName;
    this.accountId = accountId;
    this.queueName = queueName;
    this.url = `https://sqs.${regionName}.${location.dnsSuffix}/${accountId}/${queueName}`;
    if (encryptionKeyArn !== undefined) this.encryptionKeyArn = encryptionKeyArn;
    // The ids of LeveledQueue, whose place this construct takes.
    if (props.preventDestroy) for (const own of ["Queue", "DeadLetterQueue"]) guardRemovedQueue(this, own);
  }
}
