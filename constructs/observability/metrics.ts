import type { TargetQueue } from "../queue/target-queue";
import type { AwsLocation } from "../aws-location";
import { ACCESS_LOG_METRICS, type AccessLogMetricName } from "./access-log-metrics";

/** What is watched: the API's stage, the queue, and what the settings make of them. */
export interface Watched {
  readonly location: AwsLocation;
  /** Name of the REST API: CloudWatch does not know its id. */
  readonly apiName: string;
  readonly stageName: string;
  readonly queue: TargetQueue;
  /** Do messages have groups, on a standard queue? */
  readonly isFair: boolean;
  /** Namespace of what is counted in the access log; absent where there is none. */
  readonly accessLogNamespace?: string | undefined;
}

/** A metric of CloudWatch. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Region of its CloudWatch, where it is another one than the stack's, or may be. */
  readonly region?: string;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
const API_METRICS = {
  requests: "Count",
  serverErrors: "5XXError",
  clientErrors: "4XXError",
  latency: "Latency",
  integrationLatency: "IntegrationLatency",
} as const;

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
const QUEUE_METRICS = {
  sent: "NumberOfMessagesSent",
  deleted: "NumberOfMessagesDeleted",
  visible: "ApproximateNumberOfMessagesVisible",
  inFlight: "ApproximateNumberOfMessagesNotVisible",
  delayed: "ApproximateNumberOfMessagesDelayed",
  oldestMessage: "ApproximateAgeOfOldestMessage",
  deduplicated: "NumberOfDeduplicatedSentMessages",
  groupsInFlight: "ApproximateNumberOfGroupsWithInflightMessages",
  quietVisible: "ApproximateNumberOfMessagesVisibleInQuietGroups",
  quietOldestMessage: "ApproximateAgeOfOldestMessageInQuietGroups",
  noisyGroups: "ApproximateNumberOfNoisyGroups",
} as const;

/** What is measured. */
export type MetricName =
  keyof typeof API_METRICS | keyof typeof QUEUE_METRICS | "deadLetters" | AccessLogMetricName;

/** CloudWatch's name of each. */
export const METRIC_NAMES: Readonly<Record<MetricName, string>> = {
  ...API_METRICS,
  ...QUEUE_METRICS,
  deadLetters: QUEUE_METRICS.visible,
  throttled: ACCESS_LOG_METRICS.throttled.metricName,
  integrationErrors: ACCESS_LOG_METRICS.integrationErrors.metricName,
};

/** Is it a metric of the queue, or of its dead-letter queue? */
export function isOfQueue(name: MetricName): boolean {
  return name in QUEUE_METRICS || name === "deadLetters";
}

/** Does what is watched have the metric? */
export function hasMetric(name: MetricName, { queue, isFair, accessLogNamespace }: Watched): boolean {
  if (name === "deadLetters") return queue.deadLetterQueueName !== undefined;
  if (name in ACCESS_LOG_METRICS) return accessLogNamespace !== undefined;
  if (name === "deduplicated" || name === "groupsInFlight") return queue.isFifo;
  if (name === "quietVisible" || name === "quietOldestMessage" || name === "noisyGroups") return isFair;
  return true;
}

/** The metric of what is watched. A stage needs no detailed metrics for these. */
export function metricOf(name: MetricName, watched: Watched): Metric {
  const { apiName, stageName, queue, accessLogNamespace = "" } = watched;
  if (isIn(API_METRICS, name)) {
    const dimensions = { ApiName: apiName, Stage: stageName };
    return { namespace: "AWS/ApiGateway", metricName: API_METRICS[name], dimensions };
  }
  if (isIn(ACCESS_LOG_METRICS, name)) {
    const { metricName } = ACCESS_LOG_METRICS[name];
    return { namespace: accessLogNamespace, metricName, dimensions: {} };
  }
  const isOfDeadLetters = name === "deadLetters";
  return {
    namespace: "AWS/SQS",
    metricName: QUEUE_METRICS[isOfDeadLetters ? "visible" : name],
    dimensions: { QueueName: (isOfDeadLetters ? queue.deadLetterQueueName : undefined) ?? queue.queueName },
    ...(isElsewhere(watched) ? { region: queue.regionName } : {}),
  };
}

/** Is the queue in a Region or an account that may be others than the stack's? A queue of the stack's own never is. */
export function isElsewhere({ queue, location }: Watched): boolean {
  return queue.accountId !== location.accountId || queue.regionName !== location.regionName;
}

function isIn<T extends object>(names: T, name: PropertyKey): name is keyof T {
  return name in names;
}
