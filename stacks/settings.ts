import * as v from "valibot";
import { type Backend, readBackend } from "./backend-settings";
import { type CamelCased, camelCased } from "./camel-case";
import { type Group, isGroup } from "./group";
import {
  type AuthStackSettings,
  authStackSchema,
  environmentSchema,
  type NoAuthStackSettings,
  noAuthStackSchema,
} from "./schema/stack-schema";
import { settingMessage } from "./setting-message";
import { AUTHORIZER_SETTINGS, CONTEXT_KEYS, GROUPS, STACK_SETTINGS } from "./setting-names";
import { type SettingMistake, SettingsError } from "./settings-error";
import { brokenRules, groupOf, type WrittenSettings } from "./broken-rules";
import { type Belonging, unknownKeys } from "./unknown-keys";

/** The settings of `cdktf.json`, checked. A setting that is absent stays absent. */
export interface Settings {
  readonly authStack: CamelCased<AuthStackSettings>;
  readonly noAuthStack: CamelCased<NoAuthStackSettings>;
  readonly backend: Backend;
  /** Name of the environment, such as `staging`; absent: the only one. */
  readonly environment: string | undefined;
}

const ENVIRONMENT_VARIABLE = "QUEUE_LEVELING_ENVIRONMENT";

const IN_A_GROUP: Belonging = {
  keys: STACK_SETTINGS,
  allowed: "it is one of a group",
  mend: 'Move it into "params", for both stacks, or into "auth-stack" or "no-auth-stack".',
};

const IN_CONTEXT: Belonging = {
  keys: CONTEXT_KEYS,
  allowed: 'it is one of "context" itself',
  mend: 'Move it out of this group, directly below "context".',
};

const IN_AUTH_STACK: Belonging = {
  keys: AUTHORIZER_SETTINGS,
  allowed: "it is a setting of auth-stack, since no-auth-stack has no authorizer",
  mend: 'Move it into "auth-stack" or "params", or drop it.',
};

/**
 * Reads the settings from `context` of `cdktf.json`: `params` holds what both stacks use, a group named after a stack
 * overrides it for that stack. `processEnvironment` may name another environment than `context` does. Throws a
 * {@link SettingsError} with every mistake in it.
 */
export function readSettings(context: Group, processEnvironment: NodeJS.ProcessEnv = process.env): Settings {
  const mistakes: SettingMistake[] = unknownKeys("", context, CONTEXT_KEYS, [IN_A_GROUP]);
  const [params = {}, ofAuthStack = {}, ofNoAuthStack = {}, ofBackend = { local: {} }] = GROUPS.map((name) =>
    readGroup(name, context, mistakes),
  );
  mistakes.push(...unknownKeys("params", params, STACK_SETTINGS, [IN_CONTEXT]));
  const authStack = { name: "auth-stack", params, overrides: ofAuthStack } as const;
  const noAuthStack = { name: "no-auth-stack", params, overrides: ofNoAuthStack } as const;
  const auth = readStack(authStack, authStackSchema, [IN_CONTEXT], mistakes);
  const noAuth = readStack(noAuthStack, noAuthStackSchema, [IN_CONTEXT, IN_AUTH_STACK], mistakes);
  const backend = readBackend(ofBackend, mistakes);
  const environment = readEnvironment(context, processEnvironment, mistakes);
  mistakes.push(
    ...brokenRules({ ...authStack, settings: auth }, { ...noAuthStack, settings: noAuth }, environment),
  );
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return { authStack: camelCased(auth), noAuthStack: camelCased(noAuth), backend, environment };
}

function readEnvironment(
  context: Group,
  processEnvironment: NodeJS.ProcessEnv,
  mistakes: SettingMistake[],
): string | undefined {
  const given = processEnvironment[ENVIRONMENT_VARIABLE] ?? context.environment;
  const { success, output, issues } = v.safeParse(environmentSchema, given, { abortPipeEarly: true });
  if (success) return output;
  const setting =
    ENVIRONMENT_VARIABLE in processEnvironment ? `environment (${ENVIRONMENT_VARIABLE})` : "environment";
  mistakes.push({ setting, message: issues[0].message });
  return undefined;
}

function readGroup(name: string, context: Group, mistakes: SettingMistake[]): Group | undefined {
  const group = context[name];
  if (group === undefined) return undefined;
  if (isGroup(group)) return group;
  mistakes.push({
    setting: name,
    message: settingMessage("is not an object", group, "an object of settings", `Write "${name}": { … }.`),
  });
  return undefined;
}

function readStack<const Schema extends v.ObjectSchema<v.ObjectEntries, undefined>>(
  written: WrittenSettings,
  schema: Schema,
  elsewhere: readonly Belonging[],
  mistakes: SettingMistake[],
): v.InferOutput<Schema> {
  const { name, params, overrides } = written;
  mistakes.push(...unknownKeys(name, overrides, Object.keys(schema.entries), elsewhere));
  const { success, issues, output } = v.safeParse(
    schema,
    { ...params, ...overrides },
    { abortPipeEarly: true },
  );
  if (success) return output;
  for (const issue of issues) {
    const path = v.getDotPath(issue) ?? "";
    const [key = ""] = path.split(".");
    mistakes.push({ setting: `${groupOf(written, key)}.${path}`, message: issue.message });
  }
  return {};
}
