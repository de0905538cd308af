import type { MadeAlarm } from "./alarms";
import {
  COLOURS,
  type Graph,
  LEVELING,
  type Line,
  OWN_QUEUE_ROW,
  ROWS,
  type ThresholdLine,
} from "./dashboard-graphs";
import { hasMetric, isOfQueue, type Metric, metricOf, type MetricName, type Watched } from "./metrics";

/** Columns of a dashboard. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const COLUMNS = 24;

const HEIGHTS = { alarms: 2, leveling: 6, row: 5 };

/** A queue beside the first, its alarms, and its key. */
export interface OwnQueue {
  readonly key: string;
  readonly watched: Watched;
  readonly alarms: readonly MadeAlarm[];
}

/**
 * The widgets of the dashboard, which all fit on one screen: alarms, leveling, queue, faults, and what only some stacks have. Senders'
 * own queues have a row each, below.
 */
export function widgetsOf(
  watched: Watched,
  alarms: readonly MadeAlarm[],
  ownQueues: readonly OwnQueue[],
): object[] {
  const allAlarms = [alarms, ...ownQueues.map((own) => own.alarms)].flat();
  const top = allAlarms.length > 0 ? HEIGHTS.alarms : 0;
  const ofStack = { watched, alarms, others: ownQueues.map((own) => own.watched) };
  return [
    ...(top === 0 ? [] : [alarmWidget(allAlarms)]),
    graphWidget(LEVELING, { x: 0, y: top, width: COLUMNS, height: HEIGHTS.leveling }, ofStack),
    ...rowsOfGraphs(watched, alarms, ownQueues).flatMap(({ graphs, shown }, index) => {
      const width = COLUMNS / graphs.length;
      const y = top + HEIGHTS.leveling + index * HEIGHTS.row;
      return graphs.map((graph, column) =>
        graphWidget(graph, { x: column * width, y, width, height: HEIGHTS.row }, shown),
      );
    }),
  ];
}

function rowsOfGraphs(watched: Watched, alarms: readonly MadeAlarm[], ownQueues: readonly OwnQueue[]) {
  const ofStack = ROWS.map((graphs) => ({ graphs, shown: { watched, alarms } }));
  const ofOwn = ownQueues.map(({ key, ...shown }) => ({
    graphs: OWN_QUEUE_ROW.map((graph) => ({
      ...graph,
      title: `${key.replace(/^[/]?/, "/")}: ${graph.title}`,
    })),
    shown,
  }));
  return [...ofStack, ...ofOwn]
    .map(({ graphs, shown }) => ({ graphs: graphs.filter((graph) => isThere(graph, shown.watched)), shown }))
    .filter(({ graphs }) => graphs.length > 0);
}

/** What a graph shows. */
interface Shown {
  readonly watched: Watched;
  readonly alarms: readonly MadeAlarm[];
  /** Other queues, which count together with the first in what is calculated. */
  readonly others?: readonly Watched[];
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function isThere({ lines }: Graph, watched: Watched): boolean {
  return lines.every((line) => metricsOf(line).every((metric) => hasMetric(metric, watched)));
}

function metricsOf(line: Line): readonly MetricName[] {
  return "metric" in line ? [line.metric] : line.metrics;
}

function alarmWidget(alarms: readonly MadeAlarm[]): object {
  return {
    type: "alarm",
    x: 0,
    y: 0,
    width: COLUMNS,
    height: HEIGHTS.alarms,
    properties: { title: "Alarms", alarms: alarms.map(({ arn }) => arn) },
  };
}

function graphWidget(graph: Graph, place: Place, { watched, alarms, others = [] }: Shown): object {
  const { title, unit, rightUnit, hasNegative, period, lines } = graph;
  const axis = (label: string) => ({ label, ...(hasNegative ? {} : { min: 0 }), showUnits: false });
  const thresholds = graph.alarms.flatMap((line) =>
    alarms.filter(({ name }) => name === line.name).map((alarm) => annotationOf(alarm, line)),
  );
  return {
    type: "metric",
    ...place,
    properties: {
      title,
      view: "timeSeries",
      stacked: false,
      region: watched.location.regionName,
      period,
      metrics: lines.flatMap((line) => rowsOf(line, watched, others)),
      yAxis: { left: axis(unit), ...(rightUnit === undefined ? {} : { right: axis(rightUnit) }) },
      ...(thresholds.length > 0 ? { annotations: { horizontal: thresholds } } : {}),
    },
  };
}

function annotationOf({ threshold }: MadeAlarm, { of, isRight }: ThresholdLine): object {
  const side = isRight ? { yAxis: "right" } : {};
  const label = `${of === undefined ? "Alarm" : `${of} alarm`}: ${threshold}`;
  return { label, value: threshold, color: COLOURS.threshold, ...side };
}

/** Rows of a widget's metrics; what is only calculated with is not drawn. */
function rowsOf(line: Line, watched: Watched, others: readonly Watched[]): unknown[] {
  const look = { label: line.label, color: line.colour, ...(line.isRight ? { yAxis: "right" } : {}) };
  if ("metric" in line) return [row(metricOf(line.metric, watched), { stat: line.statistic, ...look })];
  const ids = new Map(line.metrics.map((name) => [name, idsOf(name, others)]));
  const expression = [...ids].reduce(
    (text, [name, all]) => (all.length === 1 ? text : text.replace(name, `SUM([${all.join(", ")}])`)),
    line.expression,
  );
  return [
    ...[...ids].flatMap(([name, all]) =>
      [watched, ...others]
        .slice(0, all.length)
        .map((one, index) => row(metricOf(name, one), { id: all[index], stat: "Sum", visible: false })),
    ),
    [{ expression, id: `${line.metrics.join("_")}_line`, ...look }],
  ];
}

/** Ids of a metric of each queue; of the API there is one. */
function idsOf(name: MetricName, others: readonly Watched[]): string[] {
  return [name, ...(isOfQueue(name) ? others.map((_, index) => `${name}_${index + 2}`) : [])];
}

function row({ namespace, metricName, dimensions, region }: Metric, options: object): unknown[] {
  const elsewhere = region === undefined ? {} : { region };
  return [namespace, metricName, ...Object.entries(dimensions).flat(), { ...options, ...elsewhere }];
}
