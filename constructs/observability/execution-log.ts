import type { ApiGatewayMethodSettingsSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import * as v from "valibot";
import type { SECRET_HEADER_SETTINGS } from "../api/secret-header";
import type { AwsLocation } from "../aws-location";
import { flag, oneOf } from "../schema";
import type { Checked, Only, Rule } from "../setting";
import { createLogGroup, type LogGroupSettings } from "./log-group";

/** Settings of what API Gateway tells of the work of the methods. */
export const EXECUTION_LOG_SETTINGS = {
  /**
   * What API Gateway writes of its own steps, in several lines a request: `ERROR` those that fail, `INFO` all. For finding a fault, then
   * off again. CloudWatch Logs costs about 0.50 dollars a gigabyte. AWS says that parameters of requests may be in it, without
   * Authorization and API keys. Needs the account's role: `cloudwatchRole`.
   */
  executionLogLevel: v.optional(
    oneOf(["OFF", "ERROR", "INFO"], "is not a level of the execution log", 'Write for example "ERROR".'),
    "OFF",
  ),
  /**
   * The execution log has whole requests and answers, too: every body, every header that is forwarded or compared, tokens in headers other
   * than Authorization. Not for production, says AWS.
   */
  executionLogFullData: v.optional(flag("log whole requests and answers"), false),
  /**
   * CloudWatch's metrics for each method besides those of the stage: count, 4xx, 5xx and two latencies, about 0.30 dollars each a month
   * while the method is called, so 1.50 a method.
   */
  detailedMetrics: v.optional(flag("have metrics of each method"), false),
};

type Settings = typeof EXECUTION_LOG_SETTINGS & typeof SECRET_HEADER_SETTINGS;

/** What has to hold between them. */
export const EXECUTION_LOG_RULES: readonly Rule<Settings>[] = [
  {
    setting: "executionLogFullData",
    isBroken: ({ executionLogFullData, executionLogLevel = "OFF" }) =>
      executionLogFullData === true && executionLogLevel === "OFF",
    wrong: "is data of an execution log that is off",
    allowed: 'this setting together with `executionLogLevel`: "ERROR" or "INFO"',
    mend: "Write that, or drop it.",
  },
  {
    setting: "executionLogFullData",
    isBroken: ({ executionLogFullData, secretHeader }) =>
      executionLogFullData === true && secretHeader !== undefined,
    wrong: "would log the secret with each request",
    allowed: "this setting without `secretHeader`",
    mend: "Drop it.",
  },
];

type ExecutionLogSettings = Checked<typeof EXECUTION_LOG_SETTINGS>;

/** What every method's settings say of logs and metrics: the provider keeps what AWS has of these where they are left out. */
export function methodLogging({
  executionLogLevel,
  executionLogFullData,
  detailedMetrics,
}: Only<keyof ExecutionLogSettings, ExecutionLogSettings>): ApiGatewayMethodSettingsSettings {
  return {
    metricsEnabled: detailedMetrics,
    loggingLevel: executionLogLevel,
    dataTraceEnabled: executionLogFullData,
  };
}

/** Props of {@link createExecutionLogGroup}. */
export interface ExecutionLogGroupProps {
  readonly restApiId: string;
  readonly stageName: string;
  readonly location: AwsLocation;
  readonly settings: LogGroupSettings;
}

/**
 * Makes the group of a stage's execution log, whose name is API Gateway's: it would make a group itself that keeps its logs for ever.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export function createExecutionLogGroup(
  scope: Construct,
  id: string,
  { restApiId, stageName, ...group }: ExecutionLogGroupProps,
): CloudwatchLogGroup {
  return createLogGroup(scope, id, {
    name: `API-Gateway-Execution-Logs_${restApiId}/${stageName}`,
    ...group,
  });
}
