/** A time in which messages arrive at a rate that is constant, or grows or falls evenly. */
export interface ArrivalSegment {
  /** Seconds since the start. */
  readonly from: number;
  readonly to: number;
  /** Messages a second. */
  readonly startRate: number;
  readonly endRate: number;
}

/** When messages arrive: in the segments, and at the base rate in all other time. */
export interface Arrivals {
  readonly base: number;
  /** In order, none over another. */
  readonly segments: readonly ArrivalSegment[];
}

/** The second in which the last segment ends. */
export function endOf({ segments }: Arrivals): number {
  return segments.at(-1)?.to ?? 0;
}

/** The highest rate. */
export function peakRateOf({ base, segments }: Arrivals): number {
  return segments.reduce((highest, { startRate, endRate }) => Math.max(highest, startRate, endRate), base);
}

/** Messages that arrive in each of so many steps. */
export function arrivalsPerStep({ base, segments }: Arrivals, step: number, steps: number): Float64Array {
  const counts = new Float64Array(steps).fill(base * step);
  for (const segment of segments) {
    const last = Math.min(steps - 1, Math.floor(segment.to / step));
    for (let index = Math.floor(segment.from / step); index <= last; index++) {
      const from = Math.max(segment.from, index * step);
      const to = Math.min(segment.to, (index + 1) * step);
      counts[index] = (counts[index] ?? 0) + (meanRate(segment, from, to) - base) * Math.max(0, to - from);
    }
  }
  return counts;
}

function meanRate({ from, to, startRate, endRate }: ArrivalSegment, start: number, end: number): number {
  return startRate + ((endRate - startRate) * ((start + end) / 2 - from)) / (to - from);
}
