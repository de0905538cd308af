import { readSettings } from "../../settings/settings";
import { SETTING_GROUPS } from "../support/setting-groups";
import { synthesizedAuthStack } from "../support/synthesized";

/** Settings of methods by which API Gateway would write requests to CloudWatch Logs, and the values that write none. */
const SILENT: Readonly<Record<string, unknown>> = { logging_level: "OFF", data_trace_enabled: false };

test.each(Object.entries(SETTING_GROUPS))(
  "%s: no method logs its requests, whatever is forwarded",
  (_, { base, settings }) => {
    const context = {
      params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" },
      "auth-stack": { ...base, ...settings },
      "no-auth-stack": { storage_sqs_queue_name: "open-orders" },
    };
    const stack = synthesizedAuthStack(readSettings(context, {}).authStack);
    const logging = Object.values(stack.resources("aws_api_gateway_method_settings"))
      .flatMap(({ settings: blocks }) => [blocks].flat() as Record<string, unknown>[])
      .flatMap((block) =>
        Object.entries(block).filter(([name, value]) => name in SILENT && value !== SILENT[name]),
      );
    expect(logging).toEqual([]);
  },
);
