import { ALARM_KINDS } from "./alarm-list";
import type { ThresholdName } from "./alarm-settings";
import type { MadeAlarm } from "./alarms";
import { hasMetric, type Metric, metricOf, type MetricName, type Watched } from "./metrics";

/** A line of a graph: a statistic of a metric, or what is calculated from some. */
type Line = {
  readonly label: string;
  readonly colour: string;
  readonly isRight?: true;
} & (
  | { readonly metric: MetricName; readonly statistic: string }
  | { readonly expression: string; readonly metrics: readonly MetricName[] }
);

/** The threshold of an alarm, and where there are several of which line it is. */
interface ThresholdLine {
  readonly name: ThresholdName;
  readonly of?: string;
  readonly isRight?: true;
}

/** A graph: what it shows, and the alarms whose thresholds are lines in it. */
interface Graph {
  readonly title: string;
  readonly unit: string;
  readonly rightUnit?: string;
  /** Does it fall below nothing? */
  readonly hasNegative?: true;
  readonly period: number;
  readonly lines: readonly Line[];
  readonly alarms: readonly ThresholdLine[];
}

const COLOURS = {
  arrivals: "#c2410c",
  sends: "#ca8a04",
  drains: "#0f766e",
  backlog: "#1d4ed8",
  inFlight: "#0e7490",
  delayed: "#94a3b8",
  age: "#7e22ce",
  error: "#b91c1c",
  refused: "#d97706",
  threshold: "#dc2626",
};

/** Messages a second that a metric counts. */
function perSecond(metric: MetricName, label: string, colour: string): Line {
  return { expression: `${metric} / PERIOD(${metric})`, metrics: [metric], label, colour };
}

const LEVELING: Graph = {
  title: "Load leveling: arrivals peak, drains stay level",
  unit: "Messages a second",
  period: 60,
  lines: [
    perSecond("requests", "Arrivals (requests)", COLOURS.arrivals),
    perSecond("sent", "Sends (queued)", COLOURS.sends),
    perSecond("deleted", "Drains (done)", COLOURS.drains),
  ],
  alarms: [],
};

const QUEUE_ROW: readonly Graph[] = [
  {
    title: "Backlog",
    unit: "Messages",
    period: 60,
    lines: [
      { metric: "visible", statistic: "Maximum", label: "Waiting", colour: COLOURS.backlog },
      { metric: "inFlight", statistic: "Maximum", label: "In flight", colour: COLOURS.inFlight },
      { metric: "delayed", statistic: "Maximum", label: "Delayed", colour: COLOURS.delayed },
    ],
    alarms: [{ name: "backlog" }],
  },
  {
    title: "Backlog growth",
    unit: "Messages in 5 minutes",
    hasNegative: true,
    period: 300,
    lines: [{ ...calculated("backlogGrowth"), label: "Sent − deleted", colour: COLOURS.backlog }],
    alarms: [{ name: "backlogGrowth" }],
  },
  {
    title: "Age of the oldest message",
    unit: "Seconds",
    period: 60,
    lines: [{ metric: "oldestMessage", statistic: "Maximum", label: "Age", colour: COLOURS.age }],
    alarms: [{ name: "oldestMessageSeconds" }],
  },
];

const FAULTS_ROW: readonly Graph[] = [
  {
    title: "Errors",
    unit: "Answers in 5 minutes",
    rightUnit: "%",
    period: 300,
    lines: [
      { metric: "serverErrors", statistic: "Sum", label: "5xx", colour: COLOURS.error },
      { ...calculated("clientErrorPercent"), label: "4xx, %", colour: COLOURS.refused, isRight: true },
    ],
    alarms: [
      { name: "serverErrors", of: "5xx" },
      { name: "clientErrorPercent", of: "4xx", isRight: true },
    ],
  },
  {
    title: "Latency",
    unit: "Milliseconds",
    period: 60,
    lines: [
      { metric: "latency", statistic: "p99", label: "API p99", colour: COLOURS.arrivals },
      { metric: "latency", statistic: "p50", label: "API p50", colour: COLOURS.sends },
      { metric: "integrationLatency", statistic: "p99", label: "SQS p99", colour: COLOURS.drains },
    ],
    alarms: [
      { name: "p99Milliseconds", of: "API" },
      { name: "integrationP99Milliseconds", of: "SQS" },
    ],
  },
  {
    title: "Dead letters",
    unit: "Messages",
    period: 60,
    lines: [{ metric: "deadLetters", statistic: "Maximum", label: "Waiting", colour: COLOURS.error }],
    alarms: [{ name: "deadLetters" }],
  },
];

/** What only some stacks have. */
const MORE_ROW: readonly Graph[] = [
  {
    title: "Fair queue: groups that are not noisy",
    unit: "Messages",
    rightUnit: "Seconds",
    period: 60,
    lines: [
      { metric: "quietVisible", statistic: "Maximum", label: "Waiting", colour: COLOURS.backlog },
      {
        metric: "quietOldestMessage",
        statistic: "Maximum",
        label: "Age, s",
        colour: COLOURS.age,
        isRight: true,
      },
    ],
    alarms: [
      { name: "quietGroupsBacklog", of: "Waiting" },
      { name: "quietGroupsOldestMessageSeconds", of: "Age", isRight: true },
    ],
  },
  {
    title: "Fair queue: noisy groups",
    unit: "Groups",
    period: 60,
    lines: [{ metric: "noisyGroups", statistic: "Maximum", label: "Noisy", colour: COLOURS.refused }],
    alarms: [{ name: "noisyGroups" }],
  },
  {
    title: "FIFO: messages taken for repeats",
    unit: "Messages in 5 minutes",
    period: 300,
    lines: [{ metric: "deduplicated", statistic: "Sum", label: "Dropped", colour: COLOURS.refused }],
    alarms: [{ name: "deduplicatedMessages" }],
  },
  {
    title: "FIFO: groups in flight",
    unit: "Groups",
    period: 60,
    lines: [{ metric: "groupsInFlight", statistic: "Maximum", label: "In flight", colour: COLOURS.inFlight }],
    alarms: [],
  },
  {
    title: "Throttled and refused by SQS",
    unit: "Answers in 5 minutes",
    period: 300,
    lines: [
      { metric: "throttled", statistic: "Sum", label: "429", colour: COLOURS.refused },
      { metric: "integrationErrors", statistic: "Sum", label: "5xx of SQS's", colour: COLOURS.error },
    ],
    alarms: [
      { name: "throttledRequests", of: "429" },
      { name: "integrationErrors", of: "5xx" },
    ],
  },
];

/** What an alarm calculates, so that its graph shows what it sees. */
function calculated(name: "backlogGrowth" | "clientErrorPercent") {
  const { reading } = ALARM_KINDS[name];
  if (!("expression" in reading)) throw new Error(`${name} calculates nothing`);
  return reading;
}

/** Columns of a dashboard. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const COLUMNS = 24;

const HEIGHTS = { alarms: 2, leveling: 6, row: 5 };

/** The widgets of the dashboard, which all fit on one screen: alarms, leveling, queue, faults, and what only some stacks have. */
export function widgetsOf(watched: Watched, alarms: readonly MadeAlarm[]): object[] {
  const top = alarms.length > 0 ? HEIGHTS.alarms : 0;
  const rows = [QUEUE_ROW, FAULTS_ROW, MORE_ROW].map((row) => row.filter((graph) => isThere(graph, watched)));
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
