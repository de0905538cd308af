import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Op } from "cdktf";
import { Construct } from "constructs";
import { ALARM_KINDS, type AlarmKind, metricsRead } from "./alarm-list";
import type { AlarmThresholds, ThresholdName } from "./alarm-settings";
import { hasMetric, isElsewhere, isOfQueue, metricOf, type MetricName, type Watched } from "./metrics";

/** Props of {@link Alarms}. */
export interface AlarmsProps {
  /** What the alarms' names begin with. CloudWatch takes an alarm of a name that it has for a change of that one. */
  readonly namePrefix: string;
  readonly watched: Watched;
  readonly settings: AlarmThresholds;
  /**
   * Key of the queue beside the first that is watched, and nothing else.
   * @default - the API and its queue
   */
  readonly ownQueueKey?: string;
}

/** An alarm that goes off at a value. */
export interface MadeAlarm {
  readonly name: ThresholdName;
  readonly threshold: number;
  readonly arn: string;
}

/**
 * Alarms of the API and the queue, those whose metrics are there. A quiet API or queue is no alarm.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export class Alarms extends Construct {
  /** Those that are made. */
  public readonly made: readonly MadeAlarm[];

  constructor(scope: Construct, id: string, { namePrefix, watched, settings, ownQueueKey }: AlarmsProps) {
    super(scope, id);
    const { topics } = settings;
    const wanted = alarmsOf(settings, watched).filter(
      ({ name }) => ownQueueKey === undefined || metricsRead(ALARM_KINDS[name]).some(isOfQueue),
    );
    this.made = wanted.map(({ name, threshold }) => {
      const kind = ALARM_KINDS[name];
      const { arn } = new CloudwatchMetricAlarm(this, pascalCase(name), {
        alarmName: `${namePrefix}-${separated(name, "-")}`,
        alarmDescription: `${ownQueueKey === undefined ? "" : `Queue of ${ownQueueKey.replace(/^[/]?/, "/")}. `}${descriptionOf(name, threshold)}`,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold,
        evaluationPeriods: kind.periods,
        datapointsToAlarm: kind.datapoints,
        treatMissingData: kind.missing,
        alarmActions: [...topics],
        okActions: [...topics],
        ...readingOf(name, watched),
        ...lifecycleOf(kind, watched),
      });
      return { name, threshold, arn };
    });
  }
}

/** The alarms that thresholds make of what is watched, those that are off left out. */
function alarmsOf({ queueAlarms, topics: _topics, ...thresholds }: AlarmThresholds, watched: Watched) {
  return Object.entries(thresholds).flatMap(([key, threshold]) => {
    const name = key as ThresholdName;
    const metrics = metricsRead(ALARM_KINDS[name]);
    const isThere = metrics.every((metric) => hasMetric(metric, watched));
    const isWanted = queueAlarms || !metrics.some(isOfQueue);
    return threshold === false || !isThere || !isWanted ? [] : [{ name, threshold }];
  });
}

function descriptionOf(name: ThresholdName, threshold: number): string {
  const { what, first, runbook } = ALARM_KINDS[name];
  return `${what} ${first} Runbook: "${runbook}" in docs/runbook.md. Threshold: ${threshold}, setting alarms.${separated(name, "_")}.`;
}

function readingOf(name: ThresholdName, watched: Watched): Partial<CloudwatchMetricAlarmConfig> {
  const { reading, period } = ALARM_KINDS[name];
  if ("expression" in reading) {
    return {
      metricQuery: [
        ...reading.metrics.map((metric) => ({
          id: metric,
          metric: { ...plain(metric, watched), period, stat: "Sum" },
        })),
        { id: "alarm", expression: reading.expression, label: separated(name, " "), returnData: true },
      ],
    };
  }
  const metric = { ...plain(reading.metric, watched), period };
  if (reading.statistic !== "p99") return { ...metric, statistic: reading.statistic };
  // A percentile of a few answers is the slowest of them.
  return { ...metric, extendedStatistic: reading.statistic, evaluateLowSampleCountPercentiles: "ignore" };
}

function plain(name: MetricName, watched: Watched) {
  const { namespace, metricName, dimensions } = metricOf(name, watched);
  const hasDimensions = Object.keys(dimensions).length > 0;
  return { namespace, metricName, ...(hasDimensions ? { dimensions } : {}) };
}

/** A queue's metrics are in the CloudWatch of its own account and Region, where this stack has no alarms. */
function lifecycleOf(kind: AlarmKind, watched: Watched): Pick<CloudwatchMetricAlarmConfig, "lifecycle"> {
  if (!isElsewhere(watched) || !metricsRead(kind).some(isOfQueue)) return {};
  const { queue, location } = watched;
  return {
    lifecycle: {
      precondition: [
        {
          condition: Op.and(
            Op.eq(queue.accountId, location.accountId),
            Op.eq(queue.regionName, location.regionName),
          ),
          errorMessage: `alarms: would watch a queue whose metrics are in the CloudWatch of another account or Region, got ${queue.arn}; the stack is in ${location.accountId} and ${location.regionName}. Write "queue_alarms": false, and have its owner watch it.`,
        },
      ],
    },
  };
}

function pascalCase(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** `backlogGrowth` → `backlog-growth`. */
function separated(name: string, separator: string): string {
  return name.replace(/[A-Z]/g, (letter) => `${separator}${letter.toLowerCase()}`);
}
