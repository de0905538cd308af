import { authStackSchema, noAuthStackSchema } from "./schema/stack-schema";

/** The groups of `context`. */
export const GROUPS = ["params", "auth-stack", "no-auth-stack", "backend"] as const;

/** All keys of `context`. */
export const CONTEXT_KEYS: readonly string[] = [...GROUPS, "environment"];

/** Settings of either stack. */
export const STACK_SETTINGS: readonly string[] = Object.keys(authStackSchema.entries);

/** Settings that `no-auth-stack` does not have. */
export const AUTHORIZER_SETTINGS: readonly string[] = STACK_SETTINGS.filter(
  (name) => !(name in noAuthStackSchema.entries),
);
