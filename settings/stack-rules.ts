import type { AroundApi } from "../constructs/api/api-rules";
import { AUTHORIZATION_RULES, authorizationFacts } from "../constructs/authorizer/authorization-rules";
import { OBSERVABILITY_RULES } from "../constructs/observability/observability";
import { type AroundConsumer, CONSUMER_RULES } from "../constructs/consumer/consumer-rules";
import { EXISTING_QUEUE_RULES } from "../constructs/queue/existing-queue";
import { LARGE_BODY_RULES } from "../constructs/large-bodies/large-body-rules";
import { knownVisibilityTimeout, QUEUE_RULES } from "../constructs/queue/leveled-queue";
import { queueFacts } from "../constructs/queue/queue-facts";
import { namedQueues } from "../constructs/queue/queue-policy";
import { firstNameLength, plannedQueues } from "../constructs/queue/planned-queues";
import { baseName } from "../constructs/queue/queue-name";
import { API_SETTINGS_RULES } from "../constructs/api/api-settings";
import { withSender } from "../constructs/webhook/sender-settings";
import { type BrokenRule, brokenRules, type Facts, type Rule } from "../constructs/setting";
import type { Group } from "../constructs/schema";
import { mistakeText, shown } from "../errors/mistake";
import { mistakesBetweenStacks, type Stack } from "./between-stacks";
import { inFileWords, snakeCase } from "./file-names";
import type { SettingMistake } from "./mistakes";
import { OWN_QUEUE_RULES } from "./own-queue-rules";
import { REGION_RULES } from "./region-rules";
import { groupOf } from "./read-stack";
import { type AUTH_STACK_SETTINGS, AUTHORIZED_KEYS } from "./stack-settings";

/** What the rules have to know beside a stack's settings. */
interface AroundStack extends AroundApi, AroundConsumer {
  readonly environment: string | undefined;
}

type Settings = typeof AUTH_STACK_SETTINGS;

type StackFacts = Facts<Settings, AroundStack>;

type StackRule = Rule<Settings, AroundStack>;

const NAME_RULES: readonly StackRule[] = [
  {
    setting: "storageSqsQueueName",
    isBroken: ({ storageSqsQueueName = "", fifo }) => storageSqsQueueName.endsWith(".fifo") && fifo !== true,
    wrong: "is not a name for a standard queue",
    allowed: "a name that ends in .fifo together with `fifo`: true only",
    mend: "Write `fifo`: true, or drop the ending.",
  },
  {
    setting: "storageSqsQueueName",
    isBroken: (facts) =>
      nameLength(facts) > 0 && baseName(facts.storageSqsQueueName ?? "").length > nameLength(facts),
    wrong: "is not a name for this queue",
    allowed: (facts) =>
      `up to ${nameLength(facts)} letters, digits, hyphens and underscores, since a path or a value, the environment, -dlq and .fifo may follow`,
    mend: "Shorten it.",
  },
  {
    setting: "adoptQueue",
    isBroken: ({ adoptQueue, storageSqsQueueName, fifo, environment }) =>
      adoptQueue !== undefined &&
      storageSqsQueueName !== undefined &&
      adoptQueue.split(":")[5] !== queueName(storageSqsQueueName, fifo, environment),
    wrong: "is a queue of another name than the stack's",
    allowed: ({ storageSqsQueueName = "", fifo, environment }) =>
      `the queue ${queueName(storageSqsQueueName, fifo, environment)}, which \`storageSqsQueueName\` and the environment name`,
    mend: "Give that queue's ARN, or its name to `storageSqsQueueName`.",
  },
  {
    setting: "queuePolicyStatements",
    isBroken: ({ queuePolicyStatements = [], storageSqsQueueName, fifo, environment }) =>
      storageSqsQueueName !== undefined &&
      namedQueues(queuePolicyStatements).some(
        (arn) => arn.split(":")[5] !== queueName(storageSqsQueueName, fifo, environment),
      ),
    wrong: "names another queue than the stack's",
    allowed: ({ storageSqsQueueName = "", fifo, environment }) =>
      `the ARN of ${queueName(storageSqsQueueName, fifo, environment)} as the Resource, or none, which means the same`,
    mend: "Leave Resource out.",
  },
];

function nameLength(facts: StackFacts): number {
  return firstNameLength(facts);
}

/** The name of a stack's own queue. */
function queueName(name: string, fifo = false, environment?: string): string {
  return `${baseName(name)}${environment === undefined ? "" : `-${environment}`}${fifo ? ".fifo" : ""}`;
}

/** What is wrong with the settings of each stack taken together, and with those of both. */
export function mistakesBetweenSettings(
  auth: Stack,
  noAuth: Stack,
  environment: string | undefined,
): SettingMistake[] {
  const inAuth = brokenIn(auth, environment);
  const inNoAuth = brokenIn(noAuth, environment);
  return [
    ...inAuth.map((broken) => mistake(broken, auth, inNoAuth)),
    ...inNoAuth.map((broken) => mistake(broken, noAuth, inAuth)),
    ...mistakesBetweenStacks(auth, noAuth),
  ];
}

/** A broken rule under the file's names. */
interface BrokenInFile extends BrokenRule {
  readonly key: string;
  readonly group: string;
}

function brokenIn(stack: Stack, environment: string | undefined): BrokenInFile[] {
  const facts = factsOf(stack, environment);
  const ofQueue: readonly StackRule[] =
    facts.existingQueueArn === undefined ? [...QUEUE_RULES, ...NAME_RULES] : EXISTING_QUEUE_RULES;
  return brokenRules<Settings, AroundStack>(
    [
      ...REGION_RULES,
      ...OWN_QUEUE_RULES,
      ...LARGE_BODY_RULES,
      ...AUTHORIZATION_RULES,
      ...ofQueue,
      ...CONSUMER_RULES,
      ...API_SETTINGS_RULES,
      ...OBSERVABILITY_RULES,
    ],
    facts,
  ).map((broken) => {
    const { setting, rule, wrong } = broken;
    const written = [setting, ...(rule.because ?? [])].find((candidate) => candidate in stack.given);
    if (written === undefined && setting in facts) {
      const told = { ...broken, wrong: `sets a \`${setting}\` that ${wrong}` };
      return { ...told, key: "webhook", group: groupOf(stack, "webhook") };
    }
    const group = groupOf(stack, snakeCase(written ?? setting));
    return { ...broken, key: snakeCase(setting), group };
  });
}

function factsOf({ name, given }: Stack, environment: string | undefined): StackFacts {
  const queue = queueFacts(given);
  return {
    ...withSender(given, queue),
    ...queue,
    environment,
    protection: name === "auth-stack" ? authorizationFacts(given) : undefined,
    queueVisibilityTimeout: given.existingQueueArn === undefined ? knownVisibilityTimeout(given) : undefined,
    consumedQueues: 1 + plannedQueues(given).length,
  };
}

/** A value for both stacks may be wrong for one of them only; then the mistake names that stack. */
function mistake(broken: BrokenInFile, stack: Stack, inOther: readonly BrokenInFile[]): SettingMistake {
  const { rule, key, group, allowed } = broken;
  const isForOne =
    group === "params" &&
    !AUTHORIZED_KEYS.includes(key) &&
    !inOther.some((other) => other.rule === rule && other.group === group && other.allowed === allowed);
  const value = { ...stack.params, ...stack.overrides }[key];
  const inner = rule.key === undefined ? [] : [snakeCase(rule.key)];
  const got = inner.reduce((found, name) => (found as Group)[name], value);
  const wrong = isForOne ? `${broken.wrong} in ${stack.name}` : broken.wrong;
  const mend = isForOne ? `${broken.mend} ${otherwise(broken, stack)}` : broken.mend;
  return {
    setting: [group, key, ...inner].join("."),
    message: mistakeText({
      wrong: inFileWords(wrong),
      got: shown(got),
      allowed: inFileWords(allowed),
      mend: inFileWords(mend),
    }),
  };
}

/** What else mends a value for both stacks that is wrong for this one. */
function otherwise({ rule, key }: BrokenInFile, { name }: Stack): string {
  const other = name === "auth-stack" ? "no-auth-stack" : "auth-stack";
  return rule.anyValueIsWrong
    ? `Or write it for the other stack alone: "${other}": { "${key}": … }.`
    : `Or override it: "${name}": { "${key}": … }.`;
}
