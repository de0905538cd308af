import type { Construct } from "constructs";
import * as v from "valibot";
import { kindOf } from "../../mapping/value-source";
import { choiceKey, type OwnQueues, ownQueueOf } from "../queue/own-queue";
import { QUEUE_OVERRIDES } from "../queue/queue-overrides";
import { map, object, rule } from "../schema";
import type { Checked, Rule } from "../setting";
import { VALUE_SOURCE } from "./message";
import type { QueueChoice } from "./sqs-method";

const VALUE = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9_-]{1,32}$/,
    rule(
      "has a value that can't be compared",
      "1 to 32 letters, digits, hyphens and underscores",
      'Write for example "high".',
    ),
  ),
);

/** Settings of the choice between queues. */
export const QUEUE_CHOICE_SETTINGS = {
  /**
   * Where the value comes from that chooses one of `queues`, such as `{ "header": "X-Priority" }`: API Gateway sends the message there,
   * without a function. A message with another value, or without one, goes to the first queue.
   */
  queueBy: v.optional(VALUE_SOURCE),
  /**
   * Queues beside the first one, by the value of `queueBy` that chooses them, in capitals and small letters as written:
   * `{ "high": {}, "low": { "visibility_timeout_seconds": 120 } }`. Each has what it says of its own, and the settings of the first queue
   * for all else. Its name has the value behind that of the first: `orders-high`.
   */
  queues: v.optional(map(object(QUEUE_OVERRIDES, "{ `maxReceiveCount`: 10 }"), '{ "high": {} }', VALUE)),
};

type Settings = typeof QUEUE_CHOICE_SETTINGS & { readonly batch: v.GenericSchema<boolean> };

/** What has to hold between them. */
export const QUEUE_CHOICE_RULES: readonly Rule<Settings>[] = [
  {
    setting: "queueBy",
    isBroken: ({ queueBy, queues }) => queueBy !== undefined && Object.keys(queues ?? {}).length === 0,
    wrong: "has no queue to choose",
    allowed: "this setting together with `queues`",
    mend: 'Write for example `queues`: { "high": {} }.',
  },
  {
    setting: "queues",
    isBroken: ({ queueBy, queues }) => queues !== undefined && queueBy === undefined,
    wrong: "has queues that nothing chooses",
    allowed: "this setting together with `queueBy`",
    mend: 'Write for example `queueBy`: { "header": "X-Priority" }.',
  },
  {
    setting: "queueBy",
    isBroken: ({ queueBy, batch }) =>
      batch === true && queueBy !== undefined && kindOf(queueBy).kind.isSingle === true,
    wrong: "is looked for in the body, which in a batch has ten messages",
    allowed: "a JSON path without `batch`",
    mend: "Take it from a header, or drop `batch`.",
  },
];

/** How the method at `path` chooses its queue. Undefined where it has but one. */
export function queueChoice(
  scope: Construct,
  path: string,
  { queueBy: source, queues = {} }: Pick<Checked<typeof QUEUE_CHOICE_SETTINGS>, "queueBy" | "queues">,
  ownQueues: OwnQueues,
): QueueChoice | undefined {
  if (source === undefined) return undefined;
  const byValue = Object.keys(queues).map((value) => [
    value,
    ownQueueOf(scope, ownQueues, choiceKey(path, value)),
  ]);
  return { source, queues: Object.fromEntries(byValue) as QueueChoice["queues"] };
}
