import { SqsQueue, type SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueueRedrivePolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-policy";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { AwsLocation } from "./aws-location";
import { guardRemovedQueue } from "./removed-queue";
import type { TargetQueue } from "./target-queue";

/** Options of the queue. */
export interface QueueOptions {
  /**
   * Does Terraform refuse to destroy the queue, with the messages in it?
   * @default false
   */
  readonly preventDestroy?: boolean;
  /** @default false */
  readonly fifo?: boolean;
  /**
   * FIFO only: deduplicate and limit by message group, for up to 70,000 messages a second in some Regions.
   * @default false
   */
  readonly fifoHighThroughput?: boolean;
  /**
   * FIFO only: the hash of the body deduplicates.
   * @default false
   */
  readonly contentBasedDeduplication?: boolean;
  /**
   * Bytes, 1,024 to 1,048,576. Over 262,144 the AWS provider must be 6.8 or newer.
   * @default 262144, the AWS provider's
   */
  readonly maxMessageSize?: number;
  /**
   * Seconds before a message can be received, 0 to 900.
   * @default 0
   */
  readonly delaySeconds?: number;
  /**
   * Seconds that SQS keeps a message, 60 to 1,209,600.
   * @default 345600, four days
   */
  readonly messageRetentionSeconds?: number;
  /**
   * Seconds that a received message is hidden, 0 to 43,200.
   * @default 30
   */
  readonly visibilityTimeoutSeconds?: number;
  /**
   * Seconds that a receive waits for a message, 0 to 20.
   * @default 0
   */
  readonly receiveWaitTimeSeconds?: number;
  /**
   * Is there a second queue for messages that consumers fail on?
   * @default true
   */
  readonly deadLetterQueue?: boolean;
  /**
   * Receives after which a message moves to the dead-letter queue, 1 to 1,000.
   * @default 5
   */
  readonly maxReceiveCount?: number;
  /**
   * `kms-managed` (the AWS-managed key `alias/aws/sqs`), `sqs-managed` (free of charge), or the ARN of a KMS key.
   * @default "kms-managed"
   */
  readonly encryption?: string;
}

/** Props of {@link LeveledQueue}. */
export interface LeveledQueueProps extends QueueOptions {
  readonly location: AwsLocation;
  /** Name without `.fifo`. */
  readonly queueName: string;
}

/** Bytes. Said in the JSON, since SQS itself would take four times as much, and the AWS provider would not. */
const DEFAULT_MAX_MESSAGE_SIZE = 262_144;

/** Longest retention that SQS offers, 14 days. */
const LONGEST_RETENTION_SECONDS = 1_209_600;

/**
 * The queue that stores the messages: encrypted, closed to plain HTTP, with a dead-letter queue that serves it alone.
 *
 * The policies name the queues by ARNs composed from their names: each is then an attribute of its queue, without a
 * cycle, and without the 25 s that the AWS provider waits after each separate policy resource. The redrive policy alone
 * is a resource apart: as an attribute of the queue the provider could never take it back, and it would go on naming a
 * dead-letter queue that is gone. When the resource goes, the provider sets it to the empty text, which removes it.
 * @see https://github.com/getmoto/moto/issues/4643 for the empty text on AWS
 */
export class LeveledQueue extends Construct implements TargetQueue {
  public readonly arn: string;
  public readonly url: string;
  public readonly queueName: string;
  public readonly regionName: string;
  public readonly accountId: string;
  public readonly encryptionKeyArn?: string;
  public readonly prerequisites: readonly SqsQueueRedrivePolicy[];
  private readonly location: AwsLocation;

  constructor(scope: Construct, id: string, props: LeveledQueueProps) {
    super(scope, id);
    this.location = props.location;
    const { encryption = "kms-managed", deadLetterQueue = true } = props;
    const name = fifoName(props.queueName, props);
    const queue = new SqsQueue(this, "Queue", { ...this.commonConfig(name, props), ...limits(props) });
    this.prerequisites = deadLetterQueue ? [this.addDeadLetterQueue(queue, name, props)] : [];
    if (!deadLetterQueue && props.preventDestroy) guardRemovedQueue(this, "DeadLetterQueue");
    this.arn = queue.arn;
    this.url = queue.url;
    this.queueName = queue.name;
    this.regionName = props.location.regionName;
    this.accountId = props.location.accountId;
    if (encryption.startsWith("arn:")) this.encryptionKeyArn = encryption;
  }

  private addDeadLetterQueue(queue: SqsQueue, name: string, props: LeveledQueueProps): SqsQueueRedrivePolicy {
    const deadLetterQueue = new SqsQueue(this, "DeadLetterQueue", {
      ...this.commonConfig(fifoName(`${props.queueName}-dlq`, props), props),
      messageRetentionSeconds: LONGEST_RETENTION_SECONDS,
      redriveAllowPolicy: Fn.jsonencode({
        redrivePermission: "byQueue",
        sourceQueueArns: [this.location.queueArn(name)],
      }),
    });
    return new SqsQueueRedrivePolicy(this, "RedrivePolicy", {
      queueUrl: queue.url,
      redrivePolicy: Fn.jsonencode({
        deadLetterTargetArn: deadLetterQueue.arn,
        maxReceiveCount: props.maxReceiveCount ?? 5,
      }),
    });
  }

  private commonConfig(name: string, props: LeveledQueueProps): SqsQueueConfig {
    return {
      name,
      maxMessageSize: props.maxMessageSize ?? DEFAULT_MAX_MESSAGE_SIZE,
      policy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [refusePlainHttp(this.location.queueArn(name))],
      }),
      ...encryptionConfig(props),
      ...fifoConfig(props),
      ...(props.preventDestroy ? { lifecycle: { preventDestroy: true } } : {}),
    };
  }
}

function fifoName(name: string, { fifo = false }: QueueOptions): string {
  return fifo ? `${name}.fifo` : name;
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html */
function refusePlainHttp(queueArn: string): Record<string, unknown> {
  return {
    Sid: "RefusePlainHttp",
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: queueArn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** The provider takes one of the two only; SQS switches the other one off itself. */
function encryptionConfig({ encryption = "kms-managed" }: QueueOptions): SqsQueueConfig {
  if (encryption === "sqs-managed") return { sqsManagedSseEnabled: true };
  return { kmsMasterKeyId: encryption === "kms-managed" ? "alias/aws/sqs" : encryption };
}

/** SQS knows the scope and the limit on FIFO queues only, and a queue never becomes one: Terraform makes another. */
function fifoConfig(options: QueueOptions): SqsQueueConfig {
  const { fifo = false, fifoHighThroughput = false, contentBasedDeduplication = false } = options;
  return {
    fifoQueue: fifo,
    contentBasedDeduplication,
    ...(fifo && {
      deduplicationScope: fifoHighThroughput ? "messageGroup" : "queue",
      fifoThroughputLimit: fifoHighThroughput ? "perMessageGroupId" : "perQueue",
    }),
  };
}

function limits(props: QueueOptions): SqsQueueConfig {
  return {
    delaySeconds: props.delaySeconds ?? 0,
    messageRetentionSeconds: props.messageRetentionSeconds ?? 345_600,
    visibilityTimeoutSeconds: props.visibilityTimeoutSeconds ?? 30,
    receiveWaitTimeSeconds: props.receiveWaitTimeSeconds ?? 0,
  };
}
