import type { AroundApi } from "../api/api-rules";
import { textTypeAmong } from "../api/binary-media-types";
import type { METHOD_SETTINGS } from "../api/methods";
import type { EXISTING_QUEUE_SETTINGS } from "../queue/existing-queue";
import { LONGEST_RETENTION_SECONDS, QUEUE_SETTINGS } from "../queue/leveled-queue";
import { hasDeadLetterQueue } from "../queue/queue-name";
import { MOST_OF_THE_USERS } from "../queue/queue-policy";
import type { Facts, Rule } from "../setting";
import { type LARGE_BODY_SETTINGS, type LargeBodies, largeBodiesOf } from "./large-body-settings";

type ApiSettings = typeof METHOD_SETTINGS;

type Settings = ApiSettings & typeof QUEUE_SETTINGS & typeof EXISTING_QUEUE_SETTINGS;

type ApiFacts = Facts<ApiSettings, Pick<AroundApi, "isFifo">>;

type StackFacts = Facts<Settings, unknown>;

/** A rule about what takes large bodies, and what is wrong, allowed, and to be mended. */
function inside<SomeFacts extends Facts<typeof LARGE_BODY_SETTINGS, unknown>>(
  isBroken: (facts: SomeFacts, largeBodies: LargeBodies) => boolean,
  texts: Readonly<Record<"wrong" | "allowed" | "mend", string | ((facts: SomeFacts) => string)>>,
) {
  return {
    setting: "largeBodies" as const,
    isBroken: (facts: SomeFacts) => {
      const largeBodies = largeBodiesOf(facts.largeBodies);
      return largeBodies !== undefined && isBroken(facts, largeBodies);
    },
    ...texts,
  };
}

/** What has to hold between large bodies and the other settings of the API. */
export const LARGE_BODY_API_RULES: readonly Rule<ApiSettings, Pick<AroundApi, "isFifo">>[] = [
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
  inside(({ isFifo }: ApiFacts) => isFifo, {
    wrong: "needs a standard queue, since S3 notifies no FIFO queue",
    allowed: "this setting where the queue is none",
    mend: "Drop it, or `fifo`.",
  }),
  inside(({ secretHeader }: ApiFacts) => secretHeader !== undefined, {
    wrong: "has no mapping template, in which alone a secret header is checked: it would let everybody in",
    allowed: "this setting without `secretHeader`",
    mend: "Drop one or the other. An authorizer, API keys or lists of addresses protect both paths.",
  }),
  inside((facts: ApiFacts) => binaryText(facts) !== undefined, {
    wrong: (facts: ApiFacts) =>
      `takes for binary what is text to another method of the API: ${binaryText(facts) ?? ""}`,
    allowed: "`binaryTypes` without the text types of `contentTypes`; as text they pass, too",
    mend: "Drop the type there.",
  }),
];

/** What has to hold between large bodies and the queue, into which S3's notifications have to get. */
export const LARGE_BODY_RULES: readonly Rule<Settings>[] = [
  inside(({ existingQueueArn }: StackFacts) => existingQueueArn !== undefined, {
    wrong: "needs a statement for S3 in the policy of the queue, which is not the stack's",
    allowed: "this setting without `existingQueueArn`",
    mend: "Drop one or the other.",
  }),
  inside(({ keepQueueAttributes }: StackFacts) => keepQueueAttributes === true, {
    wrong: "needs a statement for S3 in the policy of the queue, which keeps its own",
    allowed: "this setting without `keepQueueAttributes`: true",
    mend: "Drop one or the other.",
  }),
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#compatibility-with-aws-services
  inside(
    ({ encryption = QUEUE_SETTINGS.encryption.default, existingQueueArn }: StackFacts) =>
      existingQueueArn === undefined && encryption === "kms-managed",
    {
      wrong: "needs a queue whose key S3 may use, which the AWS-managed one's policy does not say",
      allowed:
        'this setting with `encryption`: "sqs-managed", or the ARN of a KMS key whose policy lets s3.amazonaws.com use it (`kms:GenerateDataKey`, `kms:Decrypt`)',
      mend: 'Write `encryption`: "sqs-managed".',
    },
  ),
  inside(
    (facts: StackFacts, { expirationDays }) =>
      facts.existingQueueArn === undefined && expirationDays * 86_400 <= keptFor(facts),
    {
      wrong: "takes bodies away while messages may still point to them",
      allowed: (facts: StackFacts) =>
        `\`expirationDays\` of at least ${Math.floor(keptFor(facts) / 86_400) + 1}`,
      mend: "Raise it, or lower `messageRetentionSeconds`.",
    },
  ),
  inside(({ preventDestroy }: StackFacts, { forceDestroy }) => forceDestroy && preventDestroy === true, {
    wrong: "has `forceDestroy`, and the stack's messages are guarded",
    allowed: "`forceDestroy` without `preventDestroy`: true",
    mend: "Drop one or the other.",
  }),
  {
    setting: "queuePolicyStatements",
    isBroken: ({ queuePolicyStatements = [], largeBodies }) =>
      queuePolicyStatements.length === MOST_OF_THE_USERS && largeBodiesOf(largeBodies) !== undefined,
    wrong: "has more than SQS takes beside the statement for S3 that `largeBodies` needs",
    allowed: `${MOST_OF_THE_USERS - 1} statements`,
    mend: "Put some together.",
  },
];

/** How long a message may be kept at most, in seconds. A dead letter is as old as the message was. */
function keptFor(facts: StackFacts): number {
  const { messageRetentionSeconds = QUEUE_SETTINGS.messageRetentionSeconds.default } = facts;
  return hasDeadLetterQueue(facts) ? LONGEST_RETENTION_SECONDS : messageRetentionSeconds;
}

/** The first binary type that another method takes for text: API Gateway knows but one list. */
function binaryText(facts: ApiFacts): string | undefined {
  return textTypeAmong(largeBodiesOf(facts.largeBodies)?.binaryTypes ?? [], facts);
}
