import { queueNameLength } from "./queue-name-length";
import { isFifo, type Place, type StackRule, type StackSettings } from "./stack-rule";

/** What has to hold between the settings of the queue, and with the Region. */
export const QUEUE_RULES: readonly StackRule[] = [
  {
    setting: "authorizer_lambda_arn",
    isBroken: ({ authorizer_lambda_arn: arn, aws_region_name: region }) => inOtherRegion(arn, region),
    wrong: "is in another Region than the API",
    allowed: "a function in the Region of aws_region_name",
    mend: "Deploy the function there, or change the Region.",
  },
  {
    setting: "encryption",
    isBroken: (settings) => inOtherRegion(keyArn(settings), queueRegion(settings)),
    wrong: "is a key of another Region than the queue's",
    allowed: "a key in the queue's Region",
    mend: "Give a key of that Region.",
  },
  {
    setting: "encryption",
    isBroken: (settings) =>
      settings.existing_queue_arn !== undefined &&
      settings.encryption !== undefined &&
      keyArn(settings) === undefined,
    wrong: "is a setting of a queue of the stack's own",
    allowed: "the ARN of the KMS key that encrypts the existing queue",
    mend: "Leave it out where the existing queue uses an AWS-managed key.",
  },
  ...(["message_deduplication_id", "content_based_deduplication", "fifo_high_throughput"] as const).map(
    (setting): StackRule => ({
      setting,
      isBroken: (settings) => Boolean(settings[setting]) && !isFifo(settings),
      wrong: "needs a FIFO queue",
      allowed: 'this setting together with "fifo": true',
      mend: 'Write "fifo": true, or drop it.',
    }),
  ),
  ...(
    [
      "fifo",
      "fifo_high_throughput",
      "content_based_deduplication",
      "max_message_size",
      "delay_seconds",
      "message_retention_seconds",
      "visibility_timeout_seconds",
      "receive_wait_time_seconds",
      "dead_letter_queue",
      "max_receive_count",
    ] as const
  ).map((setting): StackRule => ({
    setting,
    isBroken: (settings) => settings.existing_queue_arn !== undefined && settings[setting] !== undefined,
    wrong: "is a setting of a queue of the stack's own",
    allowed: "none of the queue's settings together with existing_queue_arn",
    mend: "Drop one or the other.",
  })),
  {
    setting: "max_receive_count",
    isBroken: ({ max_receive_count: count, dead_letter_queue: queue }) =>
      count !== undefined && queue === false,
    wrong: "needs a dead-letter queue",
    allowed: 'this setting without "dead_letter_queue": false',
    mend: "Drop one or the other.",
  },
  {
    setting: "storage_sqs_queue_name",
    isBroken: (settings) => ownName(settings).endsWith(".fifo") && settings.fifo !== true,
    wrong: "is not a name for a standard queue",
    allowed: 'a name that ends in .fifo together with "fifo": true only',
    mend: 'Write "fifo": true, or drop the ending.',
  },
  {
    setting: "storage_sqs_queue_name",
    isBroken: (settings, place) => baseName(ownName(settings)).length > nameLength(settings, place),
    wrong: "is not a name for this queue",
    allowed: (settings, place) =>
      `up to ${nameLength(settings, place)} letters, digits, hyphens and underscores, since the environment, -dlq and .fifo may follow`,
    mend: "Shorten it.",
  },
];

/** The name of the queue that the stack makes, if it makes one. */
function ownName({ storage_sqs_queue_name: name = "", existing_queue_arn: existing }: StackSettings): string {
  return existing === undefined ? name : "";
}

/** A queue's name without the ending of a FIFO queue's. */
export function baseName(name: string): string {
  return name.replace(/[.]fifo$/, "");
}

function nameLength(
  { fifo, dead_letter_queue: deadLetterQueue }: StackSettings,
  { environment }: Place,
): number {
  return queueNameLength({ environment, fifo, deadLetterQueue });
}

function inOtherRegion(arn: string | undefined, region: string | undefined): boolean {
  return arn !== undefined && region !== undefined && arn.split(":")[3] !== region;
}

function keyArn({ encryption }: StackSettings): string | undefined {
  return encryption?.startsWith("arn:") ? encryption : undefined;
}

function queueRegion({
  existing_queue_arn: arn,
  aws_region_name: region,
}: StackSettings): string | undefined {
  return arn === undefined ? region : arn.split(":")[3];
}
