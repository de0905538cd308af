import { type Arrivals, arrivalsPerStep, endOf } from "./arrivals";
import { type QueueLoad, throughputOf } from "./queue-load";
import { throttled } from "./throttle";

/** Where nothing but a base is given, so long a time is looked at. */
const HOUR = 3600;

/** A picture shows a little of what comes after. */
const MARGIN = 1.08;

const ROUGH_STEPS = 2000;

/** Whether consumers finish more than the base brings: else no backlog is ever worked off. */
export function canDrain(arrivals: Arrivals, load: QueueLoad): boolean {
  return throughputOf(load) > Math.min(arrivals.base, load.throttle.rate);
}

/** Seconds until the backlog is gone, roughly, and a little more. */
export function horizonOf(arrivals: Arrivals, load: QueueLoad): number {
  const end = endOf(arrivals);
  if (end === 0) return HOUR;
  if (!canDrain(arrivals, load)) return end * 2;
  const spare = throughputOf(load) - Math.min(arrivals.base, load.throttle.rate);
  const drain = Math.min(backlogAfter(arrivals, load, end) / spare, load.retention);
  const isFailing = load.failureRate + load.poisonRate > 0;
  return (end + drain + (isFailing ? load.maxReceives * load.visibilityTimeout : 0)) * MARGIN;
}

function backlogAfter(arrivals: Arrivals, load: QueueLoad, end: number): number {
  const step = end / ROUGH_STEPS;
  const accepted = throttled(arrivalsPerStep(arrivals, step, ROUGH_STEPS), step, load.throttle);
  return accepted.reduce((backlog, count) => Math.max(0, backlog + count - throughputOf(load) * step), 0);
}
