import type { Method, MethodSettings, Resource, Stage } from "../terraform/stack-model";
import { GatewayError } from "./gateway-error";

/** Throws when the method has had more requests than its stage allows. `now` in milliseconds. */
type Throttle = (now: number) => void;

/**
 * The stage's throttle of one method; settings of the method itself win over those of all methods.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 * @param buckets of the API's methods so far: a stage and its canary share theirs. How AWS has that is not recorded.
 * Left out: the limits of the account (10,000 requests per second), unless one of the two limits is missing.
 */
export function prepareThrottle(
  stage: Stage,
  resource: Resource,
  method: Method,
  buckets: Map<string, TokenBucket>,
): Throttle {
  const { throttlingRateLimit: rate, throttlingBurstLimit: burst } = settingsOf(stage, resource, method);
  if (rate === undefined && burst === undefined) return () => undefined;
  const key = `${stage.name} ${resource.path} ${method.httpMethod}`;
  const limits = { rate: rate ?? ACCOUNT_LIMITS.rate, burst: burst ?? ACCOUNT_LIMITS.burst };
  const bucket = buckets.get(key) ?? new TokenBucket(limits);
  buckets.set(key, bucket);
  return (now) => {
    if (!bucket.take(now)) throw new GatewayError("THROTTLED");
  };
}

const ACCOUNT_LIMITS = { rate: 10_000, burst: 5_000 };

function settingsOf(stage: Stage, resource: Resource, method: Method): MethodSettings {
  const own = stage.methodSettings[`${resource.path.slice(1)}/${method.httpMethod}`];
  return { ...stage.methodSettings["*/*"], ...own };
}

/** Tokens at most, and tokens per second. */
interface TokenLimits {
  readonly burst: number;
  readonly rate: number;
}

/**
 * API Gateway's throttle: `burst` tokens, refilled at `rate` tokens per second; a request takes one.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export class TokenBucket {
  private tokens: number;

  constructor(
    private readonly limits: TokenLimits,
    private refilledAt = Date.now(),
  ) {
    this.tokens = limits.burst;
  }

  /** Takes a token, if there is one. `now` in milliseconds. */
  public take(now: number): boolean {
    const { burst, rate } = this.limits;
    const elapsed = Math.max(0, now - this.refilledAt) / 1000;
    this.tokens = Math.min(burst, this.tokens + elapsed * rate);
    this.refilledAt = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
