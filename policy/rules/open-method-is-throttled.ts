import type { TerraformResource, TerraformResources } from "../../local/terraform/terraform-resource";
import type { PolicyRule } from "../rule";

export const OPEN_METHOD_IS_THROTTLED: PolicyRule = {
  name: "open-method-is-throttled",
  asks: "A stage throttles the methods that anybody may call: without authorizer, IAM or API key.",
  why: "Whoever finds the URL sends at the account's limit, 10,000 requests a second, which cost about 140 dollars an hour.",
  relatives: ["CKV_AWS_59", "AVD-AWS-0004"],
  here: "`auth-stack` has its authorizer.",
  *findings({ resources }) {
    const open = resources.ofType("aws_api_gateway_method").filter(isOpen);
    for (const stage of resources.ofType("aws_api_gateway_stage")) {
      if (isThrottled(stage, resources)) continue;
      const api = stage.text("rest_api_id");
      for (const method of open.filter((one) => one.text("rest_api_id") === api)) {
        yield { address: method.address, wrong: `is open, and ${stage.address} does not throttle it` };
      }
    }
  },
};

/** A preflight costs as much as any request, but is answered by a mock that queues nothing. */
function isOpen(method: TerraformResource): boolean {
  const { authorization, verb } = {
    authorization: method.text("authorization"),
    verb: method.text("http_method"),
  };
  return authorization === "NONE" && verb !== "OPTIONS" && !method.flag("api_key_required");
}

function isThrottled(stage: TerraformResource, resources: TerraformResources): boolean {
  const ofStage = {
    rest_api_id: stage.text("rest_api_id"),
    stage_name: stage.text("stage_name"),
    method_path: "*/*",
  };
  return resources
    .where("aws_api_gateway_method_settings", ofStage)
    .flatMap((settings) => settings.blocks("settings"))
    .some((settings) => (settings.optionalNumber("throttling_rate_limit") ?? -1) >= 0);
}
