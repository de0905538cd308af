import type { ApiKey, UsagePlan } from "../terraform/model/usage-plan";
import type { Method, RestApi, Stage } from "../terraform/stack-model";
import { GatewayError } from "./gateway-error";
import type { RoutedRequest } from "./routing";
import { TokenBucket } from "./throttling";

/** Throws when the method needs an API key and the request has none that counts, or its usage plan is used up. */
type CheckApiKey = (request: RoutedRequest, usageIdentifierKey: string | undefined) => void;

/**
 * API keys: from the `x-api-key` header, or from the authorizer where the API's key source says so. A key counts when it
 * is enabled and in a usage plan of this stage; then the plan's throttle and quota apply.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html
 */
export function prepareApiKeyCheck(
  api: RestApi,
  stage: Stage,
  method: Method,
  usage: UsageMeter,
): CheckApiKey {
  if (!method.apiKeyRequired) return () => undefined;
  const keys = keysOfStage(api, stage);
  return ({ sentHeaders, context: { identity }, receivedAt }, usageIdentifierKey) => {
    const value =
      api.apiKeySource === "AUTHORIZER" ? usageIdentifierKey : sentHeaders.lastIgnoringCase("x-api-key");
    const known = value === undefined ? undefined : keys.get(value);
    if (known?.key.enabled !== true) throw new GatewayError("INVALID_API_KEY");
    identity.apiKey = known.key.value;
    identity.apiKeyId = known.key.id;
    usage.count(known, receivedAt);
  };
}

interface KeyOfPlan {
  readonly key: ApiKey;
  readonly plan: UsagePlan;
}

/** By value. A key is in one usage plan of a stage at most. */
function keysOfStage({ usagePlans }: RestApi, stage: Stage): ReadonlyMap<string, KeyOfPlan> {
  const plans = usagePlans.filter(({ stages }) => stages.includes(stage.name));
  return new Map(plans.flatMap((plan) => plan.keys.map((key) => [key.value, { key, plan }] as const)));
}

type Quota = NonNullable<UsagePlan["quota"]>;

interface UsedQuota {
  readonly period: number;
  readonly count: number;
}

/**
 * Counts the use of an API's usage plans, by API key.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 * Left out: throttles for single methods of a plan, and the moment at which AWS resets quotas (here: midnight UTC).
 */
export class UsageMeter {
  private readonly buckets = new Map<string, TokenBucket>();
  private readonly used = new Map<string, UsedQuota>();

  /** Counts one request at `now` (milliseconds), or throws where the plan does not allow it. */
  public count({ key, plan }: KeyOfPlan, now: number): void {
    const use = `${plan.address} ${key.id}`;
    if (this.bucketOf(use, plan, now)?.take(now) === false) throw new GatewayError("THROTTLED");
    if (plan.quota !== undefined) this.countAgainstQuota(use, plan.quota, now);
  }

  private bucketOf(use: string, { throttle }: UsagePlan, now: number): TokenBucket | undefined {
    if (throttle === undefined) return undefined;
    const bucket =
      this.buckets.get(use) ?? new TokenBucket({ rate: throttle.rateLimit, burst: throttle.burstLimit }, now);
    this.buckets.set(use, bucket);
    return bucket;
  }

  private countAgainstQuota(use: string, quota: Quota, now: number): void {
    const period = periodStart(quota, now);
    const known = this.used.get(use);
    const count = known?.period === period ? known.count : 0;
    if (count >= quota.limit) throw new GatewayError("QUOTA_EXCEEDED");
    this.used.set(use, { period, count: count + 1 });
  }
}

const DAY = 24 * 60 * 60 * 1000;

/** 1 January 1970 was a Thursday. */
const DAYS_FROM_SUNDAY_TO_EPOCH = 4;

/** When the quota's running period began: midnight, the Sunday, or the first of the month, plus its offset in days. */
function periodStart({ period, offset }: Quota, now: number): number {
  if (period === "DAY") return Math.floor(now / DAY);
  const shifted = new Date(now - offset * DAY);
  if (period === "MONTH") return shifted.getUTCFullYear() * 12 + shifted.getUTCMonth();
  return Math.floor((shifted.getTime() / DAY + DAYS_FROM_SUNDAY_TO_EPOCH) / 7);
}
