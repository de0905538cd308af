import { factsBeside } from "../queue/queue-facts";
import type { Rule } from "../setting";
import { API_RULES, type AroundApi } from "./api-rules";
import type { METHOD_SETTINGS } from "./methods";
import { ownMethodRule } from "./own-method-rule";

/** What has to hold between messages and the queues that their requests choose: a method's messages must fit each of them. */
export const CHOSEN_QUEUE_RULES: readonly Rule<typeof METHOD_SETTINGS, AroundApi>[] = [
  ownMethodRule<typeof METHOD_SETTINGS, AroundApi>({
    setting: "queues",
    rules: API_RULES,
    methods: (facts) =>
      Object.entries(facts.queues ?? {}).map(([name, own]) => ({
        name,
        facts: { ...facts, ...factsBeside(own, facts) },
      })),
    own: ["messageGroupId", "messageDeduplicationId", "messageDelaySeconds"],
    written: (name) => `Or give the queue another type or retention: { "${name}": { … } }.`,
  }),
];
