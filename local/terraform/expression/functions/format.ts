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
      const value = values[next];
      next += 1;
      const run = VERBS[verb];
      if (run === undefined) {
        throw new ExpressionError(`the verb %${verb} is not supported for ${describe(value)}`);
      }
      return pad(run(value, precision), flags, Number(width));
    },
  );
  if (next < values.length) throw new ExpressionError(`only ${next} of ${values.length} arguments are used`);
  return text;
}

type FormatVerb = (value: unknown, precision: string | undefined) => string;

const VERBS: Readonly<Record<string, FormatVerb>> = {
  s: (value, precision) =>
    Array.from(toText(value))
      .slice(0, precision === undefined ? undefined : Number(precision))
      .join(""),
  v: (value) => (typeof value === "object" ? jsonEncode(value) : toText(value)),
  q: (value) => jsonEncode(toText(value)),
  t: (value) => String(toBoolean(value)),
  d: (value) => Math.trunc(toNumber(value)).toString(),
  x: (value) => toNumber(value).toString(16),
  X: (value) => toNumber(value).toString(16).toUpperCase(),
  f: (value, precision = "6") => toNumber(value).toFixed(Number(precision)),
};

function pad(text: string, flags: string, width: number): string {
  const signed = flags.includes("+") && /^\d/.test(text) ? `+${text}` : text;
  if (flags.includes("-")) return signed.padEnd(width);
  if (!flags.includes("0")) return signed.padStart(width);
  const sign = /^[-+]/.exec(signed)?.[0] ?? "";
  return `${sign}${signed.slice(sign.length).padStart(width - sign.length, "0")}`;
}
