import type { PolicyRule } from "../rule";

export const BODIES_ARE_NOT_LOGGED: PolicyRule = {
  name: "bodies-are-not-logged",
  asks: "`data_trace_enabled` is off.",
  why: "It writes whole requests to CloudWatch Logs, with their headers: tokens, secrets and what people sent.",
  relatives: ["CKV_AWS_276"],
  here: "The stacks log nothing.",
  *findings({ resources }) {
    for (const settings of resources.ofType("aws_api_gateway_method_settings")) {
      if (settings.blocks("settings").some((block) => block.flag("data_trace_enabled"))) {
        yield { address: settings.address, wrong: "logs whole requests" };
      }
    }
  },
};
