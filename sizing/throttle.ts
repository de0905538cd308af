/** A limit as API Gateway has it: a token bucket. */
export interface ThrottleLimit {
  /** Requests a second. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

/** What a throttle lets pass of each step's requests, one message each; the rest is answered with 429. */
export function throttled(
  arrivals: Float64Array,
  step: number,
  { rate, burst }: ThrottleLimit,
): Float64Array {
  let tokens = burst;
  return arrivals.map((arriving) => {
    const available = tokens + rate * step;
    const passing = Math.min(arriving, available);
    tokens = Math.min(burst, available - passing);
    return passing;
  });
}
