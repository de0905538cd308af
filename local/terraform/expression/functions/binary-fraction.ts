/** Bits of the numbers in Terraform. */
const PRECISION = 512;

/**
 * A number as Terraform holds it: the decimal that was written, as a binary fraction of 512 bits. What is rounded from it differs
 * from what is rounded from a double: `format("%.2f", 2.345)` is 2.34 or 2.35.
 */
export class BinaryFraction {
  /** The value is `mantissa / 2 ** shift`. */
  private readonly mantissa: bigint;
  private readonly shift: number;
  private readonly exponent: number;

  /** @param value not negative; its shortest decimal is what was written */
  constructor(value: number) {
    const [, whole = "", fraction = "", exponent = ""] =
      /^(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(value.toExponential()) ?? [];
    this.exponent = Number(exponent);
    const power = Number(exponent) - fraction.length;
    const numerator = BigInt(whole + fraction) * 10n ** BigInt(Math.max(power, 0));
    const denominator = 10n ** BigInt(Math.max(-power, 0));
    const missing = PRECISION - (bitsOf(numerator) - bitsOf(denominator));
    const rough = dividedToEven(numerator << BigInt(Math.max(missing, 0)), denominator);
    const extra = Math.max(bitsOf(rough) - PRECISION, 0);
    this.shift = Math.max(missing, 0) - extra;
    this.mantissa = dividedToEven(
      numerator << BigInt(Math.max(this.shift, 0)),
      denominator << BigInt(Math.max(-this.shift, 0)),
    );
  }

  /** With so many digits behind the point. */
  public fixed(digits: number): string {
    const scaled = this.scaled(digits)
      .toString()
      .padStart(digits + 1, "0");
    const point = scaled.length - digits;
    return digits === 0 ? scaled : `${scaled.slice(0, point)}.${scaled.slice(point)}`;
  }

  /** So many digits, and the power of ten of the first one. */
  public significant(digits: number): [digits: string, exponent: number] {
    const text = this.scaled(digits - 1 - this.exponent).toString();
    // Rounded up to the next power of ten.
    if (text.length > digits) return [text.slice(0, digits), this.exponent + 1];
    return [text.padEnd(digits, "0"), this.exponent];
  }

  /** The nearest whole number to the value times a power of ten. */
  private scaled(power: number): bigint {
    const numerator =
      this.mantissa * 10n ** BigInt(Math.max(power, 0)) * (1n << BigInt(Math.max(-this.shift, 0)));
    const denominator = 10n ** BigInt(Math.max(-power, 0)) * (1n << BigInt(Math.max(this.shift, 0)));
    return dividedToEven(numerator, denominator);
  }
}

function bitsOf(number: bigint): number {
  return number === 0n ? 0 : number.toString(2).length;
}

/** Halves go to the even number, as in Go. */
function dividedToEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  if (twice < denominator || (twice === denominator && quotient % 2n === 0n)) return quotient;
  return quotient + 1n;
}
