import { AUTHORIZED_MESSAGE_SETTINGS } from "../constructs/api/message";
import { API_KEY_SOURCE_SETTINGS } from "../constructs/api/usage-plan";
import { AUTHORIZER_FUNCTION_SETTINGS } from "../constructs/authorizer/lambda-authorizer";
import { AUTHORIZER_SETTINGS } from "../constructs/authorizer/authorization-rules";
import { LOCATION_SETTINGS } from "../constructs/aws-location";
import { OBSERVABILITY_SETTINGS } from "../constructs/observability/observability";
import { CONSUMER_SETTINGS } from "../constructs/consumer/consumer-settings";
import { EXISTING_QUEUE_SETTINGS } from "../constructs/queue/existing-queue";
import { QUEUE_SETTINGS } from "../constructs/queue/leveled-queue";
import { QUEUE_NAME_SETTINGS } from "../constructs/queue/queue-name";
import { RECEIVE_SETTINGS } from "../constructs/receive/receive-settings";
import { API_SETTINGS } from "../constructs/api/api-settings";
import { TAG_SETTINGS } from "../constructs/tags";
import { snakeCase } from "./file-names";

/** Settings of `auth-stack`: `context.params` and, over them, `context.auth-stack`. */
export const AUTH_STACK_SETTINGS = {
  ...LOCATION_SETTINGS,
  ...QUEUE_NAME_SETTINGS,
  ...AUTHORIZER_FUNCTION_SETTINGS,
  ...API_SETTINGS,
  ...AUTHORIZER_SETTINGS,
  ...QUEUE_SETTINGS,
  ...EXISTING_QUEUE_SETTINGS,
  ...OBSERVABILITY_SETTINGS,
  ...CONSUMER_SETTINGS,
  ...TAG_SETTINGS,
};

const AUTHORIZED_SETTINGS = {
  ...AUTHORIZER_FUNCTION_SETTINGS,
  ...AUTHORIZER_SETTINGS,
  ...AUTHORIZED_MESSAGE_SETTINGS,
  ...API_KEY_SOURCE_SETTINGS,
  ...RECEIVE_SETTINGS,
};

/** Settings of `no-auth-stack`: `context.params` and, over them, `context.no-auth-stack`. */
export const NO_AUTH_STACK_SETTINGS = Object.fromEntries(
  Object.entries(AUTH_STACK_SETTINGS).filter(([name]) => !(name in AUTHORIZED_SETTINGS)),
) as Omit<typeof AUTH_STACK_SETTINGS, keyof typeof AUTHORIZED_SETTINGS>;

/** The groups of `context`. */
export const GROUPS = ["params", "auth-stack", "no-auth-stack", "backend"] as const;

/** All keys of `context`. */
export const CONTEXT_KEYS: readonly string[] = [...GROUPS, "environment"];

/** Settings of either stack, as the file names them. */
export const STACK_KEYS: readonly string[] = Object.keys(AUTH_STACK_SETTINGS).map(snakeCase);

/** Settings that `no-auth-stack` does not have, as the file names them. */
export const AUTHORIZED_KEYS: readonly string[] = Object.keys(AUTHORIZED_SETTINGS).map(snakeCase);
