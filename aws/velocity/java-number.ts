const INTEGER_LIMIT = 2n ** 31n;

/**
 * An integer as the engine holds it: a number for a Java Integer, a bigint for a Long or a BigInteger. Velocity goes from one to
 * the next in the same way, so nothing overflows.
 */
export function integerValue(value: bigint): number | bigint {
  return value >= -INTEGER_LIMIT && value < INTEGER_LIMIT ? Number(value) : value;
}

/** A Java Double. Plain numbers are integers, so that `2.0` prints otherwise than `2`. */
export class JavaDouble {
  constructor(public readonly value: number) {}

  /** As Java's `Double.toString` writes it: `2.0`, `0.05`, `1.0E10`. */
  public toString(): string {
    const { value } = this;
    const size = Math.abs(value);
    if (!Number.isFinite(value) || value === 0) {
      return Object.is(value, -0) ? "-0.0" : value === 0 ? "0.0" : String(value);
    }
    if (size >= 1e-3 && size < 1e7) return withFraction(String(value));
    const [digits = "", exponent = ""] = value.toExponential().split("e");
    return `${withFraction(digits)}E${Number(exponent)}`;
  }
}

function withFraction(digits: string): string {
  return digits.includes(".") ? digits : `${digits}.0`;
}

/** A Java Float. It differs from a Double in its digits: `0.1`, not `0.10000000149011612`. */
export class JavaFloat extends JavaDouble {
  constructor(value: number) {
    super(Math.fround(value));
  }

  /** The shortest digits that give the same float, as Java's `Float.toString` writes them. */
  public override toString(): string {
    for (let digits = 1; digits < 9; digits += 1) {
      const short = Number(this.value.toPrecision(digits));
      if (Math.fround(short) === this.value) return new JavaDouble(short).toString();
    }
    return super.toString();
  }
}
