import type { Group } from "./group";
import { baseName, QUEUE_RULES } from "./queue-rules";
import { REQUEST_RULES } from "./request-rules";
import { AUTHORIZER_SETTINGS } from "./setting-names";
import { settingMessage } from "./setting-message";
import type { SettingMistake } from "./settings-error";
import type { Place, StackRule, StackSettings } from "./stack-rule";

/** One stack's settings as the user wrote them. */
export interface WrittenSettings {
  readonly name: Place["stack"];
  readonly params: Group;
  readonly overrides: Group;
}

interface Stack extends WrittenSettings {
  readonly settings: StackSettings;
}

/** The group in which a setting is written. */
export function groupOf({ name, overrides }: WrittenSettings, setting: string): string {
  return setting in overrides ? name : "params";
}

/** What is wrong with the settings of each stack taken together, and with those of both. */
export function brokenRules(auth: Stack, noAuth: Stack, environment: string | undefined): SettingMistake[] {
  const inAuth = brokenIn(auth, environment);
  const inNoAuth = brokenIn(noAuth, environment);
  return [
    ...inAuth.map((broken) => mistake(broken, auth, inNoAuth)),
    ...inNoAuth.map((broken) => mistake(broken, noAuth, inAuth)),
    ...sameQueue(auth, noAuth),
  ];
}

interface Broken {
  readonly rule: StackRule;
  readonly setting: string;
  readonly group: string;
  readonly allowed: string;
}

function brokenIn(stack: Stack, environment: string | undefined): Broken[] {
  const { settings, name } = stack;
  const place = { stack: name, environment };
  return [...QUEUE_RULES, ...REQUEST_RULES].flatMap((rule) => {
    const setting = [rule.setting].flat().find((candidate) => rule.isBroken(settings, place, candidate));
    if (setting === undefined) return [];
    const written = [setting, ...(rule.because ?? [])].find((candidate) => settings[candidate] !== undefined);
    const allowed = typeof rule.allowed === "string" ? rule.allowed : rule.allowed(settings, place);
    return [{ rule, setting, group: groupOf(stack, written ?? setting), allowed }];
  });
}

/** A value for both stacks may be wrong for one of them only; then the mistake names that stack. */
function mistake(broken: Broken, stack: Stack, inOther: readonly Broken[]): SettingMistake {
  const { rule, setting, group, allowed } = broken;
  const isForOne =
    group === "params" &&
    !AUTHORIZER_SETTINGS.includes(setting) &&
    !inOther.some((other) => other.rule === rule && other.group === group);
  const value = { ...stack.params, ...stack.overrides }[setting];
  return {
    setting: [group, setting, rule.key].filter((part) => part !== undefined).join("."),
    message: settingMessage(
      isForOne ? `${rule.wrong} in ${stack.name}` : rule.wrong,
      rule.key === undefined ? value : (value as Group)[rule.key],
      allowed,
      rule.mend,
    ),
  };
}

/** Destroying one of two stacks that own the same queue would take the other's messages with it. */
function sameQueue(auth: Stack, noAuth: Stack): SettingMistake[] {
  const names = ownedQueues(auth.settings);
  const isShared =
    auth.settings.aws_region_name === noAuth.settings.aws_region_name &&
    ownedQueues(noAuth.settings).some((name) => names.includes(name));
  if (!isShared) return [];
  return [
    {
      setting: `${groupOf(noAuth, "storage_sqs_queue_name")}.storage_sqs_queue_name`,
      message: settingMessage(
        "is the queue of auth-stack too",
        noAuth.settings.storage_sqs_queue_name,
        "a name of its own for each stack's queue, and for its dead-letter queue, which ends in -dlq",
        'Give one of them another name: "no-auth-stack": { "storage_sqs_queue_name": … }.',
      ),
    },
  ];
}

function ownedQueues(settings: StackSettings): string[] {
  const {
    storage_sqs_queue_name: name,
    existing_queue_arn: existing,
    fifo,
    dead_letter_queue: deadLetters,
  } = settings;
  if (name === undefined || existing !== undefined) return [];
  const ending = fifo ? ".fifo" : "";
  const base = baseName(name);
  return [`${base}${ending}`, ...(deadLetters === false ? [] : [`${base}-dlq${ending}`])];
}
