import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";

/**
 * What only the access log tells: API Gateway has no metric of throttled requests, nor of its integration's errors. The
 * fields are those of `aws/access-log-format.ts`, all texts.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export const ACCESS_LOG_METRICS = {
  throttled: {
    metricName: "ThrottledRequests",
    // The status alone would miss an API whose gateway responses say something else, the type alone SQS's own throttling.
    pattern: '{ $.status = "429" || $.errorType = "THROTTLED" || $.errorType = "QUOTA_EXCEEDED" }',
  },
  integrationErrors: {
    metricName: "IntegrationErrors",
    // A 4xx of SQS's is often the caller's mistake; what is answered 5xx is not.
    pattern: '{ $.status = "5*" && ($.integrationStatus = "4*" || $.integrationStatus = "5*") }',
  },
} as const;

/** Name of a metric of the access log. */
export type AccessLogMetricName = keyof typeof ACCESS_LOG_METRICS;

/** Props of {@link AccessLogMetrics}. */
export interface AccessLogMetricsProps {
  readonly logGroupName: string;
  readonly namespace: string;
  readonly names: readonly AccessLogMetricName[];
}

/** Counts lines of the access log. A metric costs 0.30 dollars a month, for the hours in which there is something to count. */
export class AccessLogMetrics extends Construct {
  constructor(scope: Construct, id: string, { logGroupName, namespace, names }: AccessLogMetricsProps) {
    super(scope, id);
    for (const { metricName, pattern } of names.map((name) => ACCESS_LOG_METRICS[name])) {
      new CloudwatchLogMetricFilter(this, metricName, {
        name: metricName,
        logGroupName,
        pattern,
        metricTransformation: { name: metricName, namespace, value: "1", unit: "Count" },
      });
    }
  }
}
