import { CommandLineError } from "../errors/command-line-error";
import type { Arrivals, ArrivalSegment } from "./arrivals";
import { readDuration, readRate } from "./quantities";

/** One phase: a name for its reader, a rate or two, how long, since when. The base has neither of the last two. */
const PHASE =
  /^(?<name>[\w-]+)\s*=\s*(?<rate>\S+)(?:\s+to\s+(?<endRate>\S+))?(?:\s+for\s+(?<length>\S+))?(?:\s+at\s+(?<start>\S+))?$/;

const MEND = 'Write it as --arrivals "base=50/s, peak=2000/s for 10m at 5m".';

/**
 * Reads `base=50/s, ramp=50/s to 2000/s for 2m at 5m, peak=2000/s for 10m`. The phase without `for` is the base; a phase takes
 * its place while it lasts, and starts where the one before it ends if it has no `at`.
 * @throws CommandLineError
 */
export function readArrivalPhases(text: string): Arrivals {
  const bases: number[] = [];
  const segments: ArrivalSegment[] = [];
  for (const phase of text.split(",").map((part) => part.trim())) {
    const { name = "", rate = "", endRate, length, start } = PHASE.exec(phase)?.groups ?? {};
    const place = { where: `--arrivals, ${name}`, mend: MEND };
    if (name === "") throw mistake(phase, "is not a phase", "name=rate [to rate] [for time] [at time]");
    const startRate = readRate(rate, place);
    if (length === undefined) {
      if (endRate ?? start) throw mistake(phase, "does not say how long", "for 10m");
      bases.push(startRate);
      continue;
    }
    const from = start === undefined ? (segments.at(-1)?.to ?? 0) : readDuration(start, place);
    const to = from + readDuration(length, place);
    if (to === from) throw mistake(phase, "lasts no time", "a duration over 0");
    segments.push({
      from,
      to,
      startRate,
      endRate: endRate === undefined ? startRate : readRate(endRate, place),
    });
  }
  if (bases.length > 1) throw mistake(text, "has two phases without a duration", "one of them, the base,");
  return { base: bases[0] ?? 0, segments: inOrder(segments, text) };
}

function inOrder(segments: readonly ArrivalSegment[], text: string): readonly ArrivalSegment[] {
  const sorted = segments.toSorted((a, b) => a.from - b.from);
  const isOver = sorted.some(({ from }, index) => from < (sorted[index - 1]?.to ?? 0));
  if (isOver) throw mistake(text, "has phases at the same time", "one phase at a time");
  return sorted;
}

function mistake(got: string, wrong: string, allowed: string): CommandLineError {
  return new CommandLineError({
    where: "--arrivals",
    wrong,
    got: JSON.stringify(got),
    allowed: `${allowed} is allowed`,
    mend: MEND,
  });
}
