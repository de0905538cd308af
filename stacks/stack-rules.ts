import { base64ContentTypes, messageAttributes } from "../constructs/message-options";
import { type CamelCased, camelCased } from "./camel-case";
import { queueNameLength } from "./queue-name-length";
import type { AuthStackSettings, NoAuthStackSettings } from "./schema/stack-schema";
import { settingMessage } from "./setting-message";
import type { SettingMistake } from "./settings-error";

type Settings = Partial<AuthStackSettings>;

interface StackRule {
  readonly setting: keyof AuthStackSettings;
  readonly isBroken: (settings: Settings) => boolean;
  readonly wrong: string;
  readonly allowed: string;
  readonly mend: string;
}

/** Settings that only make sense with others, or without them. */
const RULES: readonly StackRule[] = [
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
  {
    setting: "message_group_id",
    isBroken: (settings) =>
      isFifo(settings) && settings.message_group_id === undefined && !isOwnTemplate(settings),
    wrong: "is missing",
    allowed: "a source of the message group, which a FIFO queue needs",
    mend: 'Write for example "message_group_id": { "header": "X-Tenant" }.',
  },
  {
    setting: "message_deduplication_id",
    isBroken: (settings) =>
      isFifo(settings) &&
      settings.existing_queue_arn === undefined &&
      settings.message_deduplication_id === undefined &&
      !settings.content_based_deduplication &&
      !isOwnTemplate(settings),
    wrong: "is missing",
    allowed: "a source of the deduplication id, which a FIFO queue needs, or content_based_deduplication",
    mend: 'Write for example "message_deduplication_id": { "header": "Idempotency-Key" }.',
  },
  ...(["message_group_id", "message_deduplication_id"] as const).map((setting): StackRule => ({
    setting,
    isBroken: (settings) =>
      "jsonPath" in (settings[setting] ?? {}) && textTypes(settings).length < contentTypes(settings).length,
    wrong: "is looked for in bodies that are no text",
    allowed: "a JSON path where every content type is text",
    mend: "Take it from a header, or drop the binary content types.",
  })),
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
    setting: "binary_content_types",
    isBroken: (settings) => !isSubset(settings.binary_content_types, contentTypes(settings)),
    wrong: "names what is not accepted",
    allowed: "some of content_types",
    mend: "Add it to content_types, too.",
  },
  {
    setting: "request_templates",
    isBroken: (settings) => !isSubset(Object.keys(settings.request_templates ?? {}), contentTypes(settings)),
    wrong: "names what is not accepted",
    allowed: "some of content_types",
    mend: "Add the content type to content_types, too.",
  },
  {
    setting: "request_schema",
    isBroken: (settings) => !isSubset(Object.keys(settings.request_schema ?? {}), textTypes(settings)),
    wrong: "names what is not accepted, or not text",
    allowed: "some of content_types that are text",
    mend: "Add the content type to content_types, or drop its schema.",
  },
  {
    setting: "forward_headers",
    isBroken: (settings) => attributeNames(settings).length > 10,
    wrong: "makes more than 10 message attributes, with the other forward_ settings",
    allowed: "10 in all, one of which binary content types need",
    mend: "Forward fewer.",
  },
  {
    setting: "forward_headers",
    isBroken: (settings) => new Set(attributeNames(settings)).size < attributeNames(settings).length,
    wrong: "makes two message attributes of one name, with the other forward_ settings",
    allowed: "each name once",
    mend: "Forward only one of them.",
  },
  {
    setting: "forward_headers",
    isBroken: (settings) => attributeNames(settings).some((name) => !isAttributeName(name)),
    wrong: "makes a message attribute whose name SQS refuses, with the other forward_ settings",
    allowed: "names that do not start with AWS. or Amazon. and have no period at an end or beside another",
    mend: "Do not forward it.",
  },
];

/** What is wrong with a stack's settings taken together. */
export function stackMistakes(
  stack: string,
  settings: Settings,
  environment: string | undefined,
): SettingMistake[] {
  const broken = RULES.filter(({ isBroken }) => isBroken(settings)).map(
    ({ setting, wrong, allowed, mend }) => ({
      setting: `${stack}.${setting}`,
      message: settingMessage(wrong, settings[setting], allowed, mend),
    }),
  );
  return [...broken, ...nameTooLong(stack, settings, environment)];
}

/** A stack without an authorizer has no principal to ask for. */
export function authorizerSources(stack: string, settings: NoAuthStackSettings): SettingMistake[] {
  return (["message_group_id", "message_deduplication_id"] as const)
    .filter((setting) => "authorizer" in (settings[setting] ?? {}))
    .map((setting) => ({
      setting: `${stack}.${setting}`,
      message: settingMessage(
        "needs an authorizer",
        settings[setting],
        "another source in this stack",
        `Override it: "${stack}": { "${setting}": … }.`,
      ),
    }));
}

/** Destroying one of two stacks that own the same queue would take the other's messages with it. */
export function sameQueue(auth: NoAuthStackSettings, noAuth: NoAuthStackSettings): SettingMistake[] {
  const names = ownedQueues(auth);
  if (
    auth.aws_region_name !== noAuth.aws_region_name ||
    !ownedQueues(noAuth).some((name) => names.includes(name))
  )
    return [];
  return [
    {
      setting: "no-auth-stack.storage_sqs_queue_name",
      message: settingMessage(
        "is the queue of auth-stack too",
        noAuth.storage_sqs_queue_name,
        "a name of its own for each stack's queue, and for its dead-letter queue, which ends in -dlq",
        'Give one of them another name: "no-auth-stack": { "storage_sqs_queue_name": … }.',
      ),
    },
  ];
}

function ownedQueues(settings: NoAuthStackSettings): string[] {
  const {
    storage_sqs_queue_name: name,
    existing_queue_arn: existing,
    fifo,
    dead_letter_queue: deadLetters,
  } = settings;
  if (name === undefined || existing !== undefined) return [];
  const base = name.replace(/[.]fifo$/, "");
  const ending = fifo ? ".fifo" : "";
  return [`${base}${ending}`, ...(deadLetters === false ? [] : [`${base}-dlq${ending}`])];
}

function nameTooLong(stack: string, settings: Settings, environment: string | undefined): SettingMistake[] {
  const { storage_sqs_queue_name: name = "", fifo, dead_letter_queue: deadLetterQueue } = settings;
  const length = queueNameLength({ environment, fifo, deadLetterQueue });
  const fits = name.replace(/[.]fifo$/, "").length <= length && (fifo === true || !name.endsWith(".fifo"));
  if (fits) return [];
  return [
    {
      setting: `${stack}.storage_sqs_queue_name`,
      message: settingMessage(
        "is not a name for this queue",
        name,
        `up to ${length} letters, digits, hyphens and underscores, since the environment, -dlq and .fifo may follow`,
        'Shorten it; .fifo goes with "fifo": true only.',
      ),
    },
  ];
}

function inOtherRegion(arn: string | undefined, region: string | undefined): boolean {
  return arn !== undefined && region !== undefined && arn.split(":")[3] !== region;
}

function keyArn({ encryption }: Settings): string | undefined {
  return encryption?.startsWith("arn:") ? encryption : undefined;
}

function queueRegion({ existing_queue_arn: arn, aws_region_name: region }: Settings): string | undefined {
  return arn === undefined ? region : arn.split(":")[3];
}

function isFifo({ fifo, existing_queue_arn: arn = "" }: Settings): boolean {
  return fifo === true || arn.endsWith(".fifo");
}

/** Own templates for every content type say all that is to be said. */
function isOwnTemplate(settings: Settings): boolean {
  return contentTypes(settings).every((contentType) => contentType in (settings.request_templates ?? {}));
}

function contentTypes({ content_types: types = ["application/json"] }: Settings): readonly string[] {
  return types;
}

function textTypes(settings: Settings): string[] {
  const binary = base64ContentTypes(messageOptions(settings));
  return contentTypes(settings).filter((contentType) => !binary.includes(contentType));
}

function isSubset(some: readonly string[] = [], all: readonly string[]): boolean {
  return some.every((item) => all.includes(item));
}

function attributeNames(settings: Settings): string[] {
  const options = messageOptions(settings);
  const encoding = base64ContentTypes(options).length > 0 ? ["Content-Transfer-Encoding"] : [];
  return [...messageAttributes(options).map(({ name }) => name), ...encoding];
}

function messageOptions(settings: Settings): CamelCased<Settings> {
  return camelCased(settings);
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
function isAttributeName(name: string): boolean {
  return !/^(aws|amazon)[.]|^[.]|[.]$|[.]{2}/i.test(name);
}
