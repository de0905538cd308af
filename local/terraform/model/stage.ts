import type { ProblemList } from "../stack-error";
import type { Canary, MethodSettings, Stage } from "../stack-model";
import type { TerraformResource, TerraformResources } from "../terraform-resource";

/** A REST API's stages: `aws_api_gateway_stage`, and those that an old-style deployment makes by itself. */
export function readStages(
  apiId: string,
  resources: TerraformResources,
  problems: ProblemList,
): readonly Stage[] {
  const own = { rest_api_id: apiId };
  const stages = resources.where("aws_api_gateway_stage", own);
  const deployments = resources
    .where("aws_api_gateway_deployment", own)
    .filter((deployment) => deployment.optionalText("stage_name") !== undefined);
  return [
    ...problems.attemptEach(stages, (stage) => readStage(stage, stage.text("deployment_id"), resources)),
    ...problems.attemptEach(deployments, (deployment) =>
      readStage(deployment, deployment.text("id"), resources),
    ),
  ];
}

function readStage(stage: TerraformResource, deploymentId: string, resources: TerraformResources): Stage {
  const name = stage.text("stage_name");
  const settings = resources.where("aws_api_gateway_method_settings", {
    rest_api_id: stage.text("rest_api_id"),
    stage_name: name,
  });
  const [webAcl] = resources
    .ofType("aws_wafv2_web_acl_association")
    .filter((association) => association.text("resource_arn") === stage.text("arn"));
  const format = stage.blocks("access_log_settings")[0]?.optionalText("format");
  const canary = readCanary(stage);
  return {
    address: stage.address,
    name,
    deploymentId,
    variables: stage.textMap("variables"),
    ...(canary && { canary }),
    ...(isHeld(stage, deploymentId, canary, resources) && { isHeld: true }),
    methodSettings: Object.fromEntries(settings.map((setting) => [methodPath(setting), throttling(setting)])),
    ...(webAcl && { webAcl: webAcl.address }),
    ...(format !== undefined && { accessLogFormat: format }),
    isTraced: stage.flag("xray_tracing_enabled"),
  };
}

/** The canary's cache, if it has one, is not served: nor is the stage's. */
function readCanary(stage: TerraformResource): Canary | undefined {
  // A deployment that makes its stage has settings of this name that are others.
  const [settings] = stage.type === "aws_api_gateway_stage" ? stage.blocks("canary_settings") : [];
  return (
    settings && {
      deploymentId: settings.text("deployment_id"),
      percentTraffic: settings.optionalNumber("percent_traffic") ?? 0,
      stageVariableOverrides: settings.textMap("stage_variable_overrides"),
    }
  );
}

/**
 * A deployment that no trigger replaces keeps what it froze whatever the configuration says later. A state does not tell of that; there
 * a canary's deployment of other triggers, or of none, froze something else.
 */
function isHeld(
  stage: TerraformResource,
  deploymentId: string,
  canary: Canary | undefined,
  resources: TerraformResources,
): boolean {
  const deployments = resources.where("aws_api_gateway_deployment", {
    rest_api_id: stage.text("rest_api_id"),
  });
  const withId = (id: string) => deployments.find((deployment) => deployment.text("id") === id);
  const [lifecycle] = withId(deploymentId)?.blocks("lifecycle") ?? [];
  const ignored = [lifecycle?.given("ignore_changes")].flat();
  if (ignored.includes("triggers") || ignored.includes("all")) return true;
  if (canary === undefined) return false;
  const [ofStage, ofCanary] = [deploymentId, canary.deploymentId].map((id) =>
    JSON.stringify(Object.entries(withId(id)?.textMap("triggers") ?? {}).sort()),
  );
  return ofStage === NO_TRIGGERS || ofStage !== ofCanary;
}

const NO_TRIGGERS = "[]";

/** Path and verb, without the first slash: API Gateway writes a slash within the path as `~1`. */
export function methodPath(setting: TerraformResource): string {
  return setting.text("method_path").replaceAll("~1", "/").replace(/^\//, "");
}

function throttling(setting: TerraformResource): MethodSettings {
  const [settings] = setting.blocks("settings");
  return {
    throttlingRateLimit: limit(settings, "throttling_rate_limit"),
    throttlingBurstLimit: limit(settings, "throttling_burst_limit"),
  };
}

/** A negative limit switches throttling by the method off. */
function limit(settings: TerraformResource | undefined, name: string): number | undefined {
  const value = settings?.optionalNumber(name) ?? -1;
  return value < 0 ? undefined : value;
}
