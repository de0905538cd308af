import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeUnthrottledProject } from "../../bench/unthrottled-project";
import { readSettings } from "../../settings/settings";
import { SETTING_GROUPS, type SettingGroup } from "../support/setting-groups";
import { synthesizedAuthStack } from "../support/synthesized";

/** A model with the keywords that OpenAPI writes otherwise than API Gateway. */
const ORDER = {
  type: "object",
  required: ["id", "total"],
  additionalProperties: false,
  properties: {
    id: { type: "string", minLength: 3, maxLength: 20 },
    total: { type: "number", minimum: 0, exclusiveMinimum: true, maximum: 1000 },
    place: { type: "array", items: [{ type: "number" }, { type: "number" }], additionalItems: false },
    lines: { type: "array", items: { $ref: "#/definitions/line" }, minItems: 1, maxItems: 5 },
    coupon: { type: "string" },
    currency: { enum: ["EUR", "USD"] },
  },
  dependencies: { coupon: ["currency"] },
  definitions: {
    line: {
      type: "object",
      required: ["sku"],
      properties: { sku: { type: "string" }, count: { type: "integer" } },
    },
  },
};

const GROUPS: Readonly<Record<string, SettingGroup>> = {
  ...SETTING_GROUPS,
  "a schema of orders": { base: {}, settings: { request_schema: { "application/json": ORDER } } },
};

/** What refuses a call with nothing but the sample's token in `Authorization`: nothing else would be found out. */
const REFUSING = [
  "api_keys",
  "authorization",
  "authorizer_function_folder",
  "authorizer_invocation",
  "authorizer_token_header",
  "disable_execute_api_endpoint",
  "max_cost_per_day",
  "throttling_rate_limit",
];

// Writes auth-stack with each group of settings into a folder of its own, below the first that the command line names, and the
// project's settings, with an open stack that is not throttled, into the second.
const [, , target = "", project = ""] = process.argv;
mkdirSync(project, { recursive: true });
writeUnthrottledProject(project);
for (const [group, { base, settings }] of Object.entries(GROUPS)) {
  if (REFUSING.some((setting) => setting in { ...base, ...settings })) continue;
  const name = group.replaceAll(/\W+/g, "-");
  const folder = path.join(target, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify(stackOf(name, { ...base, ...settings })));
}

/** No two stacks own one queue: those whose settings name none have one with the group's name. */
function stackOf(name: string, settings: SettingGroup["settings"]): object {
  const storage_sqs_queue_name = settings.adopt_queue === undefined ? name : "orders";
  const context = {
    params: { aws_region_name: "eu-central-1", storage_sqs_queue_name },
    "auth-stack": settings,
    "no-auth-stack": { storage_sqs_queue_name: "open-orders" },
  };
  return synthesizedAuthStack(readSettings(context, {}).authStack).json;
}
