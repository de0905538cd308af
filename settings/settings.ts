import * as v from "valibot";
import { CORS_ENTRIES } from "../constructs/api/cors";
import { ENVIRONMENT } from "../constructs/queue/queue-name";
import { type Group, isGroup } from "../constructs/schema";
import type { Backend } from "../constructs/state-backend";
import { mistakeText, shown } from "../errors/mistake";
import { readBackend } from "./backend-settings";
import { snakeCase } from "./file-names";
import { type Belonging, type SettingMistake, SettingsError, unknownKeys } from "./mistakes";
import { type Given, readStack } from "./read-stack";
import { mistakesBetweenSettings } from "./stack-rules";
import {
  AUTH_STACK_SETTINGS,
  AUTHORIZED_KEYS,
  CONTEXT_KEYS,
  GROUPS,
  NO_AUTH_STACK_SETTINGS,
  STACK_KEYS,
} from "./stack-settings";

/** The settings of `cdktf.json`, checked. A setting that is absent stays absent. */
export interface Settings {
  readonly authStack: Given<typeof AUTH_STACK_SETTINGS>;
  readonly noAuthStack: Given<typeof NO_AUTH_STACK_SETTINGS>;
  readonly backend: Backend;
  /** Name of the environment, such as `staging`; absent: the only one. */
  readonly environment: string | undefined;
}

const ENVIRONMENT_VARIABLE = "QUEUE_LEVELING_ENVIRONMENT";

const IN_A_GROUP: Belonging = {
  keys: STACK_KEYS,
  allowed: "it is one of a group",
  mend: 'Move it into "params", for both stacks, or into "auth-stack" or "no-auth-stack".',
};

const IN_CONTEXT: Belonging = {
  keys: CONTEXT_KEYS,
  allowed: 'it is one of "context" itself',
  mend: 'Move it out of this group, directly below "context".',
};

const IN_CORS: Belonging = {
  keys: Object.keys(CORS_ENTRIES).map(snakeCase),
  allowed: 'it is one of "cors"',
  mend: 'Move it into "cors".',
};

const IN_AUTH_STACK: Belonging = {
  keys: AUTHORIZED_KEYS,
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
  mistakes.push(...unknownKeys("params", params, STACK_KEYS, [IN_CONTEXT, IN_CORS]));
  const auth = { name: "auth-stack", params, overrides: ofAuthStack } as const;
  const noAuth = { name: "no-auth-stack", params, overrides: ofNoAuthStack } as const;
  const authStack = readStack(auth, AUTH_STACK_SETTINGS, [IN_CONTEXT, IN_CORS], mistakes);
  const noAuthStack = readStack(
    noAuth,
    NO_AUTH_STACK_SETTINGS,
    [IN_CONTEXT, IN_CORS, IN_AUTH_STACK],
    mistakes,
  );
  const backend = readBackend(ofBackend, mistakes);
  const environment = readEnvironment(context, processEnvironment, mistakes);
  const stacks = [
    { ...auth, given: authStack },
    { ...noAuth, given: noAuthStack },
  ] as const;
  mistakes.push(...mistakesBetweenSettings(...stacks, environment));
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return { authStack, noAuthStack, backend, environment };
}

function readEnvironment(
  context: Group,
  processEnvironment: NodeJS.ProcessEnv,
  mistakes: SettingMistake[],
): string | undefined {
  const given = processEnvironment[ENVIRONMENT_VARIABLE] ?? context.environment;
  const { success, output, issues } = v.safeParse(v.optional(ENVIRONMENT), given, { abortPipeEarly: true });
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
    message: mistakeText({
      wrong: "is not an object",
      got: shown(group),
      allowed: "an object of settings",
      mend: `Write "${name}": { … }.`,
    }),
  });
  return undefined;
}
