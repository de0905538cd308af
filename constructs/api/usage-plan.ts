import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import {
  ApiGatewayUsagePlan,
  type ApiGatewayUsagePlanQuotaSettings,
  type ApiGatewayUsagePlanThrottleSettings,
} from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { Construct } from "constructs";
import * as v from "valibot";
import type { AuthorizationFacts } from "../authorizer/authorization";
import { filledList, number, oneOf, text, wholeNumber } from "../schema";
import type { Checked, Rule } from "../setting";
import type { EXISTING_REST_API_SETTINGS } from "./existing-rest-api";

/** Where API Gateway looks for a caller's key. */
export const API_KEY_SOURCE_SETTINGS = {
  /**
   * `auth-stack` only. `HEADER`: callers send their key as `x-api-key`. `AUTHORIZER`: the authorizer's answer names it, as
   * `usageIdentifierKey`.
   */
  apiKeySource: v.optional(
    oneOf(["HEADER", "AUTHORIZER"], "is not a source of API keys", 'Write for example "HEADER".'),
    "HEADER",
  ),
};

const KEY_NAME = text({
  pattern: "^[A-Za-z0-9_-]{1,64}$",
  allowed: "1 to 64 letters, digits, hyphens and underscores",
  example: "partner",
});

const KEY_ID = text({
  pattern: "^[a-z0-9]{10}$",
  allowed: "the id of an API key, 10 lower-case letters and digits",
  example: "a1b2c3d4e5",
});

/** Settings of API keys and of the usage plan that they are in. */
export const USAGE_PLAN_SETTINGS = {
  /**
   * Names of API keys that the stack makes: each `POST` must then bring one of the keys, in the header `x-api-key`. AWS makes
   * the values; `terraform output -raw api_key_<name>` shows one, and the state holds them. A name that is dropped ends its
   * key. Keys tell callers apart and limit them; they are no authorization.
   */
  apiKeys: v.optional(filledList(KEY_NAME, "name", '["partner"]')),
  /**
   * Ids of API keys of this account and Region that the methods take as well, or alone. Like those of `apiKeys`, their values
   * are in the state. A key can be in one usage plan of a stage only.
   */
  existingApiKeyIds: v.optional(filledList(KEY_ID, "id", '["a1b2c3d4e5"]')),
  /** Requests a second that each key may send; more are answered 429. Together with `apiKeyBurstLimit`. */
  apiKeyRateLimit: v.optional(number(0, 1_000_000, "requests a second")),
  /** Requests that each key may send at once, before its rate counts. Together with `apiKeyRateLimit`. */
  apiKeyBurstLimit: v.optional(wholeNumber(0, 1_000_000, "requests")),
  /** Requests that each key may send in a period; more are answered 429. AWS counts on a best-effort basis. */
  apiKeyQuotaLimit: v.optional(wholeNumber(1, 2_147_483_647, "requests")),
  /** The period of `apiKeyQuotaLimit`. */
  apiKeyQuotaPeriod: v.optional(
    oneOf(["DAY", "WEEK", "MONTH"], "is not a period of a quota", 'Write for example "DAY".'),
  ),
  /** Days after the start of the week, a Sunday, or of the month on which `apiKeyQuotaLimit` starts anew. */
  apiKeyQuotaOffset: v.optional(wholeNumber(0, 27, "days"), 0),
};

type Settings = typeof USAGE_PLAN_SETTINGS &
  typeof API_KEY_SOURCE_SETTINGS &
  Pick<typeof EXISTING_REST_API_SETTINGS, "existingRestApiId" | "deployExistingRestApi">;

type PlanRule = Rule<Settings, { readonly protection: AuthorizationFacts | undefined }>;

/** Settings that tell whether callers need an API key, and how they bring it. */
export interface ApiKeySettings {
  readonly apiKeys?: readonly string[] | undefined;
  readonly existingApiKeyIds?: readonly string[] | undefined;
  readonly apiKeySource?: "HEADER" | "AUTHORIZER" | undefined;
}

const LIMITS = [
  "apiKeyRateLimit",
  "apiKeyBurstLimit",
  "apiKeyQuotaLimit",
  "apiKeyQuotaPeriod",
  "apiKeyQuotaOffset",
] as const;

const TOGETHER = [
  ["apiKeyRateLimit", "apiKeyBurstLimit"],
  ["apiKeyBurstLimit", "apiKeyRateLimit"],
  ["apiKeyQuotaLimit", "apiKeyQuotaPeriod"],
  ["apiKeyQuotaPeriod", "apiKeyQuotaLimit"],
  ["apiKeyQuotaOffset", "apiKeyQuotaLimit"],
] as const;

/** The first and the last day of each period on which a quota can start anew, as offsets. */
const LARGEST_OFFSET = { DAY: 0, WEEK: 6, MONTH: 27 };

/** What has to hold between the settings of API keys. */
export const USAGE_PLAN_RULES: readonly PlanRule[] = [
  {
    setting: [...LIMITS, "apiKeySource"],
    isBroken: (facts, setting) => setting in facts && !hasApiKeys(facts),
    wrong: "limits nobody: there are no API keys",
    allowed: "this setting together with `apiKeys` or `existingApiKeyIds`",
    mend: "Name keys, or drop it.",
  },
  ...TOGETHER.map(([setting, other]): PlanRule => ({
    setting,
    isBroken: (facts) => hasApiKeys(facts) && facts[setting] !== undefined && facts[other] === undefined,
    wrong: "is half a limit",
    allowed: `this setting together with \`${other}\``,
    mend: `Write \`${other}\`, too, or drop it.`,
  })),
  {
    setting: "apiKeyQuotaOffset",
    isBroken: ({ apiKeyQuotaOffset = 0, apiKeyQuotaPeriod }) =>
      apiKeyQuotaPeriod !== undefined && apiKeyQuotaOffset > LARGEST_OFFSET[apiKeyQuotaPeriod],
    wrong: "is outside the quota's period",
    allowed: ({ apiKeyQuotaPeriod = "DAY" }) =>
      `0${LARGEST_OFFSET[apiKeyQuotaPeriod] > 0 ? ` to ${LARGEST_OFFSET[apiKeyQuotaPeriod]}` : ""} where \`apiKeyQuotaPeriod\` is "${apiKeyQuotaPeriod}"`,
    mend: "Write another day, or another period.",
  },
  {
    setting: "apiKeySource",
    isBroken: ({ apiKeySource, protection }) =>
      apiKeySource === "AUTHORIZER" && protection?.context !== "function",
    wrong: "needs a Lambda authorizer, whose answer names the key",
    allowed: '"HEADER" where there is none',
    mend: "Drop it.",
  },
  {
    setting: "apiKeySource",
    isBroken: ({ apiKeySource, existingRestApiId }) =>
      apiKeySource !== undefined && existingRestApiId !== undefined,
    wrong: "holds for the whole REST API, which is not the stack's",
    allowed: "this setting without `existingRestApiId`; the API keeps its own source",
    mend: "Drop it.",
  },
  {
    setting: ["apiKeys", "existingApiKeyIds"],
    isBroken: ({ existingRestApiId, deployExistingRestApi, ...facts }, setting) =>
      setting in facts && existingRestApiId !== undefined && deployExistingRestApi !== true,
    wrong: "needs a usage plan of a stage, which is not the stack's here",
    allowed: "API keys where the stack makes the stage",
    mend: "Write `deployExistingRestApi`: true, or drop it.",
  },
];

/** Do the methods take API keys? */
export function hasApiKeys({ apiKeys, existingApiKeyIds }: ApiKeySettings): boolean {
  return apiKeys !== undefined || existingApiKeyIds !== undefined;
}

/** Do callers send theirs, in the header `x-api-key`? */
export function sendsApiKey(settings: ApiKeySettings): boolean {
  return hasApiKeys(settings) && settings.apiKeySource !== "AUTHORIZER";
}

/** Props of {@link UsagePlan}. */
export interface UsagePlanProps {
  /** The stage whose methods take the keys: the resource, so that the plan ends before it does. */
  readonly stage: ApiGatewayStage;
  readonly name: string;
  readonly settings: Checked<typeof USAGE_PLAN_SETTINGS>;
}

/**
 * The usage plan of a stage, with the API keys that are in it. Its limits hold for each key.
 *
 * What becomes of a plan whose stage is destroyed is not documented, so a new stage gets a new plan: the old one goes first.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export class UsagePlan extends Construct {
  /** Keys that the stack has made, by name. Their values are secrets. */
  public readonly keys: ReadonlyMap<string, ApiGatewayApiKey>;

  constructor(scope: Construct, id: string, { stage, name, settings }: UsagePlanProps) {
    super(scope, id);
    const { apiKeys = [], existingApiKeyIds = [], ...limits } = settings;
    const plan = new ApiGatewayUsagePlan(this, "UsagePlan", {
      name,
      description: "Who may send, and how much.",
      apiStages: [{ apiId: stage.restApiId, stage: stage.stageName }],
      throttleSettings: throttleSettings(limits),
      quotaSettings: quotaSettings(limits),
      lifecycle: { replaceTriggeredBy: [`${stage.terraformResourceType}.${stage.friendlyUniqueId}.id`] },
    });
    this.keys = new Map(
      apiKeys.map((keyName) => [
        keyName,
        new ApiGatewayApiKey(this, `Key-${keyName}`, {
          name: keyName,
          description: `A caller of ${name}`,
          enabled: true,
        }),
      ]),
    );
    const addKey = (constructId: string, keyId: string) =>
      new ApiGatewayUsagePlanKey(this, constructId, { keyId, keyType: "API_KEY", usagePlanId: plan.id });
    for (const [keyName, key] of this.keys) addKey(`PlanKey-${keyName}`, key.id);
    for (const keyId of existingApiKeyIds) addKey(`ExistingKey-${keyId}`, keyId);
  }
}

type Limits = Checked<Pick<typeof USAGE_PLAN_SETTINGS, (typeof LIMITS)[number]>>;

function throttleSettings({
  apiKeyRateLimit,
  apiKeyBurstLimit,
}: Limits): ApiGatewayUsagePlanThrottleSettings | undefined {
  if (apiKeyRateLimit === undefined) return undefined;
  return { rateLimit: apiKeyRateLimit, burstLimit: apiKeyBurstLimit };
}

function quotaSettings({
  apiKeyQuotaLimit,
  apiKeyQuotaPeriod,
  apiKeyQuotaOffset,
}: Limits): ApiGatewayUsagePlanQuotaSettings | undefined {
  if (apiKeyQuotaLimit === undefined || apiKeyQuotaPeriod === undefined) return undefined;
  return { limit: apiKeyQuotaLimit, period: apiKeyQuotaPeriod, offset: apiKeyQuotaOffset };
}
