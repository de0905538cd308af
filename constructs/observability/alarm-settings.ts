import * as v from "valibot";
import type { EXISTING_REST_API_SETTINGS } from "../api/existing-rest-api";
import type { MESSAGE_SETTINGS } from "../api/message";
import { hasDeadLetterQueue } from "../queue/queue-name";
import type { EXISTING_QUEUE_SETTINGS } from "../queue/existing-queue";
import type { QUEUE_SETTINGS } from "../queue/leveled-queue";
import { chosen, flag, list, number, object, rule, text } from "../schema";
import type { Checked, Facts, Rule } from "../setting";
import type { ACCESS_LOG_SETTINGS } from "./access-log";

/** Most that a threshold may be: more than a queue holds in a year. */
const MOST = 1_000_000_000;

/** Longest that SQS keeps a message. */
const MOST_SECONDS = 1_209_600;

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html for five actions of a state */
const MOST_TOPICS = 5;

/** A number from which on it is too much, or `false` for no such alarm. */
function threshold(unit: string, most = MOST) {
  const range = number(1, most, unit, "Write a number in that range, or false for no such alarm.");
  const off = v.literal(false);
  const schema = chosen(v.union([range, off]), (input) => (input === false ? off : range));
  return { ...schema, allowed: `a number of ${unit} from 1 to ${most}, or false for none` };
}

/** From which value on each alarm goes off. */
export const ALARM_THRESHOLDS = {
  /** Answers 5xx in five minutes: whoever got one may not have been heard. */
  serverErrors: v.optional(threshold("answers"), 5),
  /** Of the answers of five minutes, how many in a hundred are 4xx, twice running, where there are at least 20 answers. */
  clientErrorPercent: v.optional(threshold("answers in a hundred", 100), 25),
  /** The time that 99 of 100 answers keep to, in three of five minutes; minutes with few answers don't count. */
  p99Milliseconds: v.optional(threshold("milliseconds", 30_000), 2000),
  /** The same of SQS's answers to API Gateway. */
  integrationP99Milliseconds: v.optional(threshold("milliseconds", 30_000), 1000),
  /** Age of the oldest message that waits, for three minutes. How old your consumers let messages become. */
  oldestMessageSeconds: v.optional(threshold("seconds", MOST_SECONDS), 300),
  /** Messages that wait, for three minutes. A peak may fill the queue: that is what it is for. */
  backlog: v.optional(threshold("messages"), 10_000),
  /** Messages that more are sent than deleted in five minutes, each time for half an hour: consumers don't keep up. */
  backlogGrowth: v.optional(threshold("messages in five minutes"), 1000),
  /** Messages in the stack's dead-letter queue. */
  deadLetters: v.optional(threshold("messages"), 1),
  /** FIFO only. Messages in five minutes that SQS took for repeats: the caller has a 2xx, and the queue no new message. */
  deduplicatedMessages: v.optional(threshold("messages"), 100),
  /** Fair queues only. Age of the oldest message of groups that are not noisy, for three minutes. */
  quietGroupsOldestMessageSeconds: v.optional(threshold("seconds", MOST_SECONDS), 60),
  /** Fair queues only. Messages of groups that are not noisy, for three minutes. */
  quietGroupsBacklog: v.optional(threshold("messages"), 1000),
  /** Fair queues only. Groups that crowd out others, for a quarter of an hour; SQS holds them back by itself. */
  noisyGroups: v.optional(threshold("groups"), false),
  /** With `accessLog` in the stack's own format only. Answers 429 in five minutes, of the stage, of a usage plan, or of SQS. */
  throttledRequests: v.optional(threshold("answers"), 100),
  /** With `accessLog` in the stack's own format only. Answers 5xx in five minutes that are SQS's doing, and not the authorizer's or API Gateway's own. */
  integrationErrors: v.optional(threshold("answers"), 5),
};

/** Name of a threshold. */
export type ThresholdName = keyof typeof ALARM_THRESHOLDS;

/** What `alarms` holds. */
export const ALARM_ENTRIES = {
  /** SNS topics of this Region that hear when an alarm goes off, and when it is over. Their policies have to let CloudWatch publish. */
  topics: v.optional(
    v.pipe(
      list(
        text({
          // No FIFO topics: that CloudWatch could publish to one is not recorded.
          pattern: "^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$",
          allowed: "the ARN of an SNS topic, not of a FIFO one",
          example: "arn:aws:sns:eu-central-1:123456789012:on-call",
        }),
        '["arn:aws:sns:eu-central-1:123456789012:on-call"]',
      ),
      v.maxLength(
        MOST_TOPICS,
        rule(
          "has more than an alarm takes",
          `up to ${MOST_TOPICS} topics`,
          "Subscribe the others to one of them.",
        ),
      ),
    ),
    [],
  ),
  /**
   * Alarms of the queue. Where the queue is in another account or Region its metrics are there, too: a plan with alarms of it is refused,
   * and false leaves them out.
   */
  queueAlarms: v.optional(flag("watch the queue as well as the API"), true),
  ...ALARM_THRESHOLDS,
};

/** Settings of the alarms. */
export const ALARM_SETTINGS = {
  /**
   * CloudWatch alarms of the API and the queue; `{}` makes all that apply, with the thresholds below. Costs 0.10 dollars a month for each
   * metric that an alarm reads, after the account's first ten; without more settings they read ten.
   */
  alarms: v.optional(
    object(
      ALARM_ENTRIES,
      '{ `topics`: ["arn:aws:sns:eu-central-1:123456789012:on-call"], `backlog`: 50000 }',
    ),
  ),
};

/** What `alarms` says, checked. */
export type AlarmThresholds = NonNullable<Checked<typeof ALARM_SETTINGS>["alarms"]>;

type Settings = typeof ALARM_SETTINGS &
  Pick<typeof QUEUE_SETTINGS, "deadLetterQueue" | "keepQueueAttributes"> &
  Pick<typeof MESSAGE_SETTINGS, "messageGroupId"> &
  typeof ACCESS_LOG_SETTINGS &
  typeof EXISTING_QUEUE_SETTINGS &
  typeof EXISTING_REST_API_SETTINGS;

interface Around {
  readonly isFifo: boolean;
}

type AlarmFacts = Facts<Settings, Around>;

/** Thresholds that mean nothing without something else, and what that is. */
const NEED: readonly {
  readonly names: readonly ThresholdName[];
  readonly isThere: (facts: AlarmFacts) => boolean;
  readonly wrong: string;
  readonly allowed: string;
}[] = [
  {
    names: ["deadLetters"],
    isThere: (facts) => facts.existingQueueArn === undefined && hasDeadLetterQueue(facts),
    wrong: "watches nothing: there is no dead-letter queue of the stack's",
    allowed: "this threshold with a `deadLetterQueue`",
  },
  {
    names: ["deduplicatedMessages"],
    isThere: ({ isFifo }) => isFifo,
    wrong: "watches nothing: the queue is no FIFO queue",
    allowed: "this threshold where the queue is one",
  },
  {
    names: ["quietGroupsOldestMessageSeconds", "quietGroupsBacklog", "noisyGroups"],
    isThere: ({ isFifo, messageGroupId }) => !isFifo && messageGroupId !== undefined,
    wrong: "watches nothing: the queue is no fair queue",
    allowed: "this threshold with `messageGroupId` and a standard queue",
  },
  {
    names: ["throttledRequests", "integrationErrors"],
    isThere: ({ accessLog, accessLogFormat }) => accessLog === true && accessLogFormat === undefined,
    wrong: "watches nothing: no access log has the lines that it counts",
    allowed: "this threshold with `accessLog`: true and without `accessLogFormat`",
  },
];

/** What has to hold between the settings of alarms and others. A threshold that is the default is as good as none. */
export const ALARM_RULES: readonly Rule<Settings, Around>[] = NEED.flatMap(
  ({ names, isThere, wrong, allowed }) =>
    names.map((key) => ({
      setting: "alarms" as const,
      key,
      isBroken: (facts) => isOwn(facts.alarms, key) && !isThere(facts),
      wrong,
      allowed,
      mend: "Drop it.",
    })),
);

function isOwn(alarms: AlarmThresholds | undefined, name: ThresholdName): boolean {
  const value = alarms?.[name] ?? false;
  return value !== false && value !== ALARM_THRESHOLDS[name].default;
}
