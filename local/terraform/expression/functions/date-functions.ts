import type { TerraformFunction } from "../expression";
import { ExpressionError } from "../expression-error";
import { TEXT, taking } from "./parameters";
import { formatDate } from "./format-date";
import { LENIENT, parseTimestamp, timestampText } from "./timestamp";

/** Functions over points in time that are given. @see https://developer.hashicorp.com/terraform/language/functions/formatdate */
export const DATE_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  formatdate: taking([TEXT, TEXT], (format, time) => formatDate(format, parseTimestamp(time))),
  timeadd: taking([TEXT, TEXT], (time, duration) => {
    const { nanoseconds, offset } = parseTimestamp(time);
    return timestampText({ nanoseconds: nanoseconds + durationOf(duration), offset });
  }),
  timecmp: taking([TEXT, TEXT], (left, right) => {
    const difference = nanosecondsOf(left) - nanosecondsOf(right);
    return difference === 0n ? 0 : difference < 0n ? -1 : 1;
  }),
};

function nanosecondsOf(time: string): bigint {
  return parseTimestamp(time, LENIENT).nanoseconds;
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const PART = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/y;

/** Go's durations, such as `-1h30m` or `1.5s`: parts without spaces, each with its unit; at most 292 years. */
function durationOf(text: string): bigint {
  const refuse = new ExpressionError(`${JSON.stringify(text)} is no duration such as "1h30m"`);
  const unsigned = text.replace(/^[-+]/, "");
  if (unsigned === "0") return 0n;
  if (unsigned === "") throw refuse;
  let all = 0n;
  PART.lastIndex = 0;
  while (PART.lastIndex < unsigned.length) {
    const [, whole = "", fraction = "", unit = ""] = PART.exec(unsigned) ?? [];
    if (whole + fraction === "") throw refuse;
    const scale = UNITS[unit] ?? 0n;
    all += BigInt(whole) * scale + (BigInt(fraction) * scale) / 10n ** BigInt(fraction.length);
  }
  if (all >= 1n << 63n) throw refuse;
  return text.startsWith("-") ? -all : all;
}
