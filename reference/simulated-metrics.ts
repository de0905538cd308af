import type { Arrivals } from "../sizing/arrivals";
import { simulate, type Step } from "../sizing/simulation";

/** Seconds that the dashboard shows. */
export const WINDOW = 10_800;

const MINUTE = 60;

/** Requests a second by minute: a quiet morning, a peak, and a quiet rest of it. */
const CORNERS: readonly (readonly [minute: number, rate: number])[] = [
  [0, 22],
  [24, 26],
  [32, 290],
  [42, 310],
  [48, 40],
  [70, 24],
  [180, 20],
];

/** 20 consumers of a third of a second a message drain 60 a second, whatever arrives. */
const LOAD = {
  consumers: 20,
  secondsPerMessage: 1 / 3,
  visibilityTimeout: 30,
  failureRate: 0,
  poisonRate: 0.00001,
  maxReceives: 5,
  retention: 345_600,
  throttle: { rate: 280, burst: 2000 },
};

/** What is asked of a metric. */
export interface MetricQuery {
  readonly metricName: string;
  readonly isOfDeadLetters: boolean;
  readonly statistic: string;
  /** Seconds. */
  readonly period: number;
}

/** Values of CloudWatch's metrics as a peak makes them: those of the queue from the simulation of `npm run sizing`. */
export class SimulatedMetrics {
  private readonly minutes: readonly (readonly Step[])[];

  constructor() {
    const { step, steps } = simulate(arrivals(), LOAD);
    const size = Math.round(MINUTE / step);
    if (size * step !== MINUTE) throw new Error(`steps of ${step} s make no minute`);
    this.minutes = Array.from({ length: WINDOW / MINUTE }, (_, minute) =>
      steps.slice(minute * size, (minute + 1) * size),
    );
  }

  /** A value for each period of the window. */
  public valuesOf({ period, ...query }: MetricQuery): number[] {
    const size = period / MINUTE;
    const values = this.minutes.map((steps, minute) => this.minuteOf(query, steps, minute));
    const isSum = query.statistic === "Sum";
    return Array.from({ length: values.length / size }, (_, index) => {
      const part = values.slice(index * size, (index + 1) * size);
      return isSum ? part.reduce((sum, value) => sum + value, 0) : Math.max(...part);
    });
  }

  private minuteOf(
    { metricName, isOfDeadLetters, statistic }: Omit<MetricQuery, "period">,
    steps: readonly Step[],
    minute: number,
  ): number {
    const sum = (key: keyof Step) => steps.reduce((total, step) => total + step[key], 0);
    const highest = (key: keyof Step) => Math.max(...steps.map((step) => step[key]));
    const refused = sum("arrived") - sum("accepted");
    // How long an answer takes grows with the rate; 99 of 100 keep to the higher value.
    const busy = sum("accepted") / MINUTE / 300;
    switch (metricName) {
      case "Count":
        return Math.round(sum("arrived"));
      case "4XXError":
        return Math.round(refused + sum("arrived") * (0.004 + 0.002 * wave(minute, 5)));
      case "5XXError":
        return minute === 31 || minute === 37 ? 1 : 0;
      case "Latency":
        return statistic === "p50"
          ? 24 + 8 * busy + 3 * wave(minute, 3)
          : 95 + 110 * busy + 22 * wave(minute, 2);
      case "IntegrationLatency":
        return 48 + 60 * busy + 14 * wave(minute, 4);
      case "NumberOfMessagesSent":
        return Math.round(sum("accepted"));
      case "NumberOfMessagesDeleted":
        return Math.round(sum("done"));
      case "ApproximateNumberOfMessagesVisible":
        return isOfDeadLetters ? this.deadLettersUntil(minute) : Math.round(highest("waiting"));
      case "ApproximateNumberOfMessagesNotVisible":
        // Each consumer has one message in its hands.
        return Math.round(Math.min(LOAD.consumers, sum("received")) + highest("hidden"));
      case "ApproximateNumberOfMessagesDelayed":
        return 0;
      case "ApproximateAgeOfOldestMessage":
        return Math.round(highest("age"));
      default:
        throw new Error(`${metricName}: nobody has simulated it`);
    }
  }

  private deadLettersUntil(minute: number): number {
    const all = this.minutes.slice(0, minute + 1).flat();
    return Math.floor(all.reduce((total, { deadLetters }) => total + deadLetters, 0));
  }
}

/** Arrivals are never even: each minute has a rate of its own, always the same one. */
function arrivals(): Arrivals {
  const segments = Array.from({ length: WINDOW / MINUTE }, (_, minute) => {
    const rate = rateAt(minute) * (1 + 0.06 * wave(minute, 1));
    return { from: minute * MINUTE, to: (minute + 1) * MINUTE, startRate: rate, endRate: rate };
  });
  return { base: 20, segments };
}

function rateAt(minute: number): number {
  const next = Math.max(
    1,
    CORNERS.findIndex(([at]) => at > minute),
  );
  const [fromMinute, fromRate] = CORNERS[next - 1] ?? [0, 0];
  const [toMinute, toRate] = CORNERS[next] ?? [1, 0];
  return fromRate + ((toRate - fromRate) * (minute - fromMinute)) / (toMinute - fromMinute);
}

/** From -1 to 1, without a rule that an eye would see. */
function wave(minute: number, seed: number): number {
  return (
    (Math.sin(minute * 1.7 + seed * 5) + Math.sin(minute * 0.61 * seed) + Math.sin(minute * 4.3 + seed)) / 3
  );
}
