import type { ApiKey, RestApi, Stage, UsagePlan } from "../terraform/stack-model";
import { GatewayError } from "./gateway-error";
import { TokenBucket } from "./token-bucket";

/**
 * Counts the use of the API's usage plans, by API key.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 * Left out: throttles for single methods of a plan, and the moment at which AWS resets quotas (here: midnight UTC).
 */
export class UsageMeter {
  private readonly plans: readonly UsagePlan[];
  private readonly buckets = new Map<string, TokenBucket>();
  private readonly used = new Map<string, { period: number; count: number }>();

  constructor(api: RestApi) {
    this.plans = api.usagePlans;
  }

  /** Counts one request at `now` (milliseconds), or throws where the plan does not allow it. */
  public count(key: ApiKey, stage: Stage, now: number): void {
    const plan = this.plans.find(
      ({ stages, keys }) => stages.includes(stage.name) && keys.some(({ id }) => id === key.id),
    );
    if (plan === undefined) return;
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

  private countAgainstQuota(use: string, quota: NonNullable<UsagePlan["quota"]>, now: number): void {
    const period = periodStart(quota, now);
    const known = this.used.get(use);
    const count = known?.period === period ? known.count : 0;
    if (count >= quota.limit) throw new GatewayError("QUOTA_EXCEEDED");
    this.used.set(use, { period, count: count + 1 });
  }
}

const day = 24 * 60 * 60 * 1000;

/** When the quota's running period began: midnight, the Sunday, or the first of the month, plus its offset in days. */
function periodStart({ period, offset }: NonNullable<UsagePlan["quota"]>, now: number): number {
  if (period === "DAY") return Math.floor(now / day);
  const shifted = new Date(now - offset * day);
  if (period === "MONTH") return shifted.getUTCFullYear() * 12 + shifted.getUTCMonth();
  return Math.floor((shifted.getTime() / day + DAYS_FROM_SUNDAY_TO_EPOCH) / 7);
}

/** 1 January 1970 was a Thursday. */
const DAYS_FROM_SUNDAY_TO_EPOCH = 4;
