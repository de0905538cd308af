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
    if (size >= 1e-3 && size < 1e7) {
      return withFraction(String(value));
    }
    const [digits = "", exponent = ""] = value.toExponential().split("e");
    return `${withFraction(digits)}E${Number(exponent)}`;
  }
}

function withFraction(digits: string): string {
  return digits.includes(".") ? digits : `${digits}.0`;
}
