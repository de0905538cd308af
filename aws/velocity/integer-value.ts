const INTEGER_LIMIT = 2n ** 31n;

/**
 * An integer as the engine holds it: a number for a Java Integer, a bigint for a Long or a BigInteger. Velocity goes from one to
 * the next in the same way, so nothing overflows.
 */
export function integerValue(value: bigint): number | bigint {
  return value >= -INTEGER_LIMIT && value < INTEGER_LIMIT ? Number(value) : value;
}
