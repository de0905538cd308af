import { ALARM_KINDS } from "./alarm-list";
import type { ThresholdName } from "./alarm-settings";
import type { MetricName } from "./metrics";

/** A line of a graph: a statistic of a metric, or what is calculated from some. */
export type Line = {
  readonly label: string;
  readonly colour: string;
  readonly isRight?: true;
} & (
  | { readonly metric: MetricName; readonly statistic: string }
  | { readonly expression: string; readonly metrics: readonly MetricName[] }
);

/** The threshold of an alarm, and where there are several of which line it is. */
export interface ThresholdLine {
  readonly name: ThresholdName;
  readonly of?: string;
  readonly isRight?: true;
}

/** A graph: what it shows, and the alarms whose thresholds are lines in it. */
export interface Graph {
  readonly title: string;
  readonly unit: string;
  readonly rightUnit?: string;
  /** Does it fall below nothing? */
  readonly hasNegative?: true;
  readonly period: number;
  readonly lines: readonly Line[];
  readonly alarms: readonly ThresholdLine[];
}

/** Colours of lines and thresholds. */
export const COLOURS = {
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

/** The most that there was of something at once. */
function highest(metric: MetricName, label: string, colour: string): Line {
  return { metric, statistic: "Maximum", label, colour };
}

/** What the dashboard is for: it stands first, over the whole width. */
export const LEVELING: Graph = {
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
      highest("visible", "Waiting", COLOURS.backlog),
      highest("inFlight", "In flight", COLOURS.inFlight),
      highest("delayed", "Delayed", COLOURS.delayed),
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
    lines: [highest("oldestMessage", "Age", COLOURS.age)],
    alarms: [{ name: "oldestMessageSeconds" }],
  },
];

const DEAD_LETTERS: Graph = {
  title: "Dead letters",
  unit: "Messages",
  period: 60,
  lines: [highest("deadLetters", "Waiting", COLOURS.error)],
  alarms: [{ name: "deadLetters" }],
};

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
  DEAD_LETTERS,
];

/** What only some stacks have. */
const MORE_ROW: readonly Graph[] = [
  {
    title: "Fair queue: groups that are not noisy",
    unit: "Messages",
    rightUnit: "Seconds",
    period: 60,
    lines: [
      highest("quietVisible", "Waiting", COLOURS.backlog),
      { ...highest("quietOldestMessage", "Age, s", COLOURS.age), isRight: true },
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
    lines: [highest("noisyGroups", "Noisy", COLOURS.refused)],
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
    lines: [highest("groupsInFlight", "In flight", COLOURS.inFlight)],
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

/** The row of a sender's own queue. */
export const OWN_QUEUE_ROW: readonly Graph[] = [...QUEUE_ROW, DEAD_LETTERS];

/** The rows below, in order. */
export const ROWS: readonly (readonly Graph[])[] = [QUEUE_ROW, FAULTS_ROW, MORE_ROW];
