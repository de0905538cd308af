import type { TerraformResource, TerraformResources } from "../../local/terraform/terraform-resource";
import type { PolicyRule } from "../rule";
import { conditionKeys, statements } from "../statements";

const ENDPOINT_KEYS = ["aws:sourcevpce", "aws:sourcevpc"];

export const PRIVATE_API_NAMES_ITS_ENDPOINTS: PolicyRule = {
  name: "private-api-names-its-endpoints",
  asks: "The policy of a private API names the VPC endpoints, or the VPC, that may call it.",
  why: "Without a condition every VPC endpoint of every AWS account may call it.",
  relatives: [],
  here: "The APIs are regional.",
  *findings({ resources }) {
    for (const api of resources.ofType("aws_api_gateway_rest_api").filter(isPrivate)) {
      const policies = policiesOf(api, resources);
      const isBound = policies.some((policy) => {
        const document = policy.policy("policy", "resource");
        return [...statements(document, "Allow"), ...statements(document, "Deny")].some((statement) =>
          conditionKeys(statement).some((key) => ENDPOINT_KEYS.includes(key)),
        );
      });
      if (!isBound) {
        yield { address: api.address, wrong: "is private, and no policy says from where it may be called" };
      }
    }
  },
};

function isPrivate(api: TerraformResource): boolean {
  return api.blocks("endpoint_configuration").some((block) => block.textList("types").includes("PRIVATE"));
}

function policiesOf(api: TerraformResource, resources: TerraformResources): readonly TerraformResource[] {
  const apart = resources.where("aws_api_gateway_rest_api_policy", { rest_api_id: api.text("id") });
  return [...(api.optionalText("policy") === undefined ? [] : [api]), ...apart];
}
