import * as v from "valibot";
import { LONGEST_DELAY_SECONDS, type MessageDelay } from "../../mapping/message-delay";
import { type UserSource, VALUE_SOURCES } from "../../mapping/value-source";
import { oneKey, oneOf, text } from "../schema";
import type { Checked, Rule } from "../setting";

/** The sources that can have a delay: an id of a request is none. */
const { header, query, jsonPath, authorizer, constant } = VALUE_SOURCES;
const SOURCES = {
  header,
  query,
  jsonPath,
  authorizer,
  constant: {
    ...constant,
    pattern: "^(([1-8]?[0-9])?[0-9]|900)$",
    allowed: `a whole number of seconds from 0 to ${LONGEST_DELAY_SECONDS}, in quotes`,
    example: "60",
  },
};

/** Settings of the delays that messages have of their own. */
export const MESSAGE_DELAY_SETTINGS = {
  /**
   * Where a message's own delay comes from, a whole number of seconds from 0 to 900, which counts before `delaySeconds`. A request
   * without one has the queue's; one that has anything else there is answered 400, and its message is not sent. Entries of a batch
   * may have one each, as delaySeconds. Standard queues only: on a FIFO queue SQS takes no delay of a message.
   */
  messageDelaySeconds: v.optional(
    oneKey<Exclude<UserSource, { request: string }>>(
      Object.entries(SOURCES).map(([key, kind]) => v.strictObject({ [key]: text(kind) })),
      "source of a delay",
      '{ "header": "X-Delay-Seconds" }',
    ),
  ),
  /**
   * What becomes of a message's own delay below 0 or over 900: `refuse` answers 400, `clamp` makes 0 or 900 of it. What is no whole
   * number is refused in either case.
   */
  messageDelayOutOfRange: v.optional(
    oneOf(["refuse", "clamp"], "is neither", 'Write "refuse" or "clamp".'),
    "refuse",
  ),
};

type Settings = Checked<typeof MESSAGE_DELAY_SETTINGS>;

/** The delays that messages have of their own; undefined where they have none. */
export function messageDelay({
  messageDelaySeconds: source,
  messageDelayOutOfRange: outOfRange,
}: Settings): MessageDelay | undefined {
  return source && { source, outOfRange };
}

/** What the rules have to know of the queue. */
interface AroundDelay {
  readonly isFifo: boolean;
  /** How long the queue keeps a message. Undefined: nobody here knows. */
  readonly messageRetention: number | undefined;
}

/** What has to hold between messages' own delays and their queue. */
export const MESSAGE_DELAY_RULES: readonly Rule<typeof MESSAGE_DELAY_SETTINGS, AroundDelay>[] = [
  {
    setting: "messageDelaySeconds",
    isBroken: ({ messageDelaySeconds, isFifo }) => messageDelaySeconds !== undefined && isFifo,
    wrong: "needs a standard queue",
    allowed: "this setting where the queue is one: a FIFO queue delays all messages alike",
    mend: "Write `delaySeconds` for all messages, or drop it.",
  },
  {
    setting: "messageDelaySeconds",
    isBroken: ({ messageDelaySeconds: source, messageRetention = Infinity }) =>
      source !== undefined && longestDelay(source) >= messageRetention,
    wrong: "lets messages wait until the queue's retention has ended, when SQS deletes them",
    allowed: ({ messageDelaySeconds: source }) =>
      `this setting where \`messageRetentionSeconds\` is more than ${source ? longestDelay(source) : ""}`,
    mend: "Write a longer `messageRetentionSeconds`, or drop it.",
  },
  {
    setting: "messageDelayOutOfRange",
    isBroken: ({ messageDelayOutOfRange, messageDelaySeconds }) =>
      messageDelayOutOfRange === "clamp" && messageDelaySeconds === undefined,
    wrong: "has no delay that could be out of range",
    allowed: "clamp together with `messageDelaySeconds`",
    mend: 'Write for example `messageDelaySeconds`: { "header": "X-Delay-Seconds" }, or drop it.',
  },
];

function longestDelay(source: NonNullable<Settings["messageDelaySeconds"]>): number {
  return "constant" in source ? Number(source.constant) : LONGEST_DELAY_SECONDS;
}
