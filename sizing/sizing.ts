import { type Arrivals, peakRateOf } from "./arrivals";
import { type Billing, type MonthlyCost, monthlyCost } from "./cost";
import { consumersForAge } from "./needed-consumers";
import type { QueueLoad } from "./queue-load";
import { type Simulation, type Step, simulate } from "./simulation";
import { warningsOf } from "./warnings";

/** Everything that was asked. */
export interface SizingRequest {
  readonly arrivals: Arrivals;
  readonly load: QueueLoad;
  readonly billing: Billing;
  /** Seconds that the oldest message may wait. */
  readonly maxAge?: number | undefined;
}

/** A value, and the second in which it is reached. */
export interface Peak {
  readonly value: number;
  readonly at: number;
}

/** What comes of it. Counts are of messages, times are seconds since the start. */
export interface Sizing {
  readonly arrived: number;
  readonly peakRate: number;
  /** Answered with 429. */
  readonly refused: number;
  readonly backlog: Peak;
  readonly age: Peak;
  /** When the backlog is gone, and how long after its peak; absent where it isn't at the end of what is simulated. */
  readonly drained?: { readonly at: number; readonly after: number } | undefined;
  readonly deadLetters: number;
  readonly lost: number;
  /** How many consumers keep the age under the limit that was asked for. */
  readonly consumersForMaxAge?: number | undefined;
  readonly seconds: number;
  readonly cost: MonthlyCost;
  readonly warnings: readonly string[];
}

/** The figures, and the steps that they are taken from. */
export interface SizedQueue {
  readonly sizing: Sizing;
  readonly simulation: Simulation;
}

/** Lets the arrivals flow through the queue and tells what comes of it. */
export function sizingOf(request: SizingRequest): SizedQueue {
  const { arrivals, load, billing, maxAge } = request;
  const simulation = simulate(arrivals, load);
  const { steps, step } = simulation;
  const backlog = peakOf(steps, "waiting");
  const facts = {
    arrived: totalOf(steps, "arrived"),
    peakRate: peakRateOf(arrivals),
    refused: totalOf(steps, "arrived") - totalOf(steps, "accepted"),
    backlog,
    age: peakOf(steps, "age"),
    drained: drainedAfter(steps, backlog.at),
    deadLetters: totalOf(steps, "deadLetters"),
    lost: totalOf(steps, "lost"),
    consumersForMaxAge: maxAge === undefined ? undefined : consumersForAge(arrivals, load, maxAge),
    seconds: step * steps.length,
    cost: monthlyCost(arrivals, load, simulation, billing),
  };
  return { sizing: { ...facts, warnings: warningsOf(request, facts) }, simulation };
}

function totalOf(steps: readonly Step[], key: keyof Step): number {
  return steps.reduce((total, step) => total + step[key], 0);
}

function peakOf(steps: readonly Step[], key: "waiting" | "age"): Peak {
  return steps.reduce<Peak>(
    (peak, step) => (step[key] > peak.value ? { value: step[key], at: step.at } : peak),
    {
      value: 0,
      at: 0,
    },
  );
}

function drainedAfter(steps: readonly Step[], peak: number): Sizing["drained"] {
  const empty = steps.find(({ at, waiting }) => at >= peak && waiting < 1);
  return empty && { at: empty.at, after: Math.max(0, empty.at - peak) };
}
