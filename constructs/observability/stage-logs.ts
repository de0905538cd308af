import type { ApiGatewayStageConfig } from "@cdktf/provider-aws/lib/api-gateway-stage";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { RestApiReference } from "../api/target-api";
import type { AwsLocation } from "../aws-location";
import { type Checked, part, type Rule } from "../setting";
import { ACCESS_LOG_SETTINGS, AccessLog } from "./access-log";
import { CLOUDWATCH_ROLE_SETTINGS, CloudwatchRole } from "./cloudwatch-role";
import { createExecutionLogGroup, EXECUTION_LOG_SETTINGS } from "./execution-log";
import { LOG_GROUP_SETTINGS } from "./log-group";
import { TRACING_SETTINGS } from "./tracing";

/** Settings of what a stage tells of its requests. */
export const STAGE_LOGS_SETTINGS = {
  ...ACCESS_LOG_SETTINGS,
  ...EXECUTION_LOG_SETTINGS,
  ...LOG_GROUP_SETTINGS,
  ...TRACING_SETTINGS,
  ...CLOUDWATCH_ROLE_SETTINGS,
};

type Settings = typeof STAGE_LOGS_SETTINGS;

/** What has to hold between them. */
export const STAGE_LOGS_RULES: readonly Rule<Settings>[] = [
  {
    setting: "accessLogFormat",
    isBroken: ({ accessLog, accessLogFormat }) => accessLogFormat !== undefined && accessLog !== true,
    anyValueIsWrong: true,
    wrong: "is the format of an access log that is off",
    allowed: "this setting together with `accessLog`: true",
    mend: "Write that, or drop it.",
  },
  {
    setting: ["logRetentionDays", "logEncryptionKeyArn", "keepLogs"],
    isBroken: ({ accessLog, executionLogLevel = "OFF", ...facts }, setting) =>
      isSaid(facts[setting as "keepLogs"]) && accessLog !== true && executionLogLevel === "OFF",
    anyValueIsWrong: true,
    wrong: "is about logs, and there are none",
    allowed: "this setting together with `accessLog`: true or `executionLogLevel`",
    mend: "Write one of those, or drop it.",
  },
];

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== false;
}

/** Props of {@link StageLogs}. */
export interface StageLogsProps {
  readonly restApi: RestApiReference;
  readonly apiName: string;
  readonly stageName: string;
  readonly location: AwsLocation;
  /** Variable of `$context` that names the caller; absent: there is none. */
  readonly principal: string | undefined;
  /** Header whose value is a secret. */
  readonly secretHeader: string | undefined;
  readonly settings: Checked<Settings>;
}

/** What a stage tells of its requests, made before the stage: logs, their groups, the role that writes them, and traces. */
export class StageLogs extends Construct {
  public readonly accessLog?: AccessLog;
  /** What the stage says of it. */
  public readonly stageConfig: Pick<
    ApiGatewayStageConfig,
    "accessLogSettings" | "xrayTracingEnabled" | "dependsOn"
  >;
  /** What is to be told at synthesis. */
  public readonly notes: readonly string[];

  constructor(scope: Construct, id: string, props: StageLogsProps) {
    super(scope, id);
    const { restApi, apiName, stageName, location, principal, settings } = props;
    const ofGroups = part(LOG_GROUP_SETTINGS, settings);
    const { accessLog, accessLogFormat, executionLogLevel, xrayTracing, cloudwatchRole } = settings;
    const waitsFor: ITerraformDependable[] = [];
    if (cloudwatchRole) waitsFor.push(new CloudwatchRole(this, "CloudwatchRole", restApi).stack);
    if (executionLogLevel !== "OFF") {
      const group = { restApiId: restApi.id, stageName, location, settings: ofGroups };
      waitsFor.push(createExecutionLogGroup(this, "ExecutionLogGroup", group));
    }
    if (accessLog) {
      const ofLog = { ...ofGroups, accessLogFormat };
      this.accessLog = new AccessLog(this, "AccessLog", { apiName, location, principal, settings: ofLog });
    }
    this.notes = notesOn(props);
    this.stageConfig = {
      xrayTracingEnabled: xrayTracing,
      ...(this.accessLog && { accessLogSettings: this.accessLog.stageSettings }),
      ...(waitsFor.length > 0 && { dependsOn: waitsFor }),
    };
  }
}

function notesOn({ settings, secretHeader }: StageLogsProps): string[] {
  const { accessLog, executionLogLevel, cloudwatchRole } = settings;
  const hasExecutionLog = executionLogLevel !== "OFF";
  const logs = [...(accessLog ? ["`accessLog`"] : []), ...(hasExecutionLog ? ["`executionLogLevel`"] : [])];
  return [
    ...(logs.length > 0 && !cloudwatchRole ? [`${logs.join(", ")}: ${NEEDS_A_ROLE}`] : []),
    ...(hasExecutionLog && secretHeader !== undefined
      ? [`\`executionLogLevel\`: ${MAY_SHOW_THE_SECRET}`]
      : []),
  ];
}

const NEEDS_A_ROLE =
  'API Gateway writes logs with one role for all APIs of an account and Region, and without one it refuses the stage. Is cloudwatchRoleArn in what "aws apigateway get-account" answers? If not, write `cloudwatchRole`: true in one stack.';

const MAY_SHOW_THE_SECRET =
  "AWS does not say whether this log shows the value of `secretHeader`. Look at it before many may read it, and switch it off when the fault is found.";
