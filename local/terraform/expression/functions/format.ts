import { ExpressionError } from "../expression-error";
import { describe, toBoolean, toList, toNumber, toText } from "../value";
import { charactersOf } from "./characters";
import { type FormatFlags, floatVerb, integerVerb, shortestFloat } from "./format-number";
import { jsonEncode } from "./json-encode";

const VERB = /%(?:%|([-+0# ]*)([1-9]\d*)?(?:\.(\d*))?(?:\[([1-9]\d*)\])?([a-zA-Z])|(?<unread>[\s\S]|$))/g;

/** As in Go. */
const WIDEST = 1_000_000;

/** Far beyond what anybody reads; Go writes a million. */
const MOST_DIGITS = 5_000;

/**
 * Terraform's `format`.
 * @see https://developer.hashicorp.com/terraform/language/functions/format
 */
export function format(pattern: string, ...values: readonly unknown[]): string {
  let next = 1;
  let highest = 0;
  const text = pattern.replace(VERB, (whole: string, ...found: unknown[]) => {
    if (whole === "%%") return "%";
    const [flags, width, precision, position, letter] = found as (string | undefined)[];
    if (letter === undefined) throw new ExpressionError(`${whole} starts no verb`);
    const at = position === undefined ? next : Number(position);
    next = at + 1;
    highest = Math.max(highest, at);
    if (at > values.length) throw new ExpressionError(`no argument for ${whole}`);
    return formatted(whole, letter, flagsOf(whole, flags, width, precision), values[at - 1]);
  });
  if (highest < values.length) {
    throw new ExpressionError(`only ${highest} of ${values.length} arguments are used`);
  }
  return text;
}

/** Terraform's `formatlist`: lists go through the pattern item by item, what is no list stays. */
export function formatList(pattern: string, ...values: readonly unknown[]): string[] {
  const lengths = new Set(values.filter(Array.isArray).map((list) => toList(list).length));
  if (lengths.size > 1) throw new ExpressionError("the lists differ in length");
  const [length = 1] = lengths;
  return Array.from({ length }, (_, index) =>
    format(pattern, ...values.map((value) => (Array.isArray(value) ? toList(value)[index] : value))),
  );
}

function flagsOf(whole: string, flags = "", width = "-1", precision?: string): FormatFlags {
  if (Number(width) > WIDEST) throw new ExpressionError(`${whole} is wider than ${WIDEST}`);
  if (Number(precision) > MOST_DIGITS) {
    throw new ExpressionError(`${whole} has more than ${MOST_DIGITS} digits`);
  }
  return { flags, width: Number(width), precision: precision === undefined ? undefined : Number(precision) };
}

function formatted(whole: string, letter: string, flags: FormatFlags, value: unknown): string {
  if (letter === "v") return padText(asIs(flags, value), flags);
  if (value === null || value === undefined) throw new ExpressionError(`null can't be formatted by ${whole}`);
  switch (letter) {
    case "t":
      return String(toBoolean(value));
    case "s":
      return padText(cut(toText(value), flags.precision), flags);
    case "q":
      return padText(jsonEncode(cut(toText(value), flags.precision)), flags);
    case "b":
    case "d":
    case "o":
    case "x":
    case "X":
      return integerVerb(letter, toNumber(value), flags);
    case "e":
    case "E":
    case "f":
    case "g":
    case "G":
      return floatVerb(letter, toNumber(value), flags);
    default:
      throw new ExpressionError(`there is no verb %${letter} for ${describe(value)}`);
  }
}

function asIs({ flags }: FormatFlags, value: unknown): string {
  if (flags.includes("#")) return jsonEncode(value);
  if (typeof value === "string") return value;
  return typeof value === "number" ? shortestFloat(value) : jsonEncode(value);
}

/** A precision of 0 cuts nothing. */
function cut(text: string, precision = 0): string {
  return precision === 0 ? text : charactersOf(text).slice(0, precision).join("");
}

/** The zeros of the flag `0` stand on either side. */
function padText(text: string, { flags, width }: FormatFlags): string {
  const missing = width - charactersOf(text).length;
  if (missing <= 0) return text;
  const padding = (flags.includes("0") ? "0" : " ").repeat(missing);
  return flags.includes("-") ? text + padding : padding + text;
}
