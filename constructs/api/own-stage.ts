import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import type { Construct } from "constructs";
import type { Authorization } from "../authorizer/authorization";
import type { AwsLocation } from "../aws-location";
import { CustomDomain } from "../front/custom-domain";
import { WebAcl } from "../front/web-acl";
import { EXECUTION_LOG_SETTINGS, methodLogging } from "../observability/execution-log";
import { STAGE_LOGS_SETTINGS, StageLogs } from "../observability/stage-logs";
import type { TargetQueue } from "../queue/target-queue";
import { part } from "../setting";
import { ApiDeployment, type DeployedParts, STAGE_SETTINGS } from "./api-deployment";
import type { ApiSettings } from "./api-settings";
import { MethodSettings } from "./method-settings";
import { stageThrottle, THROTTLE_SETTINGS } from "./stage-throttle";
import type { TargetApi } from "./target-api";
import { hasApiKeys, USAGE_PLAN_SETTINGS, UsagePlan } from "./usage-plan";

/** Props of {@link addOwnStage}. */
export interface OwnStageProps {
  readonly restApi: TargetApi;
  readonly apiName: string;
  readonly queue: TargetQueue;
  readonly location: AwsLocation;
  readonly deployed: DeployedParts;
  /** Absent: anybody may call the methods. */
  readonly authorizer?: Authorization | undefined;
  readonly settings: ApiSettings;
}

/** A stage, and what is about it. */
export interface OwnStage {
  readonly stage: ApiGatewayStage;
  readonly logs: StageLogs;
  /** What is to be told at synthesis. */
  readonly notes: readonly string[];
  /** The API keys that callers need, if they do. */
  readonly usagePlan?: UsagePlan;
  /** The stage's own domain, where it has one. */
  readonly customDomain?: CustomDomain;
  /** Where the stage answers. */
  readonly url: string;
}

/** Adds a deployment, its stage, and what is about the stage: all that comes after the deployment is no part of it. */
export function addOwnStage(scope: Construct, props: OwnStageProps): OwnStage {
  const { restApi, deployed, queue, authorizer, settings } = props;
  const logs = addLogs(scope, props);
  const ofStage = { settings: part(STAGE_SETTINGS, settings), stageConfig: logs.stageConfig };
  const { stage } = new ApiDeployment(scope, "Deployment", { restApi, ...ofStage, ...deployed });
  const throttle = stageThrottle({
    settings: part(THROTTLE_SETTINGS, settings),
    isOpen: authorizer === undefined,
    priced: { ...settings, queue },
    parentPath: settings.existingRestApiParentPath,
  });
  const logging = methodLogging(part(EXECUTION_LOG_SETTINGS, settings));
  // Its id is of the time when it throttled only: another would make users' settings anew.
  new MethodSettings(scope, "StageThrottle", { stage, throttle, logging });
  const usagePlan = addUsagePlan(scope, stage, props);
  const customDomain = addFront(scope, stage, props);
  const ownUrl = restApi.url === undefined ? stage.invokeUrl : `${restApi.url}/${stage.stageName}`;
  return {
    stage,
    logs,
    notes: [...(throttle.note === undefined ? [] : [throttle.note]), ...logs.notes],
    ...(usagePlan && { usagePlan }),
    ...(customDomain && { customDomain }),
    url: customDomain?.url ?? ownUrl,
  };
}

function addLogs(scope: Construct, { restApi, apiName, location, authorizer, settings }: OwnStageProps) {
  return new StageLogs(scope, "StageLogs", {
    restApi,
    apiName,
    location,
    stageName: settings.stageName,
    principal: authorizer?.principal,
    secretHeader: settings.secretHeader,
    settings: part(STAGE_LOGS_SETTINGS, settings),
  });
}

function addUsagePlan(scope: Construct, stage: ApiGatewayStage, { apiName, settings }: OwnStageProps) {
  if (!hasApiKeys(settings)) return undefined;
  const plan = part(USAGE_PLAN_SETTINGS, settings);
  return new UsagePlan(scope, "UsagePlan", { name: apiName, stage, settings: plan });
}

function addFront(scope: Construct, stage: ApiGatewayStage, props: OwnStageProps) {
  const { restApi, location } = props;
  const { webAclArn, customDomain } = props.settings;
  if (webAclArn !== undefined) new WebAcl(scope, "WebAcl", { stage, webAclArn, location });
  if (customDomain === undefined) return undefined;
  return new CustomDomain(scope, "CustomDomain", { restApi, stage, location, settings: customDomain });
}
