import { TokenBucket } from "../../../local/apigateway/token-bucket";

describe("TokenBucket", () => {
  it("lets a burst through and then the rate", () => {
    const bucket = new TokenBucket({ rate: 2, burst: 3 }, 0);
    expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([true, true, true, false]);
    expect([499, 500, 501].map((now) => bucket.take(now))).toEqual([false, true, false]);
  });

  it("never saves up more than the burst", () => {
    const bucket = new TokenBucket({ rate: 10, burst: 1 }, 0);
    expect([60_000, 60_000].map((now) => bucket.take(now))).toEqual([true, false]);
  });

  it("does not lend when the clock goes back", () => {
    const bucket = new TokenBucket({ rate: 1, burst: 1 }, 10_000);
    expect([10_000, 5_000].map((now) => bucket.take(now))).toEqual([true, false]);
  });
});
