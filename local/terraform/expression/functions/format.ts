import { ExpressionError } from "../expression-error";
import { describe, toBoolean, toNumber, toText } from "../value";
import { jsonEncode } from "./encoding-functions";

const VERB = /%(?:%|([-+0]*)(\d*)(?:\.(\d+))?([a-zA-Z]))/g;

/** As in Go. */
const WIDEST = 1_000_000;

/** Terraform's `format`: verbs `s v d f q t x X` with flags, width and precision; no argument indexes. */
export function format(pattern: unknown, ...values: readonly unknown[]): string {
  let next = 0;
  const text = toText(pattern).replace(
    VERB,
    (whole: string, flags: string, width: string, precision: string, verb?: string) => {
      if (verb === undefined) return "%";
      if (next >= values.length) throw new ExpressionError(`no argument for ${whole}`);
      if (Number(width) > WIDEST) throw new ExpressionError(`${whole} is wider than ${WIDEST}`);
      const text = formatOne(verb, values[next], precision);
      next += 1;
      return pad(text, flags, Number(width));
    },
  );
  if (next < values.length) throw new ExpressionError(`only ${next} of ${values.length} arguments are used`);
  return text;
}

function formatOne(verb: string, value: unknown, precision: string | undefined): string {
  switch (verb) {
    case "s":
      return Array.from(toText(value)).slice(0, lengthLimit(precision)).join("");
    case "v":
      return typeof value === "object" ? jsonEncode(value) : toText(value);
    case "q":
      return jsonEncode(toText(value));
    case "t":
      return String(toBoolean(value));
    case "d":
      return Math.trunc(toNumber(value)).toString();
    case "x":
      return toNumber(value).toString(16);
    case "X":
      return toNumber(value).toString(16).toUpperCase();
    case "f":
      return toNumber(value).toFixed(Number(precision ?? "6"));
    default:
      throw new ExpressionError(`the verb %${verb} is not supported for ${describe(value)}`);
  }
}

function lengthLimit(precision: string | undefined): number | undefined {
  return precision === undefined ? undefined : Number(precision);
}

function pad(text: string, flags: string, width: number): string {
  const signed = flags.includes("+") && /^\d/.test(text) ? `+${text}` : text;
  if (flags.includes("-")) return signed.padEnd(width);
  if (!flags.includes("0")) return signed.padStart(width);
  const sign = /^[-+]/.exec(signed)?.[0] ?? "";
  return `${sign}${signed.slice(sign.length).padStart(width - sign.length, "0")}`;
}
