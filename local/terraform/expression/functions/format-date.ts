import { ExpressionError } from "../expression-error";
import { type Timestamp, padded, wallClock, zoneText } from "./timestamp";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July"].concat([
  "August",
  "September",
  "October",
  "November",
  "December",
]);
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const TOKEN = /''|'(?:[^']|'')+'(?!')|'(?:[^']|'')*$|([A-Za-z])\1*|[^A-Za-z']+/g;

/** Terraform's `formatdate`. @see https://developer.hashicorp.com/terraform/language/functions/formatdate */
export function formatDate(format: string, timestamp: Timestamp): string {
  const clock = wallClock(timestamp);
  return format.replace(TOKEN, (token: string, letter?: string) => {
    if (token === "''") return "'";
    const isClosed = /^'.*'$/s.test(token) || !token.startsWith("'");
    if (!isClosed) throw new ExpressionError(`a quote in ${JSON.stringify(format)} is not closed`);
    if (token.startsWith("'")) return token.slice(1, -1).replace(/''?/g, "'");
    if (letter === undefined) return token;
    const text = VERBS[token]?.(clock, timestamp);
    if (text === undefined) throw new ExpressionError(`${JSON.stringify(token)} is no part of a date`);
    return text;
  });
}

type DateVerb = (clock: Date, timestamp: Timestamp) => string;

const VERBS: Readonly<Record<string, DateVerb>> = {
  YY: (clock) => padded(clock.getUTCFullYear() % 100),
  YYYY: (clock) => padded(clock.getUTCFullYear(), 4),
  M: (clock) => String(clock.getUTCMonth() + 1),
  MM: (clock) => padded(clock.getUTCMonth() + 1),
  MMM: (clock) => monthOf(clock).slice(0, 3),
  MMMM: monthOf,
  D: (clock) => String(clock.getUTCDate()),
  DD: (clock) => padded(clock.getUTCDate()),
  EEE: (clock) => dayOf(clock).slice(0, 3),
  EEEE: dayOf,
  h: (clock) => String(clock.getUTCHours()),
  hh: (clock) => padded(clock.getUTCHours()),
  H: (clock) => String(hourOfTwelve(clock)),
  HH: (clock) => padded(hourOfTwelve(clock)),
  AA: (clock) => (clock.getUTCHours() < 12 ? "AM" : "PM"),
  aa: (clock) => (clock.getUTCHours() < 12 ? "am" : "pm"),
  m: (clock) => String(clock.getUTCMinutes()),
  mm: (clock) => padded(clock.getUTCMinutes()),
  s: (clock) => String(clock.getUTCSeconds()),
  ss: (clock) => padded(clock.getUTCSeconds()),
  Z: (_, timestamp) => (timestamp.offset === 0 ? "Z" : zoneText(timestamp, ":")),
  ZZZ: (_, timestamp) => (timestamp.offset === 0 ? "UTC" : zoneText(timestamp, "")),
  ZZZZ: (_, timestamp) => zoneText(timestamp, ""),
  ZZZZZ: (_, timestamp) => zoneText(timestamp, ":"),
};

function monthOf(clock: Date): string {
  return MONTHS[clock.getUTCMonth()] ?? "";
}

function dayOf(clock: Date): string {
  return DAYS[clock.getUTCDay()] ?? "";
}

function hourOfTwelve(clock: Date): number {
  return clock.getUTCHours() % 12 || 12;
}
