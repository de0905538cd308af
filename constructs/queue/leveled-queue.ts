import { SqsQueue, type SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueueRedrivePolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-policy";
import { Fn, type TerraformMetaArguments, Token } from "cdktf";
import { Construct } from "constructs";
import * as v from "valibot";
import type { AwsLocation } from "../aws-location";
import { ImportBlock } from "../import-block";
import { flag, text, wholeNumber } from "../schema";
import { checked, type Only, type Options, type Rule } from "../setting";
import { deadLetterQueueLifecycle, importIdOf, queueLifecycle } from "./adopted-queue";
import { encryptionConfig, fifoConfig } from "./queue-attributes";
import { hasDeadLetterQueue, queueNameSchema } from "./queue-name";
import { namedQueues, type NotifyingBucket, QUEUE_POLICY_SETTINGS, queuePolicy } from "./queue-policy";
import { guardRemovedQueue, QUEUE_ARN, type TargetQueue } from "./target-queue";

/**
 * Settings of the queue.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html for the ranges
 */
export const QUEUE_SETTINGS = {
  /** The queue is first-in-first-out; its name ends in `.fifo`. On a deployed stack it replaces the queue: drain it first. */
  fifo: v.optional(flag("make the queue first-in-first-out"), false),
  /** FIFO only: deduplicates and limits by message group, for up to 70,000 messages a second in some Regions. */
  fifoHighThroughput: v.optional(flag("deduplicate and limit by message group"), false),
  /** FIFO only: the hash of the body deduplicates. */
  contentBasedDeduplication: v.optional(flag("deduplicate by the body's hash"), false),
  /**
   * Largest message, attributes included, of which the request's id takes 51 bytes. Over 262,144 the AWS provider must be 6.8
   * or newer. SQS itself would take four times the default, and the AWS provider would not.
   */
  maxMessageSize: v.optional(wholeNumber(1024, 1_048_576, "bytes"), 262_144),
  /** How long a new message waits before it can be received. */
  delaySeconds: v.optional(wholeNumber(0, 900, "seconds"), 0),
  /** How long SQS keeps a message that nobody deletes. */
  messageRetentionSeconds: v.optional(wholeNumber(60, 1_209_600, "seconds"), 345_600),
  /** How long a received message is hidden from other consumers. */
  visibilityTimeoutSeconds: v.optional(wholeNumber(0, 43_200, "seconds"), 30),
  /** How long a receive waits for a message; more than 0 costs fewer empty receives. */
  receiveWaitTimeSeconds: v.optional(wholeNumber(0, 20, "seconds"), 0),
  /** A second queue, `<name>-dlq`, keeps for 14 days what consumers fail on; it serves this queue only. */
  deadLetterQueue: v.optional(flag("keep messages that consumers fail on"), true),
  /** Receives after which a message moves to the dead-letter queue. */
  maxReceiveCount: v.optional(wholeNumber(1, 1000, "receives"), 5),
  /**
   * `kms-managed` is the AWS-managed key `alias/aws/sqs`, whose requests KMS charges; `sqs-managed` costs nothing; or the ARN
   * of a KMS key of yours, whose policy must let the stack's role use it (`kms:GenerateDataKey`, `kms:Decrypt`).
   */
  encryption: v.optional(
    text({
      // No alias of a key, since a policy on an alias allows nothing.
      pattern: "^(kms-managed|sqs-managed)$|^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,64}$",
      allowed: '"kms-managed", "sqs-managed" or the ARN of a KMS key',
      example: "kms-managed",
    }),
    "kms-managed",
  ),
  ...QUEUE_POLICY_SETTINGS,
  /**
   * ARN of a live queue that the stack takes over, with the messages in it: `storageSqsQueueName` and `awsRegionName` name
   * the same one. From then on it is the stack's, and a destroy takes it away. Can be dropped once it is applied.
   */
  adoptQueue: v.optional(QUEUE_ARN),
  /**
   * What no setting says stays as the queue has it: policy, redrive policy, tags, encryption and all other attributes. The
   * stack makes a dead-letter queue only where `deadLetterQueue` is true. Dropped, the stack's own take the place of all that.
   */
  keepQueueAttributes: v.optional(flag("keep what no setting says as the queue has it"), false),
  /** Terraform refuses to destroy or replace the queues, and the messages in them, also where another setting takes a queue away. */
  preventDestroy: v.optional(flag("guard the queue and its messages"), false),
};

type QueueRule = Rule<typeof QUEUE_SETTINGS>;

/** What has to hold between the queue's settings. */
export const QUEUE_RULES: readonly QueueRule[] = [
  ...(["contentBasedDeduplication", "fifoHighThroughput"] as const).map((setting): QueueRule => ({
    setting,
    isBroken: (given) => given[setting] === true && given.fifo !== true,
    wrong: "needs a FIFO queue",
    allowed: "this setting together with `fifo`: true",
    mend: "Write `fifo`: true, or drop it.",
  })),
  {
    setting: "maxReceiveCount",
    isBroken: ({ maxReceiveCount, ...facts }) =>
      maxReceiveCount !== undefined && facts.keepQueueAttributes !== true && !hasDeadLetterQueue(facts),
    wrong: "needs a dead-letter queue",
    allowed: "this setting without `deadLetterQueue`: false",
    mend: "Drop one or the other.",
  },
  {
    setting: "maxReceiveCount",
    isBroken: ({ maxReceiveCount, ...facts }) =>
      maxReceiveCount !== undefined && facts.keepQueueAttributes === true && !hasDeadLetterQueue(facts),
    wrong: "needs a dead-letter queue of the stack's",
    allowed: "this setting with `deadLetterQueue`: true, since the queue keeps its own redrive policy",
    mend: "Drop it, or write `deadLetterQueue`: true.",
  },
  {
    setting: "delaySeconds",
    isBroken: ({ delaySeconds = 0, ...facts }) => delaySeconds >= (knownRetention(facts) ?? Infinity),
    wrong: "lets messages wait until their retention has ended, when SQS deletes them",
    allowed: "less than `messageRetentionSeconds`",
    mend: "Write less, or a longer `messageRetentionSeconds`.",
  },
  {
    setting: "adoptQueue",
    isBroken: ({ adoptQueue, keepQueueAttributes }) =>
      adoptQueue !== undefined && keepQueueAttributes === undefined,
    wrong: "does not say what becomes of the queue's policy, tags and attributes",
    allowed: "this setting together with `keepQueueAttributes`",
    mend: "Write `keepQueueAttributes`: true to keep them, or false to have the stack's in their place.",
  },
  {
    setting: "adoptQueue",
    isBroken: ({ adoptQueue, fifo = false }) =>
      adoptQueue !== undefined && adoptQueue.endsWith(".fifo") !== fifo,
    wrong: "is a queue of the other type",
    allowed: "a FIFO queue, whose name ends in .fifo, together with `fifo`: true only",
    mend: "Write or drop `fifo`: true.",
  },
];

/** Options of the queue. */
export interface QueueOptions extends Options<typeof QUEUE_SETTINGS> {}

/** Props of {@link LeveledQueue}. */
export interface LeveledQueueProps extends QueueOptions {
  readonly location: AwsLocation;
  /** Name without `.fifo`. */
  readonly queueName: string;
  /**
   * The bucket whose notifications S3 may put into the queue.
   * @default - none
   */
  readonly largeBodyBucket?: NotifyingBucket | undefined;
}

type QueueAttribute = Exclude<keyof SqsQueueConfig, keyof TerraformMetaArguments>;

/** Longest retention that SQS offers, 14 days. */
export const LONGEST_RETENTION_SECONDS = 1_209_600;

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
  public readonly isFifo: boolean;
  public readonly contentBasedDeduplication?: boolean;
  public readonly encryptionKeyArn?: string;
  public readonly maxMessageSize?: number;
  public readonly isEncryptedBySqs?: boolean;
  public readonly deadLetterQueueName?: string;
  public readonly messageRetentionSeconds?: number;
  public readonly visibilityTimeoutSeconds?: number;
  public readonly receiveWaitTimeSeconds?: number;
  public readonly maxReceiveCount?: number;
  public readonly prerequisites: readonly SqsQueueRedrivePolicy[];

  constructor(scope: Construct, id: string, props: LeveledQueueProps) {
    super(scope, id);
    const { location, queueName, largeBodyBucket } = props;
    const settings = checked(this, QUEUE_SETTINGS, props, { rules: QUEUE_RULES, around: {} });
    checked(this, { queueName: v.optional(queueNameSchema(props)) }, props);
    const { adoptQueue, keepQueueAttributes, deadLetterQueue, maxReceiveCount, ...others } = settings;
    const { queuePolicyStatements, ...ofQueues } = others;
    const { fifo, fifoHighThroughput, encryption, preventDestroy, ...attributes } = ofQueues;
    const { contentBasedDeduplication, maxMessageSize, ...ofQueue } = attributes;
    const config = (name: string): SqsQueueConfig => ({
      name,
      policy: queuePolicy(location.queueArn(name)),
      maxMessageSize,
      contentBasedDeduplication,
      ...fifoConfig(fifo, fifoHighThroughput),
      ...encryptionConfig(encryption),
    });
    const ending = fifo ? ".fifo" : "";
    const name = `${queueName}${ending}`;
    const queueArn = location.queueArn(name);
    const queue = new SqsQueue(this, "Queue", {
      ...config(name),
      policy: queuePolicy(queueArn, queuePolicyStatements, largeBodyBucket),
      ...(ofQueue satisfies Only<QueueAttribute, typeof ofQueue>),
      ...queueLifecycle(props, queueArn, namedQueues(queuePolicyStatements)),
    });
    if (adoptQueue !== undefined) {
      new ImportBlock(this, "Import", { to: queue, importId: importIdOf(adoptQueue) });
    }
    const deadLetters = { ...config(`${queueName}-dlq${ending}`), ...deadLetterQueueLifecycle(props) };
    const hasDeadLetters = deadLetterQueue && hasDeadLetterQueue(props);
    const added = hasDeadLetters
      ? this.addDeadLetterQueue(queue, deadLetters, queueArn, maxReceiveCount)
      : undefined;
    this.deadLetterQueueName = added?.deadLetterQueueName;
    this.prerequisites = added ? [added.redrivePolicy] : [];
    const isGuarded = preventDestroy || (keepQueueAttributes && props.deadLetterQueue === undefined);
    if (!hasDeadLetters && isGuarded) guardRemovedQueue(this, "DeadLetterQueue");
    this.arn = queue.arn;
    this.url = queue.url;
    this.queueName = queue.name;
    this.regionName = location.regionName;
    this.accountId = location.accountId;
    this.isFifo = fifo;
    this.contentBasedDeduplication = deduplicatesByContent(props);
    this.encryptionKeyArn = customerKeyArn(encryption);
    this.maxMessageSize = keepQueueAttributes ? props.maxMessageSize : maxMessageSize;
    this.messageRetentionSeconds = knownRetention(props);
    this.visibilityTimeoutSeconds = knownVisibilityTimeout(props);
    this.receiveWaitTimeSeconds = known(
      keepQueueAttributes ? props.receiveWaitTimeSeconds : ofQueue.receiveWaitTimeSeconds,
    );
    this.maxReceiveCount = hasDeadLetters ? known(maxReceiveCount) : undefined;
    this.isEncryptedBySqs = (keepQueueAttributes ? props.encryption : encryption) === "sqs-managed";
  }

  private addDeadLetterQueue(
    queue: SqsQueue,
    config: SqsQueueConfig,
    queueArn: string,
    maxReceiveCount: number,
  ) {
    const { arn, name: deadLetterQueueName } = new SqsQueue(this, "DeadLetterQueue", {
      ...config,
      messageRetentionSeconds: LONGEST_RETENTION_SECONDS,
      redriveAllowPolicy: Fn.jsonencode({ redrivePermission: "byQueue", sourceQueueArns: [queueArn] }),
    });
    const redrivePolicy = new SqsQueueRedrivePolicy(this, "RedrivePolicy", {
      queueUrl: queue.url,
      redrivePolicy: Fn.jsonencode({ deadLetterTargetArn: arn, maxReceiveCount }),
    });
    return { deadLetterQueueName, redrivePolicy };
  }
}

/** Does SQS tell repeated messages by their bodies? Undefined of a queue that keeps what it has. */
export function deduplicatesByContent({
  contentBasedDeduplication,
  keepQueueAttributes = false,
}: QueueOptions): boolean | undefined {
  return contentBasedDeduplication ?? (keepQueueAttributes ? undefined : false);
}

/**
 * How long the queue keeps a message, from when it was sent: a delay is part of it. Undefined of a queue that keeps what it has, and
 * where only Terraform knows it.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html
 */
export function knownRetention({
  messageRetentionSeconds,
  keepQueueAttributes = false,
}: QueueOptions): number | undefined {
  const unsaid = keepQueueAttributes ? undefined : QUEUE_SETTINGS.messageRetentionSeconds.default;
  return known(messageRetentionSeconds ?? unsaid);
}

/** How long a received message is hidden. Undefined of a queue that keeps what it has, and where only Terraform knows it. */
export function knownVisibilityTimeout({
  visibilityTimeoutSeconds,
  keepQueueAttributes = false,
}: QueueOptions): number | undefined {
  const unsaid = keepQueueAttributes ? undefined : QUEUE_SETTINGS.visibilityTimeoutSeconds.default;
  return known(visibilityTimeoutSeconds ?? unsaid);
}

function known(value: number | undefined): number | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

/** The ARN of the customer's key, where `encryption` is one. */
export function customerKeyArn(encryption: string | undefined): string | undefined {
  return encryption?.startsWith("arn:") ? encryption : undefined;
}
