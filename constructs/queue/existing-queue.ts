import { Construct } from "constructs";
import * as v from "valibot";
import type { AwsLocation } from "../aws-location";
import { checked, type Options, type Rule } from "../setting";
import { customerKeyArn, QUEUE_SETTINGS } from "./leveled-queue";
import { guardRemovedQueue, QUEUE_ARN, type TargetQueue } from "./target-queue";

/** Settings of a queue that is there already. */
export const EXISTING_QUEUE_SETTINGS = {
  /**
   * A queue of this account or another that takes the messages; the stack makes none. On a deployed stack it takes the
   * stack's own queue away, with the messages in it.
   */
  existingQueueArn: v.optional(QUEUE_ARN),
};

/** Of the settings of the stack's own queue, those that mean something for another one, too. */
const SHARED_SETTINGS = {
  encryption: QUEUE_SETTINGS.encryption,
  preventDestroy: QUEUE_SETTINGS.preventDestroy,
};

const SETTINGS = { ...EXISTING_QUEUE_SETTINGS, ...QUEUE_SETTINGS };

type ExistingQueueRule = Rule<typeof SETTINGS>;

const FOREIGN = "is a setting of a queue of the stack's own";

/** What has to hold between the settings of an existing queue: none that only a queue of the stack's own can have. */
export const EXISTING_QUEUE_RULES: readonly ExistingQueueRule[] = [
  {
    setting: "encryption",
    isBroken: ({ encryption }) => encryption !== undefined && customerKeyArn(encryption) === undefined,
    wrong: FOREIGN,
    allowed: "the ARN of the KMS key that encrypts the existing queue",
    mend: "Leave it out where the existing queue uses an AWS-managed key.",
  },
  ...(Object.keys(QUEUE_SETTINGS) as (keyof typeof QUEUE_SETTINGS)[])
    .filter((setting) => !(setting in SHARED_SETTINGS))
    .map((setting): ExistingQueueRule => ({
      setting,
      isBroken: (given) => given[setting] !== undefined,
      wrong: FOREIGN,
      allowed: "none of the queue's settings together with `existingQueueArn`",
      mend: "Drop one or the other.",
    })),
];

/** Props of {@link ExistingQueue}. */
export interface ExistingQueueProps extends Options<typeof SHARED_SETTINGS> {
  readonly location: AwsLocation;
  /** ARN of the queue, in this account or another. */
  readonly existingQueueArn: string;
}

/**
 * A queue that somebody else made. In another account its policy must allow the role of this stack to send; in this one
 * the role's own policy is enough. `encryption` is the key of the queue, if it is a customer's; `preventDestroy` guards a
 * queue that the stack had before.
 */
export class ExistingQueue extends Construct implements TargetQueue {
  public readonly arn: string;
  public readonly url: string;
  public readonly queueName: string;
  public readonly regionName: string;
  public readonly accountId: string;
  public readonly isFifo: boolean;
  public readonly encryptionKeyArn?: string;
  public readonly prerequisites = [];

  constructor(scope: Construct, id: string, props: ExistingQueueProps) {
    super(scope, id);
    const settings = checked(this, SETTINGS, props, { rules: EXISTING_QUEUE_RULES, around: {} });
    const { existingQueueArn = "", encryption, preventDestroy } = settings;
    const [, , , regionName = "", accountId = "", queueName = ""] = existingQueueArn.split(":");
    this.arn = existingQueueArn;
    this.regionName = regionName;
    this.accountId = accountId;
    this.queueName = queueName;
    this.isFifo = queueName.endsWith(".fifo");
    this.url = `https://sqs.${regionName}.${props.location.dnsSuffix}/${accountId}/${queueName}`;
    this.encryptionKeyArn = customerKeyArn(encryption);
    // The ids of LeveledQueue, whose place this construct takes.
    if (preventDestroy) for (const own of ["Queue", "DeadLetterQueue"]) guardRemovedQueue(this, own);
  }
}
