import {
  ApiGatewayMethodSettings,
  type ApiGatewayMethodSettingsSettings,
} from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { Construct } from "constructs";
import { isLimit, type Limits, type StageThrottle } from "./stage-throttle";

/** Props of {@link MethodSettings}. */
export interface MethodSettingsProps {
  readonly stage: ApiGatewayStage;
  readonly throttle: StageThrottle;
  /** What is logged and measured of every method. */
  readonly logging: ApiGatewayMethodSettingsSettings;
}

/**
 * What the methods of a stage take, log and measure. An entry of a single method stands in the place of the stage's, so each says all.
 * Where nothing is limited, logged or measured there is no resource: the provider resets the stage when one goes.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html
 */
export class MethodSettings extends Construct {
  constructor(scope: Construct, id: string, { stage, throttle, logging }: MethodSettingsProps) {
    super(scope, id);
    const { ofStage, ofMethods } = throttle;
    const add = (constructId: string, methodPath: string, { rateLimit, burstLimit }: Limits) =>
      new ApiGatewayMethodSettings(this, constructId, {
        restApiId: stage.restApiId,
        stageName: stage.stageName,
        methodPath,
        settings: { ...logging, throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit },
      });
    if (isLimit(ofStage) || tellsSomething(logging)) add("Stage", "*/*", ofStage);
    for (const [path, ofMethod] of Object.entries(ofMethods)) {
      add(`Method-${path.replaceAll("/", "-")}`, awsMethodPath(path), ofMethod);
    }
  }
}

function tellsSomething({ loggingLevel, metricsEnabled }: ApiGatewayMethodSettingsSettings): boolean {
  return loggingLevel !== "OFF" || metricsEnabled === true;
}

/** API Gateway writes the slashes within a method's path as `~1`, the first one, too. */
function awsMethodPath(path: string): string {
  const [, resource = "", verb = ""] = /^(.*)[/](.*)$/.exec(path) ?? [];
  return `~1${resource.replaceAll("/", "~1")}/${verb}`;
}
