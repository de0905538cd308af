import type { ProblemList } from "../stack-error";
import type { ApiKey, UsagePlan } from "../stack-model";
import {
  type TerraformResource,
  type TerraformResources,
  blocks,
  oneOf,
  optionalNumber,
  referred,
  text,
  whose,
} from "../terraform-resource";

/** The usage plans that cover a stage of this REST API, with their keys. */
export function readUsagePlans(
  apiId: string,
  resources: TerraformResources,
  problems: ProblemList,
): readonly UsagePlan[] {
  const plans = problems.attemptEach(resources.ofType("aws_api_gateway_usage_plan"), (plan) =>
    readUsagePlan(plan, apiId, resources),
  );
  return plans.filter(({ stages }) => stages.length > 0);
}

function readUsagePlan(plan: TerraformResource, apiId: string, resources: TerraformResources): UsagePlan {
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
    .filter((block) => text(block, "api_id") === apiId)
    .map((block) => text(block, "stage"));
}

function keysOf(plan: TerraformResource, resources: TerraformResources): ApiKey[] {
  const links = whose(resources.ofType("aws_api_gateway_usage_plan_key"), {
    usage_plan_id: text(plan, "id"),
  });
  const keys = resources.ofType("aws_api_gateway_api_key");
  return links.map((link) => readApiKey(referred(link, "key_id", keys)));
}

function readApiKey(key: TerraformResource): ApiKey {
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
  const [settings] = blocks(plan, "throttle_settings");
  if (settings === undefined) return {};
  return {
    throttle: {
      rateLimit: optionalNumber(settings, "rate_limit") ?? 0,
      burstLimit: optionalNumber(settings, "burst_limit") ?? 0,
    },
  };
}

function quota(plan: TerraformResource): Pick<UsagePlan, "quota"> {
  const [settings] = blocks(plan, "quota_settings");
  if (settings === undefined) return {};
  return {
    quota: {
      limit: optionalNumber(settings, "limit") ?? 0,
      offset: optionalNumber(settings, "offset") ?? 0,
      period: oneOf(settings, "period", ["DAY", "WEEK", "MONTH"], "DAY"),
    },
  };
}
