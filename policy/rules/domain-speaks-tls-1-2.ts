import type { PolicyRule } from "../rule";

export const DOMAIN_SPEAKS_TLS_1_2: PolicyRule = {
  name: "domain-speaks-tls-1-2",
  asks: "A custom domain says a `security_policy` of TLS 1.2 or newer.",
  why: "TLS 1.0 and 1.1 are broken; what is left unsaid is AWS's to choose.",
  relatives: ["CKV_AWS_206", "AVD-AWS-0005"],
  here: "A `custom_domain` says TLS_1_2.",
  *findings({ resources }) {
    for (const domain of resources.ofType("aws_api_gateway_domain_name")) {
      const policy = domain.optionalText("security_policy");
      if (policy === undefined) yield { address: domain.address, wrong: "says no security_policy" };
      else if (policy === "TLS_1_0") yield { address: domain.address, wrong: "speaks TLS 1.0" };
    }
  },
};
