import type { ProblemList } from "../stack-error";
import type { TerraformResource, TerraformResources } from "../terraform-resource";

export interface UsagePlan {
  readonly address: string;
  readonly name: string;
  readonly keys: readonly ApiKey[];
  /** Names of this API's stages that the plan covers. */
  readonly stages: readonly string[];
  readonly throttle?: { readonly rateLimit: number; readonly burstLimit: number };
  readonly quota?: {
    readonly limit: number;
    readonly period: "DAY" | "WEEK" | "MONTH";
    readonly offset: number;
  };
}

export interface ApiKey {
  readonly address: string;
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** Is the value a stand-in, because only AWS knows the real one? */
  readonly isMadeUp: boolean;
  readonly enabled: boolean;
}

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
    name: plan.text("name"),
    stages: stagesOf(plan, apiId),
    keys: keysOf(plan, resources),
    throttle: throttle(plan),
    quota: quota(plan),
  };
}

function stagesOf(plan: TerraformResource, apiId: string): string[] {
  return plan
    .blocks("api_stages")
    .filter((block) => block.text("api_id") === apiId)
    .map((block) => block.text("stage"));
}

function keysOf(plan: TerraformResource, resources: TerraformResources): ApiKey[] {
  const links = resources.where("aws_api_gateway_usage_plan_key", {
    usage_plan_id: plan.text("id"),
  });
  const keys = resources.ofType("aws_api_gateway_api_key");
  return links.map((link) => {
    const id = link.text("key_id");
    // One that the stack has not made is known by what the link itself tells of it.
    return readApiKey(keys.find((key) => key.text("id") === id) ?? link);
  });
}

function readApiKey(key: TerraformResource): ApiKey {
  return {
    address: key.address,
    id: key.text("id"),
    name: key.text("name"),
    value: key.text("value"),
    isMadeUp: key.given("value") === undefined,
    enabled: isEnabled(key),
  };
}

function isEnabled(key: TerraformResource): boolean {
  const enabled = key.given("enabled");
  return enabled !== false && enabled !== "false";
}

function throttle(plan: TerraformResource): UsagePlan["throttle"] {
  const [settings] = plan.blocks("throttle_settings");
  return (
    settings && {
      rateLimit: settings.optionalNumber("rate_limit") ?? 0,
      burstLimit: settings.optionalNumber("burst_limit") ?? 0,
    }
  );
}

function quota(plan: TerraformResource): UsagePlan["quota"] {
  const [settings] = plan.blocks("quota_settings");
  return (
    settings && {
      limit: settings.optionalNumber("limit") ?? 0,
      offset: settings.optionalNumber("offset") ?? 0,
      period: settings.oneOf("period", ["DAY", "WEEK", "MONTH"], "DAY"),
    }
  );
}
