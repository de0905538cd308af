import type { ThresholdName } from "./alarm-settings";
import type { MetricName } from "./metrics";

/** What an alarm reads in each period: a statistic of a metric, or what is calculated from some. */
type Reading =
  | { readonly metric: MetricName; readonly statistic: "Sum" | "Maximum" | "p99" }
  | { readonly expression: string; readonly metrics: readonly MetricName[] };

/** An alarm of each kind: it goes off at its threshold, and above. */
export interface AlarmKind {
  readonly reading: Reading;
  /** Seconds. */
  readonly period: number;
  /** In so many of so many periods. */
  readonly datapoints: number;
  readonly periods: number;
  /**
   * What a period without data means. Where events are counted, none happened: `notBreaching`. Where a level is measured,
   * nothing is known, and the alarm stays as it is: `ignore`. SQS measures an idle queue no more, and the dead letters in it are
   * there still.
   */
  readonly missing: "notBreaching" | "ignore";
  /** What is wrong, behind which the threshold stands in words. */
  readonly what: string;
  /** What to do first. */
  readonly first: string;
  /** Section of docs/runbook.md. */
  readonly runbook: string;
}

const EVENTS = { period: 300, datapoints: 1, periods: 1, missing: "notBreaching" } as const;
const LEVEL = { period: 60, datapoints: 3, periods: 3, missing: "ignore" } as const;
const LATENCY = { period: 60, datapoints: 3, periods: 5, missing: "notBreaching" } as const;

/** Answers of five minutes that are enough to speak of a hundred. */
const ENOUGH = 20;

/** The alarms by their thresholds, as docs/monitoring.md lists them. */
export const ALARM_KINDS: Readonly<Record<ThresholdName, AlarmKind>> = {
  serverErrors: {
    ...EVENTS,
    reading: { metric: "serverErrors", statistic: "Sum" },
    what: "The API answers 5xx: senders got no message into the queue, unless they try again.",
    first: "Ask whether it is the authorizer, the queue's policy or key, or AWS itself.",
    runbook: "5xx",
  },
  clientErrorPercent: {
    ...EVENTS,
    reading: {
      expression: `IF(requests >= ${ENOUGH}, 100 * clientErrors / requests, 0)`,
      metrics: ["requests", "clientErrors"],
    },
    datapoints: 2,
    periods: 2,
    what: "The API refuses many requests with 4xx: wrong tokens, wrong bodies, or too many requests.",
    first: "Ask which status it is, and whether one sender has changed.",
    runbook: "First: does it work now?",
  },
  p99Milliseconds: {
    ...LATENCY,
    reading: { metric: "latency", statistic: "p99" },
    what: "The API answers slowly: senders may give up, and send again.",
    first: "Compare with IntegrationLatency: what is between them is mostly the authorizer.",
    runbook: "First: does it work now?",
  },
  integrationP99Milliseconds: {
    ...LATENCY,
    reading: { metric: "integrationLatency", statistic: "p99" },
    what: "SQS answers API Gateway slowly.",
    first: "Look at AWS's health page, and at KMS's limits if the queue has a customer's key.",
    runbook: "First: does it work now?",
  },
  oldestMessageSeconds: {
    ...LEVEL,
    reading: { metric: "oldestMessage", statistic: "Maximum" },
    what: "Messages wait longer than they may.",
    first: "Ask whether consumers run, then whether they keep up.",
    runbook: "Backlog grows",
  },
  backlog: {
    ...LEVEL,
    reading: { metric: "visible", statistic: "Maximum" },
    what: "More messages wait than expected.",
    first: "Compare arrivals and drains: a peak passes by itself, consumers that stand still don't.",
    runbook: "Backlog grows",
  },
  backlogGrowth: {
    ...EVENTS,
    reading: { expression: "FILL(sent, 0) - FILL(deleted, 0)", metrics: ["sent", "deleted"] },
    datapoints: 6,
    periods: 6,
    what: "For half an hour consumers have deleted fewer messages than were sent.",
    first: "Add consumers, or find out why they are slower than before.",
    runbook: "Backlog grows",
  },
  deadLetters: {
    ...LEVEL,
    datapoints: 1,
    periods: 1,
    reading: { metric: "deadLetters", statistic: "Maximum" },
    what: "Consumers failed on messages, which are in the dead-letter queue now, for 14 days.",
    first: "Look at one: npm run queue -- STACK peek --dead-letters. Redrive when consumers are mended.",
    runbook: "Dead letters",
  },
  deduplicatedMessages: {
    ...EVENTS,
    reading: { metric: "deduplicated", statistic: "Sum" },
    what: "SQS takes messages for repeats of others and drops them, though senders get a 2xx.",
    first: "Ask whether senders try again for want of an answer, or give different messages one id.",
    runbook: "First: does it work now?",
  },
  quietGroupsOldestMessageSeconds: {
    ...LEVEL,
    reading: { metric: "quietOldestMessage", statistic: "Maximum" },
    what: "Messages wait too long though their groups send little.",
    first: "Ask whether consumers keep up at all; then which group sends so much.",
    runbook: "Backlog grows",
  },
  quietGroupsBacklog: {
    ...LEVEL,
    reading: { metric: "quietVisible", statistic: "Maximum" },
    what: "Many messages wait though their groups send little.",
    first: "Ask whether consumers keep up at all; then which group sends so much.",
    runbook: "Backlog grows",
  },
  noisyGroups: {
    ...LEVEL,
    datapoints: 15,
    periods: 15,
    reading: { metric: "noisyGroups", statistic: "Maximum" },
    what: "Groups send so much that SQS holds them back.",
    first: "Find the sender of the group, and limit it by an API key.",
    runbook: "Backlog grows",
  },
  throttledRequests: {
    ...EVENTS,
    reading: { metric: "throttled", statistic: "Sum" },
    what: "Requests are answered 429: senders have to try again.",
    first: "Read errorType in the access log: THROTTLED is the stage or a usage plan, none is SQS.",
    runbook: "Throttled",
  },
  integrationErrors: {
    ...EVENTS,
    reading: { metric: "integrationErrors", statistic: "Sum" },
    what: "SQS refuses API Gateway's requests: a policy, a key, or a queue that is gone.",
    first: "Read integrationStatus in the access log, and try one request by hand.",
    runbook: "5xx",
  },
};

/** The metrics that an alarm reads: each is billed. */
export function metricsRead({ reading }: AlarmKind): readonly MetricName[] {
  return "metric" in reading ? [reading.metric] : reading.metrics;
}
