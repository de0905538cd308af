import { type Arrivals, arrivalsPerStep } from "./arrivals";
import { horizonOf } from "./horizon";
import type { QueueLoad } from "./queue-load";
import { throttled } from "./throttle";
import { type Cohort, WaitingLine } from "./waiting-line";

/** What happens in a step, and what there is at its end. All are messages, but for times. */
export interface Step {
  /** Seconds since the start. */
  readonly at: number;
  readonly arrived: number;
  readonly accepted: number;
  /** Taken by consumers, also to fail. */
  readonly received: number;
  /** Worked on and deleted. */
  readonly done: number;
  readonly deadLetters: number;
  /** Deleted by SQS at the end of their retention. */
  readonly lost: number;
  readonly waiting: number;
  /** Failed, and hidden until their visibility timeout ends. */
  readonly hidden: number;
  /** Seconds for which the oldest message waits that no consumer has had yet. */
  readonly age: number;
}

/** A whole run. */
export interface Simulation {
  /** Length of a step in seconds. */
  readonly step: number;
  readonly steps: readonly Step[];
}

/** At most so many are quick to calculate; there is always a fifth of them, more than a picture is wide. */
const MOST_STEPS = 10_000;

/** Lets the messages flow through the queue, in small steps, until the backlog is gone. */
export function simulate(arrivals: Arrivals, load: QueueLoad): Simulation {
  const horizon = horizonOf(arrivals, load);
  const step = roundStep(horizon / MOST_STEPS);
  const arriving = arrivalsPerStep(arrivals, step, Math.ceil(horizon / step));
  const accepted = throttled(arriving, step, load.throttle);
  const queue = new SimulatedQueue(load, step);
  const steps = Array.from(arriving, (arrived, index) => ({
    arrived,
    ...queue.advance(index, accepted[index] ?? 0),
  }));
  return { step, steps };
}

/** 1, 2 or 5 seconds, or such parts or multiples of them: phases, too, start and end in round times. */
function roundStep(shortest: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(shortest));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * magnitude >= shortest) ?? 10;
  return factor * magnitude;
}

class SimulatedQueue {
  private readonly fresh = new WaitingLine();
  /** Back after a failure: they are older, and go first. */
  private readonly returned = new WaitingLine();
  /** What comes back, by step. */
  private readonly returning = new Map<number, Cohort[]>();
  private hidden = 0;

  constructor(
    private readonly load: QueueLoad,
    private readonly step: number,
  ) {}

  public advance(index: number, accepted: number): Omit<Step, "arrived"> {
    const { consumers, secondsPerMessage, poisonRate, retention } = this.load;
    const at = (index + 1) * this.step;
    const deadLetters = this.comeBack(index);
    this.fresh.add({ sentAt: at, count: accepted, poison: accepted * poisonRate, receives: 0 });
    const oldestKept = at - retention;
    const lost = this.fresh.expire(oldestKept) + this.returned.expire(oldestKept);
    const capacity = (consumers / secondsPerMessage) * this.step;
    const again = this.returned.take(capacity);
    const received = [...again, ...this.fresh.take(capacity - countOf(again))];
    return {
      at,
      accepted,
      received: countOf(received),
      done: countOf(received) - this.fail(received, index),
      deadLetters,
      lost,
      waiting: this.fresh.count + this.returned.count,
      hidden: this.hidden,
      age: this.fresh.count < 1 ? 0 : at - (this.fresh.oldest ?? at),
    };
  }

  /** @returns what goes to the dead-letter queue instead */
  private comeBack(index: number): number {
    const cohorts = this.returning.get(index) ?? [];
    this.returning.delete(index);
    this.hidden = this.returning.size === 0 ? 0 : this.hidden - countOf(cohorts);
    const isDead = ({ receives }: Cohort) => receives >= this.load.maxReceives;
    for (const cohort of cohorts) if (!isDead(cohort)) this.returned.add(cohort);
    return countOf(cohorts.filter(isDead));
  }

  /** @returns how many fail */
  private fail(received: readonly Cohort[], index: number): number {
    const { failureRate, visibilityTimeout } = this.load;
    const failed = received.flatMap(({ sentAt, count, poison, receives }) => {
      const failing = poison + (count - poison) * failureRate;
      return failing > 0 ? [{ sentAt, count: failing, poison, receives: receives + 1 }] : [];
    });
    if (failed.length > 0) {
      this.returning.set(index + Math.max(1, Math.round(visibilityTimeout / this.step)), failed);
    }
    this.hidden += countOf(failed);
    return countOf(failed);
  }
}

function countOf(cohorts: readonly Cohort[]): number {
  return cohorts.reduce((total, { count }) => total + count, 0);
}
