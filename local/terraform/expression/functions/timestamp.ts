import { ExpressionError } from "../expression-error";

/** A point in time, and the zone in which it was given. */
export interface Timestamp {
  /** Since 1970, UTC. */
  readonly nanoseconds: bigint;
  /** Minutes east of Greenwich. */
  readonly offset: number;
}

/** How close to RFC 3339 a timestamp must be: Go's reader for it lets a little more pass, which Terraform mostly does not. */
interface Reading {
  readonly pattern: RegExp;
  readonly mostZoneHours: number;
  readonly mostZoneMinutes: number;
}

const STRICT: Reading = {
  pattern: /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([-+])(\d\d):(\d\d))$/,
  mostZoneHours: 23,
  mostZoneMinutes: 59,
};

/** As `timecmp` and `yamldecode` read. */
export const LENIENT: Reading = {
  pattern: /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([-+])(\d\d):(\d\d))$/,
  mostZoneHours: 24,
  mostZoneMinutes: 60,
};

const PER_SECOND = 1_000_000_000n;

/** Reads a timestamp as RFC 3339 has it: capital `T` and `Z`, two digits for each part. */
export function parseTimestamp(text: string, reading = STRICT): Timestamp {
  const [whole, ...parts] = reading.pattern.exec(text) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(0, 6).map(Number);
  const [fraction = "", sign = "+", zoneHour = "0", zoneMinute = "0"] = parts.slice(6);
  const isTime = hour < 24 && minute < 60 && second < 60;
  const isZone = Number(zoneHour) <= reading.mostZoneHours && Number(zoneMinute) <= reading.mostZoneMinutes;
  const date = new Date(Date.UTC(2000, 0, 1, hour, minute, second));
  date.setUTCFullYear(year, month - 1, day);
  const isDate = date.getUTCDate() === day && date.getUTCMonth() + 1 === month;
  if (whole === undefined || !isTime || !isZone || !isDate) {
    throw new ExpressionError(
      `${JSON.stringify(text)} is no timestamp of RFC 3339 such as "2006-01-02T15:04:05Z"`,
    );
  }
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === "-" ? -1 : 1);
  const seconds = BigInt(date.getTime() / 1000 - offset * 60);
  return { nanoseconds: seconds * PER_SECOND + BigInt(fraction.padEnd(9, "0").slice(0, 9)), offset };
}

/** The clock on the wall in the timestamp's own zone; its UTC fields are those of the zone. */
export function wallClock({ nanoseconds, offset }: Timestamp): Date {
  const rest = ((nanoseconds % PER_SECOND) + PER_SECOND) % PER_SECOND;
  return new Date((Number((nanoseconds - rest) / PER_SECOND) + offset * 60) * 1000);
}

/** `+01:00`, or `+0100` without separator. */
export function zoneText({ offset }: Timestamp, separator: string): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${padded(Math.floor(minutes / 60))}${separator}${padded(minutes % 60)}`;
}

/** As RFC 3339 has it, to the second. */
export function timestampText(timestamp: Timestamp): string {
  const clock = wallClock(timestamp);
  const date = [
    padded(clock.getUTCFullYear(), 4),
    padded(clock.getUTCMonth() + 1),
    padded(clock.getUTCDate()),
  ];
  const time = [clock.getUTCHours(), clock.getUTCMinutes(), clock.getUTCSeconds()].map((part) =>
    padded(part),
  );
  const zone = timestamp.offset === 0 ? "Z" : zoneText(timestamp, ":");
  return `${date.join("-")}T${time.join(":")}${zone}`;
}

/** With zeros in front, as Go pads: they stand behind a sign. */
export function padded(number: number, digits = 2): string {
  return number < 0 ? `-${padded(-number, digits - 1)}` : String(number).padStart(digits, "0");
}
