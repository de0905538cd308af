import type { PolicyRule } from "../rule";

/**
 * What an access log can name of a request's own values: the authorizer's keys but for the one that names the caller, an API key, what
 * templates override.
 */
const VALUES =
  /[$]context[.](authorizer[.](?!(latency|integrationLatency|integrationStatus|status|error|requestId|principalId|claims[.]sub)(?![\w-]))\w|identity[.]apiKey\b|(request|response)Override)/;

export const BODIES_ARE_NOT_LOGGED: PolicyRule = {
  name: "bodies-are-not-logged",
  asks: "`data_trace_enabled` is off, and no access log names what an authorizer gives beside the caller's name (`principalId`, `claims.sub`), a key or a template.",
  why: "It writes whole requests to CloudWatch Logs, with their headers: tokens, secrets and what people sent.",
  relatives: ["CKV_AWS_276"],
  here: "The stacks log nothing by default. `access_log` names the caller and no other value; `execution_log_full_data` is what this rule finds.",
  *findings({ resources }) {
    for (const settings of resources.ofType("aws_api_gateway_method_settings")) {
      if (settings.blocks("settings").some((block) => block.flag("data_trace_enabled"))) {
        yield { address: settings.address, wrong: "logs whole requests" };
      }
    }
    for (const stage of resources.ofType("aws_api_gateway_stage")) {
      if (
        stage.blocks("access_log_settings").some((block) => VALUES.test(block.optionalText("format") ?? ""))
      ) {
        yield { address: stage.address, wrong: "logs values of requests" };
      }
    }
  },
};
