import { JavaDouble } from "../../aws/velocity/java-number";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { JavaCharacter } from "./java-values";
import { hashCode } from "./object-methods";
import { requireCharacters } from "./rendering-limits";
import { memberText } from "./value-text";

/** `%[argument$][flags][width][.precision]conversion` */
const SPECIFIER = /%(?:(\d+)\$)?([-#+ 0,(<]*)([1-9]\d*)?(?:\.(\d+))?([a-zA-Z%])|%/g;

/** Wider than any message may be. */
const MAX_WIDTH = 10 * 1024 * 1024;

interface Specifier {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
  readonly written: string;
}

/**
 * Java's `String.format`, in English. Left out: dates (`%t`) and hexadecimal fractions (`%a`), which end the rendering as a
 * mistake does.
 *
 * @throws MappingTemplateError where Java throws: an unknown conversion, a missing argument or one of another type
 * @see https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/Formatter.html
 */
export function javaFormat(format: string, args: readonly unknown[]): string {
  let [ordinary, last, length] = [0, -1, format.length];
  return format.replace(SPECIFIER, (written: string, ...parts: (string | undefined)[]) => {
    const [position, flags = "", width = "0", precision, conversion] = parts;
    if (conversion === undefined) throw mistake("UnknownFormatConversionException", written);
    const specifier = {
      flags,
      width: Number(width),
      precision: precision === undefined ? undefined : Number(precision),
      conversion,
      written,
    };
    checkLayout(specifier);
    if (conversion === "%") return padded("%", specifier);
    if (conversion === "n") return "\n";
    if (!flags.includes("<")) last = position === undefined ? ordinary++ : Number(position) - 1;
    if (last < 0 || last >= args.length) throw mistake("MissingFormatArgumentException", written);
    const text = padded(converted(args[last] ?? null, specifier), specifier);
    requireCharacters((length += text.length));
    return /[A-Z]/.test(conversion) ? text.toUpperCase() : text;
  });
}

function checkLayout({ flags, width, precision, conversion, written }: Specifier): void {
  if (/[-0]/.test(flags) && width === 0) throw mistake("MissingFormatWidthException", written);
  if (/(.).*\1/.test(flags) || /-.*0|0.*-|\+.* | .*\+/.test(flags)) {
    throw mistake("IllegalFormatFlagsException", written);
  }
  if (width > MAX_WIDTH || (precision ?? 0) > MAX_WIDTH) throw mistake("OutOfMemoryError", written);
  if (precision !== undefined && /[dxXocC%n]/.test(conversion)) {
    throw mistake("IllegalFormatPrecisionException", written);
  }
  if (/[+ 0,(]/.test(flags) && /[bBhHsScC%]/.test(conversion)) {
    throw mistake("FormatFlagsConversionMismatchException", written);
  }
}

function converted(value: unknown, specifier: Specifier): string {
  const { conversion, precision, written } = specifier;
  switch (conversion.toLowerCase()) {
    case "s":
      return memberText(value).slice(0, precision);
    case "b":
      return String(typeof value === "boolean" ? value : value !== null).slice(0, precision);
    case "h":
      return (value === null ? "null" : (hashCode(value) >>> 0).toString(16)).slice(0, precision);
    case "c":
      return value === null ? "null" : character(value, written);
    case "d":
    case "x":
    case "o":
      if (conversion === "D" || conversion === "O") break;
      return value === null ? "null" : whole(value, specifier);
    case "e":
    case "f":
    case "g":
      if (conversion === "F") break;
      return value === null ? "null" : fraction(value, specifier);
  }
  throw mistake("UnknownFormatConversionException", written);
}

function character(value: unknown, written: string): string {
  if (value instanceof JavaCharacter) return value.value;
  if (typeof value === "number" && value >= 0 && value <= 0x10ffff) return String.fromCodePoint(value);
  throw mistake("IllegalFormatConversionException", written);
}

function whole(value: unknown, specifier: Specifier): string {
  const { flags, conversion, written } = specifier;
  if (typeof value !== "number" && typeof value !== "bigint") {
    throw mistake("IllegalFormatConversionException", written);
  }
  if (conversion === "d") return signed(String(value < 0 ? -value : value), value < 0, specifier);
  if (/[+ ,(]/.test(flags)) throw mistake("FormatFlagsConversionMismatchException", written);
  const radix = conversion === "o" ? 8 : 16;
  const digits = BigInt.asUintN(typeof value === "number" ? 32 : 64, BigInt(value)).toString(radix);
  const prefix = flags.includes("#") ? (radix === 8 ? "0" : "0x") : "";
  return prefix + zeros(digits, specifier, prefix.length);
}

function fraction(value: unknown, specifier: Specifier): string {
  const { conversion, written, precision = 6 } = specifier;
  if (!(value instanceof JavaDouble)) throw mistake("IllegalFormatConversionException", written);
  const size = Math.abs(value.value);
  const negative = value.value < 0 || Object.is(value.value, -0);
  if (!Number.isFinite(size)) {
    const plain = { ...specifier, flags: specifier.flags.replace(/[0,]/g, "") };
    return signed(Number.isNaN(size) ? "NaN" : "Infinity", negative, plain);
  }
  switch (conversion.toLowerCase()) {
    case "f":
      return signed(fixed(size, precision), negative, specifier);
    case "e":
      return signed(scientific(size, precision), negative, specifier);
    default:
      return signed(general(size, Math.max(precision, 1)), negative, specifier);
  }
}

/** With a sign, groups of three and zeros, as the flags have it. */
function signed(digits: string, negative: boolean, specifier: Specifier): string {
  const { flags } = specifier;
  const [before, after] = negative
    ? flags.includes("(")
      ? ["(", ")"]
      : ["-", ""]
    : [flags.includes("+") ? "+" : flags.includes(" ") ? " " : "", ""];
  const grouped = flags.includes(",") ? digits.replace(/^\d+/, inThrees) : digits;
  return before + zeros(grouped, specifier, before.length + after.length) + after;
}

function inThrees(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function zeros(digits: string, { flags, width }: Specifier, taken: number): string {
  return flags.includes("0") ? digits.padStart(width - taken, "0") : digits;
}

function padded(text: string, { flags, width }: Specifier): string {
  return flags.includes("-") ? text.padEnd(width) : text.padStart(width);
}

/** Digits, and before which of them the point stands. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** A number rounded half up at `places` behind it, as Java does from the shortest digits. */
function rounded(size: number, places: (exponent: number) => number): Decimal {
  const [mantissa = "", exponent = ""] = size.toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const point = size === 0 ? 1 : Number(exponent) + 1;
  const kept = point + places(point - 1);
  if (kept < 0) return { digits: "0", point: 1 };
  if (kept >= digits.length) return { digits: digits.padEnd(kept, "0"), point };
  const up = digits.charAt(kept) >= "5" ? 1n : 0n;
  const sum = String(BigInt(`0${digits.slice(0, kept)}`) + up).padStart(kept, "0");
  return { digits: sum, point: point + sum.length - kept };
}

function fixed(size: number, precision: number): string {
  const { digits, point } = rounded(size, () => precision);
  const all = digits.padStart(digits.length + Math.max(1 - point, 0), "0");
  const start = Math.max(point, 1);
  return precision === 0
    ? all.slice(0, start)
    : `${all.slice(0, start)}.${all.slice(start).padEnd(precision, "0").slice(0, precision)}`;
}

function scientific(size: number, precision: number): string {
  const { digits, point } = rounded(size, (exponent) => precision - exponent);
  const exponent = point - 1;
  const written = `e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  return digits.charAt(0) + (precision === 0 ? "" : `.${digits.slice(1, precision + 1)}`) + written;
}

function general(size: number, precision: number): string {
  const exponent = rounded(size, (before) => precision - 1 - before).point - 1;
  const isPlain = size === 0 || (size >= 1e-4 && exponent < precision);
  return isPlain
    ? fixed(size, Math.max(precision - 1 - (size === 0 ? 0 : exponent), 0))
    : scientific(size, precision - 1);
}

function mistake(exception: string, written: string): MappingTemplateError {
  return new MappingTemplateError(`${exception}: format specifier '${written}'`);
}
