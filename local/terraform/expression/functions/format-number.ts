import { ExpressionError } from "../expression-error";
import { BinaryFraction } from "./binary-fraction";

/** What stands between the `%` and the letter of a verb. */
export interface FormatFlags {
  readonly flags: string;
  /** -1: none. */
  readonly width: number;
  readonly precision: number | undefined;
}

const BASES: Readonly<Record<string, readonly [base: number, prefix: string]>> = {
  b: [2, "0b"],
  d: [10, ""],
  o: [8, "0"],
  x: [16, "0x"],
  X: [16, "0X"],
};

/** The verbs of whole numbers, as Go's `big.Int` has them. */
export function integerVerb(letter: string, value: number, given: FormatFlags): string {
  if (!Number.isInteger(value)) throw new ExpressionError(`a whole number is needed here, not ${value}`);
  const { flags, width, precision } = given;
  const [base, prefix] = BASES[letter] ?? [10, ""];
  const lower = BigInt(Math.abs(value)).toString(base);
  const plain = letter === "X" ? lower.toUpperCase() : lower;
  const digits = precision === 0 && value === 0 ? "" : plain.padStart(precision ?? 0, "0");
  if (digits === "") return "";
  const front = signOf(value, flags) + (flags.includes("#") ? prefix : "");
  if (flags.includes("-")) return (front + digits).padEnd(width);
  if (!flags.includes("0") || precision !== undefined) return (front + digits).padStart(width);
  return front + digits.padStart(width - front.length, "0");
}

/** The verbs of numbers with a fraction, as Go's `big.Float` has them. */
export function floatVerb(letter: string, value: number, given: FormatFlags): string {
  const { flags, width, precision } = given;
  const unsigned = Math.abs(value);
  const lower = floatText(letter.toLowerCase(), unsigned, precision);
  const text = letter === "E" || letter === "G" ? lower.toUpperCase() : lower;
  const sign = signOf(value, flags);
  if (flags.includes("0")) return sign + text.padStart(width - sign.length, "0");
  return flags.includes("-") ? (sign + text).padEnd(width) : (sign + text).padStart(width);
}

/** Go's shortest text of a number: an exponent from a million on, and below a ten-thousandth. */
export function shortestFloat(value: number): string {
  return (value < 0 ? "-" : "") + floatText("g", Math.abs(value), undefined);
}

function floatText(letter: string, value: number, precision: number | undefined): string {
  if (letter === "f") return new BinaryFraction(value).fixed(precision ?? 6);
  if (letter === "e") return scientific(...new BinaryFraction(value).significant((precision ?? 6) + 1));
  if (precision === undefined) return general(...shortestDigits(value), 6, true);
  const most = Math.max(precision, 1);
  return general(...new BinaryFraction(value).significant(most), most, false);
}

/** Digits, of which the first stands before the point, and the power of ten. */
function shortestDigits(value: number): [digits: string, exponent: number] {
  const [, whole = "", fraction = "", exponent = ""] =
    /^(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(value.toExponential()) ?? [];
  return [whole + fraction, Number(exponent)];
}

/** Without the zeros at the end; `%g` shows neither them nor a point before nothing. */
function general(all: string, exponent: number, precision: number, shortest: boolean): string {
  const digits = all.replace(/(?<=.)0+$/, "");
  const isShorter = precision > digits.length && digits.length >= exponent + 1;
  const most = isShorter && !shortest ? digits.length : precision;
  if (exponent < -4 || exponent >= most) return scientific(digits, exponent);
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = digits.slice(exponent + 1);
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

function scientific(digits: string, exponent: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${digits.slice(0, 1)}${fraction}e${exponent < 0 ? "-" : "+"}${power}`;
}

function signOf(value: number, flags: string): string {
  if (value < 0) return "-";
  if (flags.includes("+")) return "+";
  return flags.includes(" ") ? " " : "";
}
