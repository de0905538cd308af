/**
 * An integer as the engine holds it: a number where that is exact, else a bigint. Velocity goes from Integer to Long to
 * BigInteger in the same way, so nothing overflows.
 */
export function integerValue(value: bigint): number | bigint {
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value;
}
