import type { MadeAlarm } from "./alarms";
import { COLOURS, type Graph, LEVELING, type Line, ROWS, type ThresholdLine } from "./dashboard-graphs";
import { hasMetric, type Metric, metricOf, type MetricName, type Watched } from "./metrics";

/** Columns of a dashboard. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const COLUMNS = 24;

const HEIGHTS = { alarms: 2, leveling: 6, row: 5 };

/** The widgets of the dashboard, which all fit on one screen: alarms, leveling, queue, faults, and what only some stacks have. */
export function widgetsOf(watched: Watched, alarms: readonly MadeAlarm[]): object[] {
  const top = alarms.length > 0 ? HEIGHTS.alarms : 0;
  const rows = ROWS.map((row) => row.filter((graph) => isThere(graph, watched)));
  return [
    ...(top === 0 ? [] : [alarmWidget(alarms)]),
    graphWidget(LEVELING, { x: 0, y: top, width: COLUMNS, height: HEIGHTS.leveling }, watched, alarms),
    ...rows.flatMap((row, index) => {
      const width = COLUMNS / row.length;
      const y = top + HEIGHTS.leveling + index * HEIGHTS.row;
      return row.map((graph, column) =>
        graphWidget(graph, { x: column * width, y, width, height: HEIGHTS.row }, watched, alarms),
      );
    }),
  ];
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

function graphWidget(graph: Graph, place: Place, watched: Watched, alarms: readonly MadeAlarm[]): object {
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
      metrics: lines.flatMap((line) => rowsOf(line, watched)),
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
function rowsOf(line: Line, watched: Watched): unknown[] {
  const look = { label: line.label, color: line.colour, ...(line.isRight ? { yAxis: "right" } : {}) };
  if ("metric" in line) return [row(metricOf(line.metric, watched), { stat: line.statistic, ...look })];
  return [
    ...line.metrics.map((name) => row(metricOf(name, watched), { id: name, stat: "Sum", visible: false })),
    [{ expression: line.expression, id: `${line.metrics.join("_")}_line`, ...look }],
  ];
}

function row({ namespace, metricName, dimensions, region }: Metric, options: object): unknown[] {
  const elsewhere = region === undefined ? {} : { region };
  return [namespace, metricName, ...Object.entries(dimensions).flat(), { ...options, ...elsewhere }];
}
