import { CUSTOM_DOMAIN_RULES, CUSTOM_DOMAIN_SETTINGS } from "../front/custom-domain";
import { WEB_ACL_SETTINGS } from "../front/web-acl";
import { EXECUTION_LOG_RULES } from "../observability/execution-log";
import { STAGE_LOGS_RULES, STAGE_LOGS_SETTINGS } from "../observability/stage-logs";
import { LARGE_BODY_API_RULES } from "../large-bodies/large-body-rules";
import { RECEIVE_RULES } from "../receive/receive-settings";
import { ROUTE_RULES } from "../route/route-rules";
import type { Checked, Options, Rule } from "../setting";
import { WEBHOOK_RULES } from "../webhook/webhook-rules";
import { STAGE_SETTINGS } from "./api-deployment";
import { API_RULES, type AroundApi } from "./api-rules";
import { BINARY_MEDIA_TYPE_RULES } from "./binary-media-types";
import { CANARY_RULES } from "./canary";
import { CHOSEN_QUEUE_RULES } from "./chosen-queue-rules";
import { EXISTING_REST_API_RULES, EXISTING_REST_API_SETTINGS } from "./existing-rest-api";
import { GATEWAY_RESPONSE_SETTINGS } from "./gateway-responses";
import { METHOD_SETTINGS } from "./methods";
import { QUEUE_CHOICE_RULES } from "./queue-choice";
import { RESOURCE_POLICY_RULES, RESOURCE_POLICY_SETTINGS } from "./resource-policy";
import { REST_API_RULES, REST_API_SETTINGS } from "./rest-api";
import { THROTTLE_RULES, THROTTLE_SETTINGS } from "./stage-throttle";
import { USAGE_PLAN_RULES } from "./usage-plan";

/** Settings of the REST API, of its methods and of its stage. */
export const API_SETTINGS = {
  ...METHOD_SETTINGS,
  ...GATEWAY_RESPONSE_SETTINGS,
  ...REST_API_SETTINGS,
  ...RESOURCE_POLICY_SETTINGS,
  ...STAGE_SETTINGS,
  ...THROTTLE_SETTINGS,
  ...STAGE_LOGS_SETTINGS,
  ...CUSTOM_DOMAIN_SETTINGS,
  ...WEB_ACL_SETTINGS,
  ...EXISTING_REST_API_SETTINGS,
};

/** What has to hold between them. */
export const API_SETTINGS_RULES: readonly Rule<typeof API_SETTINGS, AroundApi>[] = [
  ...API_RULES,
  ...QUEUE_CHOICE_RULES,
  ...CHOSEN_QUEUE_RULES,
  ...BINARY_MEDIA_TYPE_RULES,
  ...RECEIVE_RULES,
  ...LARGE_BODY_API_RULES,
  ...WEBHOOK_RULES,
  ...ROUTE_RULES,
  ...REST_API_RULES,
  ...RESOURCE_POLICY_RULES,
  ...USAGE_PLAN_RULES,
  ...THROTTLE_RULES,
  ...STAGE_LOGS_RULES,
  ...EXECUTION_LOG_RULES,
  ...CANARY_RULES,
  ...CUSTOM_DOMAIN_RULES,
  ...EXISTING_REST_API_RULES,
];

/** Options of the API. */
export interface ApiOptions extends Options<typeof API_SETTINGS> {}

/** The settings, checked. */
export type ApiSettings = Checked<typeof API_SETTINGS>;
