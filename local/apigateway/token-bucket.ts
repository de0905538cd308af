/**
 * API Gateway's throttle: `burst` tokens, refilled at `rate` tokens per second; a request takes one.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export class TokenBucket {
  private readonly rate: number;
  private readonly burst: number;
  private tokens: number;
  private refilledAt: number;

  constructor(limits: { rate: number; burst: number }, now = Date.now()) {
    this.rate = limits.rate;
    this.burst = limits.burst;
    this.tokens = limits.burst;
    this.refilledAt = now;
  }

  /** Takes a token, if there is one. `now` in milliseconds. */
  public take(now: number): boolean {
    const elapsed = Math.max(0, now - this.refilledAt) / 1000;
    this.tokens = Math.min(this.burst, this.tokens + elapsed * this.rate);
    this.refilledAt = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
