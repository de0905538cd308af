import { runInNewContext } from "node:vm";
import type { AlarmResource, Widget } from "./dashboard-body";
import type { SimulatedMetrics } from "./simulated-metrics";

/** A line of a graph with its values, one a period. */
export interface Series {
  readonly label: string;
  readonly colour: string;
  readonly isRight: boolean;
  readonly period: number;
  readonly values: readonly number[];
}

interface RowOptions {
  readonly id?: string;
  readonly stat?: string;
  readonly visible?: boolean;
  readonly expression?: string;
  readonly label?: string;
  readonly color?: string;
  readonly yAxis?: "right";
}

const DEAD_LETTERS = /-dlq(?:[.]fifo)?$/;

/** The lines that a graph draws. */
export function seriesOf({ properties }: Widget, metrics: SimulatedMetrics): Series[] {
  const { period = 60, metrics: rows = [] } = properties;
  const known: Record<string, readonly number[]> = {};
  return rows.flatMap((row) => {
    const { id, stat = "", visible, expression, label = "", color = "", yAxis } = row.at(-1) as RowOptions;
    const values =
      expression === undefined
        ? metrics.valuesOf({
            metricName: String(row[1]),
            isOfDeadLetters: DEAD_LETTERS.test(String(row[3])),
            statistic: stat,
            period,
          })
        : calculated(expression, known, period);
    if (id !== undefined) known[id] = values;
    return visible === false ? [] : [{ label, colour: color, isRight: yAxis === "right", period, values }];
  });
}

/** Has the alarm gone off, at the end of what is shown? */
export function isInAlarm(alarm: AlarmResource, metrics: SimulatedMetrics): boolean {
  const last = valuesRead(alarm, metrics).slice(-alarm.evaluation_periods);
  return last.filter((value) => value >= alarm.threshold).length >= alarm.datapoints_to_alarm;
}

function valuesRead(alarm: AlarmResource, metrics: SimulatedMetrics): readonly number[] {
  const read = (name: string, dimensions: object | undefined, statistic: string, period: number) =>
    metrics.valuesOf({
      metricName: name,
      isOfDeadLetters: Object.values(dimensions ?? {}).some((value) => DEAD_LETTERS.test(String(value))),
      statistic,
      period,
    });
  const { metric_query: queries, metric_name: name = "", period = 60, statistic, extended_statistic } = alarm;
  if (queries === undefined) {
    return read(name, alarm.dimensions, statistic ?? extended_statistic ?? "", period);
  }
  const known: Record<string, readonly number[]> = {};
  for (const { id, metric } of queries) {
    if (metric) known[id] = read(metric.metric_name, metric.dimensions, metric.stat, metric.period);
  }
  const expression = queries.find((query) => query.expression !== undefined)?.expression ?? "";
  return calculated(expression, known, period);
}

/** CloudWatch's functions, each of one period. The rest of its syntax that the stacks use is JavaScript's as well. */
function calculated(
  expression: string,
  known: Readonly<Record<string, readonly number[]>>,
  period: number,
): number[] {
  const [some = []] = Object.values(known);
  return some.map((_, index) => {
    const values = Object.fromEntries(Object.entries(known).map(([id, all]) => [id, all[index]]));
    const functions = {
      FILL: (value: number) => value,
      IF: (condition: boolean, then: number, otherwise: number) => (condition ? then : otherwise),
      PERIOD: () => period,
    };
    return runInNewContext(expression, { ...values, ...functions }) as number;
  });
}
