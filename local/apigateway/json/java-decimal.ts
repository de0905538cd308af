import { integerValue, JavaDouble } from "../../../aws/velocity/java-number";

const MAX_SCALE = 2 ** 31 - 1;

/** As a bigint, many thousands of digits would take their time. */
const MAX_INTEGER_LENGTH = 1000;

/** What is longer is no Double, but a BigDecimal. */
const MAX_DOUBLE_LENGTH = 18;

/** A Java BigDecimal: what JSON's longer decimals become. It prints all its digits; arithmetic takes it for a Double. */
export class JavaDecimal extends JavaDouble {
  constructor(
    private readonly sign: string,
    /** Without the point, and without zeros in front. */
    private readonly digits: string,
    /** How many of the digits stand behind the point. */
    private readonly scale: number,
  ) {
    super(Number(`${sign}${digits}e${-scale}`));
  }

  /** A number as JSON writes it; undefined where its exponent is too much for Java. */
  public static parse(text: string): JavaDecimal | undefined {
    const [, sign = "", whole = "", fraction = "", exponent = "0"] =
      /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
    const scale = fraction.length - Number(exponent);
    if (Math.abs(scale) > MAX_SCALE) return undefined;
    const digits = withoutLeadingZeros(whole + fraction);
    return new JavaDecimal(digits === "0" ? "" : sign, digits, scale);
  }

  /** Negative, 0 or positive, by the exact values: `1.0` is the same as `1`. */
  public compareTo(other: JavaDecimal): number {
    const sign = this.signum();
    if (sign !== other.signum()) return sign - other.signum();
    const order = this.digits.length - this.scale - (other.digits.length - other.scale);
    if (sign === 0 || order !== 0) return sign * Math.sign(order);
    const length = Math.max(this.digits.length, other.digits.length);
    const [left, right] = [this.digits.padEnd(length, "0"), other.digits.padEnd(length, "0")];
    return left === right ? 0 : left < right ? -sign : sign;
  }

  private signum(): number {
    return this.digits === "0" ? 0 : this.sign === "-" ? -1 : 1;
  }

  /** As `BigDecimal.toString`: with an exponent where there would be more than six zeros behind the point, or some before it. */
  public override toString(): string {
    const { sign, digits, scale } = this;
    const exponent = digits.length - 1 - scale;
    if (scale === 0) return sign + digits;
    if (scale > 0 && exponent >= -6) {
      const padded = digits.padStart(scale + 1, "0");
      return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
    }
    const point = digits.length > 1 ? `${digits.slice(0, 1)}.${digits.slice(1)}` : digits;
    return `${sign}${point}E${exponent < 0 ? "" : "+"}${exponent}`;
  }
}

function withoutLeadingZeros(digits: string): string {
  const first = digits.search(/[1-9]/);
  return first < 0 ? "0" : digits.slice(first);
}

/** A number's text as a BigDecimal, as which Jayway's filters compare; undefined for what is none. */
export function numberOperand(text: string): JavaDecimal | undefined {
  const unsigned = text.replace(/^\+/, "");
  return /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(unsigned) ? JavaDecimal.parse(unsigned) : undefined;
}

/** A number of JSON's, written so; undefined for what is none, or too much for Java. */
export function jsonNumber(text: string): number | bigint | JavaDouble | undefined {
  if (!/[.eE]/.test(text)) return integer(text);
  const value = Number(text);
  if (Number.isNaN(value)) return undefined;
  return text.length > MAX_DOUBLE_LENGTH ? JavaDecimal.parse(text) : new JavaDouble(value);
}

function integer(text: string): number | bigint | JavaDecimal | undefined {
  if (text.length < 16) return Number(text) || 0;
  return text.length > MAX_INTEGER_LENGTH ? JavaDecimal.parse(text) : integerValue(BigInt(text));
}
