import { readSettings } from "../../../settings/settings";
import { type Params, SETTING_GROUPS } from "../../support/setting-groups";
import { type Synthesized, synthesizedAuthStack, synthesizedNoAuthStack } from "../../support/synthesized";

const NAMES = { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" };

function read(params: Params) {
  return readSettings(
    { params: { ...NAMES, ...params }, "no-auth-stack": { storage_sqs_queue_name: "open" } },
    {},
  );
}

function noAuthStack(params: Params): Synthesized {
  return synthesizedNoAuthStack(read(params).noAuthStack);
}

function mistakesIn(group: string, params: Params): string {
  const open = { storage_sqs_queue_name: "open" };
  const context = { params: NAMES, "no-auth-stack": open };
  const given = { ...(group === "no-auth-stack" ? open : {}), ...params };
  try {
    readSettings({ ...context, [group]: given }, {});
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

const STAGE = "aws_api_gateway_stage.QueueLeveling_Deployment_Stage_BC6B05A3";

test("without keys nothing asks for one, and the API says where it would look", () => {
  const stack = noAuthStack({});
  expect(stack.only("aws_api_gateway_method").api_key_required).toBe(false);
  expect(stack.only("aws_api_gateway_rest_api").api_key_source).toBe("HEADER");
  expect(stack.resources("aws_api_gateway_usage_plan")).toEqual({});
});

test("every POST wants a key, no preflight does", () => {
  const stack = noAuthStack({ api_keys: ["partner"], batch: true, cors: { allow_origins: ["*"] } });
  const methods = Object.values(stack.resources("aws_api_gateway_method"));
  expect(
    methods.map(({ http_method, api_key_required = false }) => [http_method, api_key_required]).sort(),
  ).toEqual([
    ["OPTIONS", false],
    ["OPTIONS", false],
    ["POST", true],
    ["POST", true],
  ]);
});

test("the plan is of the stage, with its limits, and ends before it does", () => {
  const { base, settings } = SETTING_GROUPS["callers with API keys"];
  const stack = synthesizedAuthStack(
    readSettings(
      {
        params: NAMES,
        "auth-stack": { ...base, ...settings },
        "no-auth-stack": { storage_sqs_queue_name: "b" },
      },
      {},
    ).authStack,
  );
  expect(stack.only("aws_api_gateway_usage_plan")).toMatchObject({
    api_stages: [{ api_id: `\${${STAGE}.rest_api_id}`, stage: `\${${STAGE}.stage_name}` }],
    throttle_settings: { rate_limit: 2.5, burst_limit: 20 },
    quota_settings: { limit: 1000, period: "WEEK", offset: 1 },
    lifecycle: { replace_triggered_by: [`${STAGE}.id`] },
  });
  expect(stack.only("aws_api_gateway_rest_api").api_key_source).toBe("AUTHORIZER");
  const keys = Object.keys(stack.resources("aws_api_gateway_api_key"));
  expect(keys).toHaveLength(2);
  const inPlan = Object.values(stack.resources("aws_api_gateway_usage_plan_key")).map(({ key_id }) => key_id);
  expect(inPlan.sort()).toEqual(
    [...keys.map((name) => `\${aws_api_gateway_api_key.${name}.id}`), "a1b2c3d4e5"].sort(),
  );
});

test("the values of keys are outputs that Terraform does not print, and stand nowhere in the JSON", () => {
  const { json } = noAuthStack({ api_keys: ["partner"] });
  expect(json.output?.api_key_partner).toMatchObject({
    sensitive: true,
    value: expect.stringMatching(/^\$\{aws_api_gateway_api_key\..*\.value\}$/) as unknown,
  });
  expect(JSON.stringify(json.resource?.aws_api_gateway_api_key)).not.toContain('"value"');
});

test.each<[string, Params, string]>([
  [
    "the stack's",
    { api_keys: ["partner", "shop"] },
    '-H "x-api-key: $(terraform output -raw api_key_partner)" ',
  ],
  ["one from outside", { existing_api_key_ids: ["a1b2c3d4e5"] }, '-H "x-api-key: your-api-key" '],
])("the curl example sends a key: %s", (_what, params, header) => {
  expect(noAuthStack(params).json.output?.curl_example?.value).toContain(header);
});

test("callers who bring no key by themselves send no header", () => {
  const { authStack } = readSettings(
    {
      params: { ...NAMES, cors: { allow_origins: ["*"] } },
      "auth-stack": { api_keys: ["partner"], api_key_source: "AUTHORIZER" },
      "no-auth-stack": { storage_sqs_queue_name: "b" },
    },
    {},
  );
  expect(JSON.stringify(synthesizedAuthStack(authStack).json)).not.toContain("x-api-key: ");
});

test.each<[string, string, Params, string]>([
  [
    "a limit without keys",
    "no-auth-stack",
    { api_key_rate_limit: 1, api_key_burst_limit: 1 },
    'no-auth-stack.api_key_rate_limit: limits nobody: there are no API keys, got 1; this setting together with "api_keys" or "existing_api_key_ids".',
  ],
  [
    "a source without keys",
    "auth-stack",
    { api_key_source: "HEADER" },
    "auth-stack.api_key_source: limits nobody",
  ],
  [
    "a rate without a burst",
    "no-auth-stack",
    { api_keys: ["a"], api_key_rate_limit: 1 },
    'no-auth-stack.api_key_rate_limit: is half a limit, got 1; this setting together with "api_key_burst_limit".',
  ],
  [
    "a quota without a period",
    "no-auth-stack",
    { api_keys: ["a"], api_key_quota_limit: 1 },
    'is half a limit, got 1; this setting together with "api_key_quota_period".',
  ],
  [
    "an offset in a day",
    "no-auth-stack",
    { api_keys: ["a"], api_key_quota_limit: 1, api_key_quota_period: "DAY", api_key_quota_offset: 1 },
    'no-auth-stack.api_key_quota_offset: is outside the quota\'s period, got 1; 0 where "api_key_quota_period" is "DAY".',
  ],
  [
    "an offset behind a week",
    "no-auth-stack",
    { api_keys: ["a"], api_key_quota_limit: 1, api_key_quota_period: "WEEK", api_key_quota_offset: 7 },
    '0 to 6 where "api_key_quota_period" is "WEEK".',
  ],
  [
    "a source that no-auth-stack does not have",
    "no-auth-stack",
    { api_keys: ["a"], api_key_source: "HEADER" },
    "no-auth-stack.api_key_source: is not a setting",
  ],
  [
    "keys in an API without a stage of the stack's",
    "no-auth-stack",
    { api_keys: ["a"], existing_rest_api_id: "a1b2c3d4e5", stage_name: "v1" },
    "no-auth-stack.api_keys: needs a usage plan of a stage, which is not the stack's here",
  ],
  [
    "the source of an API that is not the stack's",
    "auth-stack",
    {
      api_keys: ["a"],
      api_key_source: "AUTHORIZER",
      existing_rest_api_id: "a1b2c3d4e5",
      stage_name: "v1",
      deploy_existing_rest_api: true,
    },
    "auth-stack.api_key_source: holds for the whole REST API, which is not the stack's",
  ],
  [
    "no names",
    "no-auth-stack",
    { api_keys: [] },
    "no-auth-stack.api_keys: is empty, got []; at least one name.",
  ],
  ["a name with a space", "no-auth-stack", { api_keys: ["a b"] }, "api_keys.0: is not valid"],
  [
    "a value for an id",
    "no-auth-stack",
    { existing_api_key_ids: ["k".repeat(20)] },
    "existing_api_key_ids.0: is not valid",
  ],
  [
    "a list of headers without the key's",
    "no-auth-stack",
    { api_keys: ["a"], cors: { allow_origins: ["*"], allow_headers: ["Content-Type"] } },
    "no-auth-stack.cors.allow_headers: lacks headers that a request must have",
  ],
])("%s is refused", (_what, group, params, message) => {
  expect(mistakesIn(group, params)).toContain(message);
});
