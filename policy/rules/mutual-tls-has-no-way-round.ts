import type { TerraformResource, TerraformResources } from "../../local/terraform/terraform-resource";
import type { PolicyRule } from "../rule";

export const MUTUAL_TLS_HAS_NO_WAY_ROUND: PolicyRule = {
  name: "mutual-tls-has-no-way-round",
  asks: "An API behind a domain with mutual TLS has `disable_execute_api_endpoint`.",
  why: "API Gateway asks for the caller's certificate at the domain only: at the API's own address nobody needs one.",
  relatives: [],
  here: "A `truststore_uri` is refused at synthesis without `disable_execute_api_endpoint`.",
  *findings({ resources }) {
    for (const domain of resources.ofType("aws_api_gateway_domain_name").filter(asksForCertificates)) {
      for (const api of apisBehind(domain, resources)) {
        if (!api.flag("disable_execute_api_endpoint")) {
          yield {
            address: api.address,
            wrong: `can be called past ${domain.address}, without a certificate`,
          };
        }
      }
    }
  },
};

function asksForCertificates(domain: TerraformResource): boolean {
  return domain.blocks("mutual_tls_authentication").length > 0;
}

function apisBehind(domain: TerraformResource, resources: TerraformResources): TerraformResource[] {
  const mapped = resources
    .where("aws_api_gateway_base_path_mapping", { domain_name: domain.text("domain_name") })
    .map((mapping) => mapping.text("api_id"));
  return resources.ofType("aws_api_gateway_rest_api").filter((api) => mapped.includes(api.text("id")));
}
