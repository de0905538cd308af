import { readFileSync } from "node:fs";
import { SETTING_GROUPS, type SettingGroup } from "../support/setting-groups";
import { synthesizedWithSettings } from "../support/synthesized";

/** What can have no tags, and so is no orphan by itself. */
const WITHOUT_TAGS: Readonly<Record<string, string>> = {
  aws_api_gateway_authorizer: "it goes with its API",
  aws_api_gateway_base_path_mapping: "it goes with its domain",
  aws_api_gateway_deployment: "it goes with its API",
  aws_api_gateway_gateway_response: "it goes with its API",
  aws_api_gateway_integration: "it goes with its API",
  aws_api_gateway_integration_response: "it goes with its API",
  aws_api_gateway_method: "it goes with its API",
  aws_api_gateway_method_response: "it goes with its API",
  aws_api_gateway_method_settings: "they go with their stage",
  aws_api_gateway_model: "it goes with its API",
  aws_api_gateway_request_validator: "it goes with its API",
  aws_api_gateway_resource: "it goes with its API",
  aws_api_gateway_rest_api_policy: "it goes with its API",
  aws_api_gateway_usage_plan_key: "it goes with its usage plan",
  aws_cloudwatch_dashboard: "the next apply takes it up by its name",
  aws_cloudwatch_log_metric_filter: "it goes with its log group",
  aws_iam_role_policy: "it goes with its role",
  aws_lambda_permission: "it goes with its function, or stays with somebody else's",
  aws_s3_bucket_lifecycle_configuration: "it goes with its bucket",
  aws_s3_bucket_notification: "it goes with its bucket",
  aws_s3_bucket_ownership_controls: "they go with their bucket",
  aws_s3_bucket_policy: "it goes with its bucket",
  aws_s3_bucket_public_access_block: "it goes with its bucket",
  aws_s3_bucket_server_side_encryption_configuration: "it goes with its bucket",
  aws_sqs_queue_redrive_allow_policy: "it goes with its queue",
  aws_sqs_queue_redrive_policy: "it goes with its queue",
  aws_wafv2_web_acl_association: "it goes with its stage",
  terraform_data: "it is Terraform's own",
};

const GROUPS: readonly (readonly [string, SettingGroup])[] = Object.entries(SETTING_GROUPS);

const STACKS = GROUPS.map(([name, { base, settings }]) => ({
  name,
  stack: synthesizedWithSettings({ ...base, ...settings }),
}));

/** The attributes that a type has in the provider, as its bindings tell, without those of its blocks. */
function bindings(type: string): string {
  const folder = type.replace(/^aws_/, "").replaceAll("_", "-");
  const text = readFileSync(require.resolve(`@cdktf/provider-aws/lib/${folder}/index.d.ts`), "utf8");
  return text.split("export interface").find((part) => part.includes("Config extends")) ?? "";
}

/** `tags_all` is what takes default tags. */
function takesTags(type: string): boolean {
  return type !== "terraform_data" && bindings(type).includes("readonly tagsAll?:");
}

const TYPES = [...new Set(STACKS.flatMap(({ stack }) => Object.keys(stack.json.resource ?? {})))].sort();

test.each(STACKS)("$name: the provider gives all that it makes the stack's name", ({ stack }) => {
  const providers = stack.json.provider as unknown as { aws: { default_tags: { tags: object }[] }[] };
  expect(providers.aws.map(({ default_tags: [tags] }) => tags?.tags)).toEqual([
    expect.objectContaining({ "queue-leveling:stack": "auth-stack" }),
  ]);
});

test.each(STACKS)("$name: no resource is made by another provider, or drops its tags", ({ stack }) => {
  const resources = Object.values(stack.json.resource ?? {}).flatMap((all) => Object.values(all));
  expect(resources.filter(({ provider }) => provider !== undefined)).toEqual([]);
  expect(resources.filter(({ tags_all: tags }) => tags !== undefined)).toEqual([]);
});

test("what takes no tags is known, and goes with what has some", () => {
  expect(TYPES.filter((type) => !takesTags(type))).toEqual(
    Object.keys(WITHOUT_TAGS).filter((type) => TYPES.includes(type)),
  );
  expect(TYPES.filter(takesTags)).toEqual(
    expect.arrayContaining(["aws_api_gateway_rest_api", "aws_iam_role", "aws_sqs_queue"]),
  );
});

test("all that has tags of its own takes the default ones, too", () => {
  const own = TYPES.filter((type) => type !== "terraform_data" && bindings(type).includes("readonly tags?:"));
  expect(own).toEqual(TYPES.filter(takesTags));
});
