import { methodPath } from "../../local/terraform/model/stage";
import type { TerraformResource, TerraformResources } from "../../local/terraform/terraform-resource";
import type { PolicyRule } from "../rule";

export const OPEN_METHOD_IS_THROTTLED: PolicyRule = {
  name: "open-method-is-throttled",
  asks: "A stage throttles the methods that anybody may call: without authorizer, IAM or API key.",
  why: "Whoever finds the URL sends at the account's limit, 10,000 requests a second, which cost about 140 dollars an hour.",
  relatives: ["CKV_AWS_59", "AVD-AWS-0004"],
  here: "`auth-stack` has its authorizer, and takes 50 requests a second to handshakes of `webhook`; `no-auth-stack` takes 50 to each method, by `throttling_rate_limit`.",
  *findings({ resources }) {
    const open = resources.ofType("aws_api_gateway_method").filter(isOpen);
    for (const stage of resources.ofType("aws_api_gateway_stage")) {
      const api = stage.text("rest_api_id");
      const throttled = throttledPaths(stage, resources);
      for (const method of open.filter((one) => one.text("rest_api_id") === api)) {
        if (throttled.get(pathOf(method, resources)) ?? throttled.get("*/*") ?? false) continue;
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

/** Whether there is a rate, by method path. */
function throttledPaths(
  stage: TerraformResource,
  resources: TerraformResources,
): ReadonlyMap<string, boolean> {
  const ofStage = { rest_api_id: stage.text("rest_api_id"), stage_name: stage.text("stage_name") };
  const all = resources.where("aws_api_gateway_method_settings", ofStage);
  return new Map(
    all.map((setting) => {
      const [settings] = setting.blocks("settings");
      const rate = settings?.optionalNumber("throttling_rate_limit") ?? -1;
      return [methodPath(setting), rate >= 0];
    }),
  );
}

/** The method's path and verb; its resource is absent where it is the API's root. */
function pathOf(method: TerraformResource, resources: TerraformResources): string {
  const [resource] = resources.where("aws_api_gateway_resource", { id: method.text("resource_id") });
  return `${resource?.text("path").slice(1) ?? ""}/${method.text("http_method")}`;
}
