import { blockAsResource, blocks, oneOf, optionalNumber, text } from "../attribute";
import type { ProblemList } from "../problem-list";
import type { ApiKey, UsagePlan } from "../stack-model";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { referred, whose } from "./belonging";

/** The usage plans that cover a stage of this REST API, with their keys. */
export function buildUsagePlans(
  apiId: string,
  resources: TerraformResources,
  problems: ProblemList,
): readonly UsagePlan[] {
  const plans = problems.attemptEach(resources.ofType("aws_api_gateway_usage_plan"), (plan) =>
    buildUsagePlan(plan, apiId, resources),
  );
  return plans.filter(({ stages }) => stages.length > 0);
}

function buildUsagePlan(plan: TerraformResource, apiId: string, resources: TerraformResources): UsagePlan {
  return {
    address: plan.address,
    name: text(plan, "name"),
    stages: stagesOf(plan, apiId),
    keys: keysOf(plan, resources),
    ...throttle(plan),
    ...quota(plan),
  };
}

function stagesOf(plan: TerraformResource, apiId: string): string[] {
  return blocks(plan, "api_stages")
    .map((block) => blockAsResource(plan, "api_stages", block))
    .filter((block) => text(block, "api_id") === apiId)
    .map((block) => text(block, "stage"));
}

function keysOf(plan: TerraformResource, resources: TerraformResources): ApiKey[] {
  const links = whose(resources.ofType("aws_api_gateway_usage_plan_key"), {
    usage_plan_id: text(plan, "id"),
  });
  const keys = resources.ofType("aws_api_gateway_api_key");
  return links.map((link) => buildApiKey(referred(link, "key_id", keys)));
}

function buildApiKey(key: TerraformResource): ApiKey {
  return {
    address: key.address,
    id: text(key, "id"),
    name: text(key, "name"),
    value: text(key, "value"),
    enabled: isEnabled(key),
  };
}

function isEnabled(key: TerraformResource): boolean {
  const enabled = key.given("enabled");
  return enabled !== false && enabled !== "false";
}

function throttle(plan: TerraformResource): Pick<UsagePlan, "throttle"> {
  const [block] = blocks(plan, "throttle_settings");
  if (block === undefined) return {};
  const settings = blockAsResource(plan, "throttle_settings", block);
  return {
    throttle: {
      rateLimit: optionalNumber(settings, "rate_limit") ?? 0,
      burstLimit: optionalNumber(settings, "burst_limit") ?? 0,
    },
  };
}

function quota(plan: TerraformResource): Pick<UsagePlan, "quota"> {
  const [block] = blocks(plan, "quota_settings");
  if (block === undefined) return {};
  const settings = blockAsResource(plan, "quota_settings", block);
  return {
    quota: {
      limit: optionalNumber(settings, "limit") ?? 0,
      offset: optionalNumber(settings, "offset") ?? 0,
      period: oneOf(settings, "period", ["DAY", "WEEK", "MONTH"], "DAY"),
    },
  };
}
