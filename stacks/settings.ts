import * as v from "valibot";
import { type Backend, readBackend } from "./backend-settings";
import { type CamelCased, camelCased } from "./camel-case";
import { type Group, isGroup } from "./group";
import { settingMessage } from "./setting-message";
import { type SettingMistake, SettingsError } from "./settings-error";
import {
  type AuthStackSettings,
  authStackSchema,
  environmentSchema,
  type NoAuthStackSettings,
  noAuthStackSchema,
} from "./schema/stack-schema";
import { authorizerSources, sameQueue, stackMistakes } from "./stack-rules";
import { unknownKeys } from "./unknown-keys";

/** The settings of `cdktf.json`, checked. A setting that is absent stays absent. */
export interface Settings {
  readonly authStack: CamelCased<AuthStackSettings>;
  readonly noAuthStack: CamelCased<NoAuthStackSettings>;
  readonly backend: Backend;
  /** Name of the environment, such as `staging`; absent: the only one. */
  readonly environment: string | undefined;
}

const GROUPS = ["params", "auth-stack", "no-auth-stack", "backend"] as const;

const ENVIRONMENT_VARIABLE = "QUEUE_LEVELING_ENVIRONMENT";

/**
 * Reads the settings from `context` of `cdktf.json`: `params` holds what both stacks use, a group named after a stack
 * overrides it for that stack. `processEnvironment` may name another environment than `context` does. Throws a
 * {@link SettingsError} with every mistake in it.
 */
export function readSettings(context: Group, processEnvironment: NodeJS.ProcessEnv = process.env): Settings {
  const mistakes: SettingMistake[] = unknownKeys("", context, [...GROUPS, "environment"]);
  const [params, authOverrides, noAuthOverrides, backend] = GROUPS.map((name) =>
    readGroup(name, context, mistakes),
  );
  mistakes.push(...unknownKeys("params", params ?? {}, Object.keys(authStackSchema.entries)));

  const authStack = readStack("auth-stack", authStackSchema, params ?? {}, authOverrides ?? {}, mistakes);
  const noAuthStack = readStack(
    "no-auth-stack",
    noAuthStackSchema,
    params ?? {},
    noAuthOverrides ?? {},
    mistakes,
  );
  const checkedBackend = readBackend(backend ?? { local: {} }, mistakes);
  const environment = readEnvironment(context, processEnvironment, mistakes);
  mistakes.push(
    ...stackMistakes("auth-stack", authStack, environment),
    ...stackMistakes("no-auth-stack", noAuthStack, environment),
    ...authorizerSources("no-auth-stack", noAuthStack),
    ...sameQueue(authStack, noAuthStack),
  );

  if (mistakes.length > 0) throw new SettingsError(withoutRepeats(mistakes));
  return {
    authStack: camelCased(authStack),
    noAuthStack: camelCased(noAuthStack),
    backend: checkedBackend,
    environment,
  };
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
  name: string,
  schema: Schema,
  params: Group,
  overrides: Group,
  mistakes: SettingMistake[],
): v.InferOutput<Schema> {
  mistakes.push(...unknownKeys(name, overrides, Object.keys(schema.entries)));
  const { success, issues, output } = v.safeParse(
    schema,
    { ...params, ...overrides },
    { abortPipeEarly: true },
  );
  if (success) return output;
  for (const issue of issues) {
    const path = v.getDotPath(issue) ?? "";
    const [key = ""] = path.split(".");
    mistakes.push({ setting: `${key in overrides ? name : "params"}.${path}`, message: issue.message });
  }
  return {};
}

function withoutRepeats(mistakes: readonly SettingMistake[]): SettingMistake[] {
  return [...new Map(mistakes.map((mistake) => [`${mistake.setting} ${mistake.message}`, mistake])).values()];
}
