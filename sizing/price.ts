import type { PriceTier } from "../prices/aws-prices";

/** What so many units cost, tier after tier. */
export function priceOf(amount: number, tiers: readonly PriceTier[]): number {
  return tiers.reduce((total, { upTo = Infinity, usd }, index) => {
    const from = tiers[index - 1]?.upTo ?? 0;
    return total + Math.max(0, Math.min(amount, upTo) - from) * usd;
  }, 0);
}

/** What so many requests cost, whose tiers end at a number of requests and are priced by the million. */
export function requestPrice(requests: number, tiers: readonly PriceTier[]): number {
  return priceOf(requests, tiers) / 1e6;
}
