import type { TerraformResource } from "../../local/terraform/terraform-resource";
import type { PolicyRule } from "../rule";
import { conditionKeys, resourcePolicies, statements } from "../statements";

const ENDPOINT_KEYS = ["aws:sourcevpce", "aws:sourcevpc"];

export const PRIVATE_API_NAMES_ITS_ENDPOINTS: PolicyRule = {
  name: "private-api-names-its-endpoints",
  asks: "The policy of a private API names the VPC endpoints, or the VPC, that may call it.",
  why: "Without a condition every VPC endpoint of every AWS account may call it.",
  relatives: [],
  here: "The APIs are regional; with `vpc_endpoint_ids` the policy denies all other endpoints.",
  *findings({ resources }) {
    for (const api of resources.ofType("aws_api_gateway_rest_api").filter(isPrivate)) {
      const apart = resources.where("aws_api_gateway_rest_api_policy", { rest_api_id: api.text("id") });
      const isBound = resourcePolicies(api, apart)
        .flatMap((policy) => [...statements(policy, "Allow"), ...statements(policy, "Deny")])
        .some((statement) => conditionKeys(statement).some((key) => ENDPOINT_KEYS.includes(key)));
      if (!isBound) {
        yield { address: api.address, wrong: "is private, and no policy says from where it may be called" };
      }
    }
  },
};

function isPrivate(api: TerraformResource): boolean {
  return api.blocks("endpoint_configuration").some((block) => block.textList("types").includes("PRIVATE"));
}
