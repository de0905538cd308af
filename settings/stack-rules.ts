import type { AroundApi } from "../constructs/api/api-rules";
import {
  AUTHORIZATION_RULES,
  authorizationFacts,
  hasFunction,
} from "../constructs/authorizer/authorization-rules";
import { EXISTING_QUEUE_RULES } from "../constructs/queue/existing-queue";
import { customerKeyArn, deduplicatesByContent, QUEUE_RULES } from "../constructs/queue/leveled-queue";
import { namedQueues } from "../constructs/queue/queue-policy";
import { baseName, hasDeadLetterQueue, queueNameLength } from "../constructs/queue/queue-name";
import { API_SETTINGS_RULES } from "../constructs/api/api-settings";
import { type BrokenRule, brokenRules, type Facts, type Rule } from "../constructs/setting";
import type { Group } from "../constructs/schema";
import { mistakeText, shown } from "../errors/mistake";
import { inFileWords, snakeCase } from "./file-names";
import type { SettingMistake } from "./mistakes";
import { type Given, groupOf, type WrittenSettings } from "./read-stack";
import { type AUTH_STACK_SETTINGS, AUTHORIZED_KEYS } from "./stack-settings";

/** What the rules have to know beside a stack's settings. */
interface AroundStack extends AroundApi {
  readonly environment: string | undefined;
}

type Settings = typeof AUTH_STACK_SETTINGS;

type StackFacts = Facts<Settings, AroundStack>;

type StackRule = Rule<Settings, AroundStack>;

/** What has to hold between settings of which no construct sees all: they are Terraform variables to it. */
const REGION_RULES: readonly StackRule[] = [
  {
    setting: "authorizerLambdaArn",
    isBroken: (facts) =>
      hasFunction(facts) &&
      facts.authorizerFunctionFolder === undefined &&
      facts.authorizerInvocation !== "owners-permission" &&
      inOtherRegion(facts.authorizerLambdaArn, facts.awsRegionName),
    wrong: "is in another Region than the API",
    allowed: "a function in the Region of `awsRegionName`, or one whose owner gives the permission",
    mend: 'Deploy the function there, change the Region, or write `authorizerInvocation`: "owners-permission".',
  },
  {
    setting: "encryption",
    isBroken: (facts) => inOtherRegion(customerKeyArn(facts.encryption), queueRegion(facts)),
    wrong: "is a key of another Region than the queue's",
    allowed: "a key in the queue's Region",
    mend: "Give a key of that Region.",
  },
  {
    setting: "adoptQueue",
    isBroken: ({ adoptQueue, awsRegionName }) => inOtherRegion(adoptQueue, awsRegionName),
    wrong: "is in another Region than the stack",
    allowed: "a queue in the Region of `awsRegionName`",
    mend: "Give a queue of that Region, or change the Region.",
  },
  {
    setting: "customDomain",
    key: "certificateArn",
    isBroken: ({ customDomain, awsRegionName }) => inOtherRegion(customDomain?.certificateArn, awsRegionName),
    wrong: "is in another Region than the API",
    allowed: "a certificate in the Region of `awsRegionName`",
    mend: "Give one of that Region.",
  },
  {
    setting: "webAclArn",
    isBroken: ({ webAclArn, awsRegionName }) => inOtherRegion(webAclArn, awsRegionName),
    wrong: "is in another Region than the API",
    allowed: "a web ACL in the Region of `awsRegionName`",
    mend: "Give one of that Region.",
  },
];

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
    isBroken: (facts) => baseName(facts.storageSqsQueueName ?? "").length > queueNameLength(facts),
    wrong: "is not a name for this queue",
    allowed: (facts) =>
      `up to ${queueNameLength(facts)} letters, digits, hyphens and underscores, since the environment, -dlq and .fifo may follow`,
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

/** The name of a stack's own queue. */
function queueName(name: string, fifo = false, environment?: string): string {
  return `${baseName(name)}${environment === undefined ? "" : `-${environment}`}${fifo ? ".fifo" : ""}`;
}

/** A stack's settings, as the user wrote them and checked one by one. */
export interface Stack extends WrittenSettings {
  readonly given: Given<Settings>;
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
    ...sameQueue(auth, noAuth),
    ...sameResource(auth, noAuth),
    ...sameDomain(auth, noAuth),
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
    [...REGION_RULES, ...AUTHORIZATION_RULES, ...ofQueue, ...API_SETTINGS_RULES],
    facts,
  ).map((broken) => {
    const { setting, rule } = broken;
    const written = [setting, ...(rule.because ?? [])].find((candidate) => candidate in stack.given);
    const group = groupOf(stack, snakeCase(written ?? setting));
    return { ...broken, key: snakeCase(setting), group };
  });
}

function factsOf({ name, given }: Stack, environment: string | undefined): StackFacts {
  const { existingQueueArn, fifo = false } = given;
  const isOwn = existingQueueArn === undefined;
  return {
    ...given,
    environment,
    protection: name === "auth-stack" ? authorizationFacts(given) : undefined,
    isFifo: isOwn ? fifo : existingQueueArn.endsWith(".fifo"),
    deduplicatesByContent: isOwn ? deduplicatesByContent(given) : undefined,
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
  const wrong = isForOne ? `${rule.wrong} in ${stack.name}` : rule.wrong;
  const mend = isForOne ? `${rule.mend} Or override it: "${stack.name}": { "${key}": … }.` : rule.mend;
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

/** Destroying one of two stacks that own the same queue would take the other's messages with it. */
function sameQueue(auth: Stack, noAuth: Stack): SettingMistake[] {
  const names = ownedQueues(auth.given);
  const isShared =
    auth.given.awsRegionName === noAuth.given.awsRegionName &&
    ownedQueues(noAuth.given).some((name) => names.includes(name));
  if (!isShared) return [];
  const key = "storage_sqs_queue_name";
  const message = mistakeText({
    wrong: "is the queue of auth-stack too",
    got: shown(noAuth.given.storageSqsQueueName),
    allowed: "a name of its own for each stack's queue, and for its dead-letter queue, which ends in -dlq",
    mend: `Give one of them another name: "no-auth-stack": { "${key}": … }.`,
  });
  return [{ setting: `${groupOf(noAuth, key)}.${key}`, message }];
}

/** API Gateway refuses the second `/sqs` at one place, at the apply. */
function sameResource(auth: Stack, noAuth: Stack): SettingMistake[] {
  const place = ({ given }: Stack) =>
    `${given.existingRestApiId ?? ""}${given.existingRestApiParentPath ?? "/"}`;
  if (noAuth.given.existingRestApiId === undefined || place(auth) !== place(noAuth)) return [];
  const key = "existing_rest_api_id";
  const message = mistakeText({
    wrong: "is the API of auth-stack too, and so is the place in it",
    got: shown(noAuth.given.existingRestApiId),
    allowed: 'an "existing_rest_api_parent_path" of its own for each stack in one REST API',
    mend: 'Give one of them another path, or write the API for one stack only: "auth-stack": { … }.',
  });
  return [{ setting: `${groupOf(noAuth, key)}.${key}`, message }];
}

/** Each stack makes its domain; AWS refuses the second, at the apply. */
function sameDomain(auth: Stack, noAuth: Stack): SettingMistake[] {
  const name = noAuth.given.customDomain?.domainName;
  const isShared =
    auth.given.awsRegionName === noAuth.given.awsRegionName &&
    name !== undefined &&
    name === auth.given.customDomain?.domainName;
  if (!isShared) return [];
  const key = "custom_domain";
  const message = mistakeText({
    wrong: "is the domain of auth-stack too",
    got: shown(name),
    allowed: "a domain of its own for each stack",
    mend: `Give one of them another: "no-auth-stack": { "${key}": … }.`,
  });
  return [{ setting: `${groupOf(noAuth, key)}.${key}.domain_name`, message }];
}

function ownedQueues({
  storageSqsQueueName,
  existingQueueArn,
  fifo,
  ...deadLetters
}: Given<Settings>): string[] {
  if (storageSqsQueueName === undefined || existingQueueArn !== undefined) return [];
  const ending = fifo ? ".fifo" : "";
  const base = baseName(storageSqsQueueName);
  return [`${base}${ending}`, ...(hasDeadLetterQueue(deadLetters) ? [`${base}-dlq${ending}`] : [])];
}

function inOtherRegion(arn: string | undefined, region: string | undefined): boolean {
  return arn !== undefined && region !== undefined && arn.split(":")[3] !== region;
}

function queueRegion({ existingQueueArn, awsRegionName }: StackFacts): string | undefined {
  return existingQueueArn === undefined ? awsRegionName : existingQueueArn.split(":")[3];
}
