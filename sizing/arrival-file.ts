import { FileError, readTextFile } from "../errors/read-json-file";
import type { Arrivals } from "./arrivals";

/** A line of the file: when, in seconds, and how many messages. */
interface Row {
  readonly time: number;
  readonly count: number;
}

const MEND = "Mend that line, or take it out.";

/**
 * Reads a CSV of `time,count`, where a count is of the messages from its time on, or of one time a message. Lines may be in
 * any order, the first may be a header. What has no line, as in CloudWatch's exports, has no messages.
 * @throws FileError
 */
export function readArrivalFile(file: string): Arrivals {
  const lines = readTextFile(file).split(/\r?\n/);
  const isCounted = lines.some((line) => /[,;\t]/.test(line));
  const rows = lines.flatMap((line, index) => {
    if (line.trim() === "" || (index === 0 && isHeader(line))) return [];
    return [readRow(line, isCounted, `${file}, line ${index + 1}`)];
  });
  if (rows.length === 0) throw noMessages(file);
  const counts = new Map<number, number>();
  for (const { time, count } of rows) {
    const start = isCounted ? time : Math.floor(time);
    counts.set(start, (counts.get(start) ?? 0) + count);
  }
  return asArrivals(counts, isCounted ? smallestGap([...counts.keys()], file) : 1);
}

function asArrivals(counts: ReadonlyMap<number, number>, interval: number): Arrivals {
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const [[first] = [0]] = sorted;
  const segments = sorted.map(([time, count]) => ({
    from: time - first,
    to: time - first + interval,
    startRate: count / interval,
    endRate: count / interval,
  }));
  return { base: 0, segments };
}

function noMessages(file: string): FileError {
  return new FileError(file, {
    wrong: "has no messages",
    got: "no line but a header",
    allowed: "a line of time,count for each count, or of a time for each message",
    mend: "Write one, such as 0,100.",
  });
}

/** A count is of as long a time as there is between the nearest two. */
function smallestGap(times: readonly number[], file: string): number {
  const sorted = times.toSorted((a, b) => a - b);
  const gaps = sorted.slice(1).map((time, index) => time - (sorted[index] ?? 0));
  if (gaps.length > 0) return gaps.reduce((smallest, gap) => Math.min(smallest, gap));
  throw new FileError(file, {
    wrong: "does not tell how long a count is counted",
    got: "counts of one time",
    allowed: "counts of at least two times",
    mend: "Add the count of the time after it, if only 0.",
  });
}

function isHeader(line: string): boolean {
  return Number.isNaN(readTime(cellsOf(line)[0] ?? ""));
}

function cellsOf(line: string): string[] {
  return line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

function readRow(line: string, isCounted: boolean, place: string): Row {
  const [timeCell = "", countCell = "", ...rest] = cellsOf(line);
  const time = readTime(timeCell);
  const got = JSON.stringify(line);
  if (Number.isNaN(time)) {
    const allowed = "seconds, a Unix time or a date such as 2026-11-29T12:00:00Z";
    throw new FileError(place, { wrong: "has no time in its first column", got, allowed, mend: MEND });
  }
  if (!isCounted) return { time, count: 1 };
  const count = /^\d*\.?\d+(?:e\+?\d+)?$/i.test(countCell) ? Number(countCell) : Number.NaN;
  if (Number.isNaN(count) || rest.length > 0) {
    const allowed = "time,count, the count 0 or more";
    throw new FileError(place, {
      wrong: "has no count in its second, last column",
      got,
      allowed,
      mend: MEND,
    });
  }
  return { time, count };
}

/** Seconds; Unix times of over 100,000,000,000 are milliseconds. NaN where it is no time. */
function readTime(text: string): number {
  if (/^\d*\.?\d+$/.test(text)) {
    const number = Number(text);
    return number > 1e11 ? number / 1000 : number;
  }
  const isDate = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text);
  if (!isDate) return Number.NaN;
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(text.slice(10));
  return Date.parse(hasZone || text.length === 10 ? text : `${text}Z`) / 1000;
}
