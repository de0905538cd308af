import { Construct } from "constructs";
import type { AwsLocation } from "./aws-location";
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

  constructor(scope: Construct, id: string, { location, queueArn, encryptionKeyArn }: ExistingQueueProps) {
    super(scope, id);
    const [, , , regionName = "", accountId = "", queueName = ""] = queueArn.split(":");
    this.arn = queueArn;
    this.regionName = regionName;
    this.accountId = accountId;
    this.queueName = queueName;
    this.url = `https://sqs.${regionName}.${location.dnsSuffix}/${accountId}/${queueName}`;
    if (encryptionKeyArn !== undefined) this.encryptionKeyArn = encryptionKeyArn;
  }
}
