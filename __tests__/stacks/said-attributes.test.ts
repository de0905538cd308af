import { STACK_KEYS } from "../../settings/stack-settings";
import {
  KEPT_BY_A_DEPLOYED_STACK,
  type Params,
  SETTING_GROUPS,
  type SettingGroup,
} from "../support/setting-groups";
import { type Synthesized, synthesizedWithSettings } from "../support/synthesized";

/**
 * The provider keeps the old value of an attribute that is Optional and Computed when it is left out. So whatever a
 * setting makes a resource say, the resource must say without it too.
 */
const NEED_NOT_BE_SAID: Readonly<Record<string, string>> = {
  "aws_sqs_queue.kms_master_key_id":
    "the provider takes one kind of encryption only, and this one is not Computed",
  "aws_sqs_queue.sqs_managed_sse_enabled":
    "the provider takes one kind of encryption only, and SQS ends this one",
  "aws_sqs_queue.deduplication_scope": "SQS knows it on FIFO queues only, and a queue never becomes one",
  "aws_sqs_queue.fifo_throughput_limit": "SQS knows it on FIFO queues only, and a queue never becomes one",
  "aws_sqs_queue.lifecycle": "it is Terraform's",
  "aws_api_gateway_integration_response.lifecycle": "it is Terraform's",
  "aws_api_gateway_resource.depends_on": "it is Terraform's",
  "aws_api_gateway_stage.client_certificate_id": "it is not Computed",
  "aws_cloudwatch_log_group.kms_key_id": "it is not Computed, and its end takes the key from the group",
  "aws_api_gateway_stage.access_log_settings": "it is not Computed, and its end ends the log",
  "aws_api_gateway_stage.depends_on": "it is Terraform's",
  "aws_api_gateway_stage.canary_settings": "it is not Computed",
  "aws_api_gateway_stage.lifecycle": "it is Terraform's",
  "aws_api_gateway_rest_api.security_policy":
    "provider 5.100.0 does not know it; its sentence says what to do",
  "aws_api_gateway_rest_api.endpoint_access_mode":
    "provider 5.100.0 does not know it, and it is not Computed",
  "aws_api_gateway_authorizer.authorizer_credentials": "it is not Computed",
  "aws_api_gateway_authorizer.lifecycle": "it is Terraform's",
  "aws_api_gateway_method.authorization_scopes": "it is not Computed",
  "aws_api_gateway_method.authorizer_id": "it is not Computed",
  "aws_lambda_event_source_mapping.scaling_config": "the provider sends an empty one",
  "aws_lambda_event_source_mapping.provisioned_poller_config": "the provider sends an empty one",
  "aws_lambda_event_source_mapping.filter_criteria": "the provider sends an empty one",
  "aws_lambda_event_source_mapping.lifecycle": "it is Terraform's",
};

const GROUPS: readonly (readonly [string, SettingGroup])[] = Object.entries(SETTING_GROUPS);

/** What the provider makes anew when this attribute changes: nothing of the old one stays. */
const MADE_ANEW: Readonly<Record<string, string>> = { aws_api_gateway_integration: "type" };

/** `aws_sqs_queue.Queue_172EC9BB`: its attributes. */
function resourcesOf({ json }: Synthesized): Map<string, readonly string[]> {
  return new Map(
    Object.entries(json.resource ?? {}).flatMap(([type, resources]) =>
      Object.entries(resources).map(([name, attributes]) => {
        const kind = attributes[MADE_ANEW[type] ?? ""] as string | undefined;
        return [`${type}.${name} ${kind ?? ""}`, Object.keys(attributes)] as const;
      }),
    ),
  );
}

/** Attributes that a resource of `some` says, and the same resource of `others` does not. */
function saidOnlyIn(some: Synthesized, others: Synthesized): string[] {
  const theirs = resourcesOf(others);
  return [...resourcesOf(some)].flatMap(([address, attributes]) => {
    const [type = ""] = address.split(".");
    const known = theirs.get(address) ?? attributes;
    return attributes.filter((name) => !known.includes(name)).map((name) => `${type}.${name}`);
  });
}

/** Each group's stack, without its settings and with them. */
const STACKS = GROUPS.map(([name, { base, settings }]) => ({
  name,
  before: synthesizedWithSettings(base),
  after: synthesizedWithSettings({ ...base, ...settings }),
}));

test("every setting is tried", () => {
  const tried = GROUPS.flatMap(([, { settings }]) => Object.keys(settings));
  expect([...new Set(tried), KEPT_BY_A_DEPLOYED_STACK].sort()).toEqual([...STACK_KEYS].sort());
});

test.each(GROUPS)("%s: every setting makes a difference", (name, { base, settings }) => {
  const all = STACKS.find((stack) => stack.name === name)?.after.json;
  const idle = Object.keys(settings).filter((setting) => {
    const rest = Object.fromEntries(Object.entries(settings).filter(([other]) => other !== setting));
    return JSON.stringify(synthesizedIfValid({ ...base, ...rest })?.json) === JSON.stringify(all);
  });
  expect(idle).toEqual([]);
});

test.each(STACKS)("$name: no resource says more, or less, than with other settings", ({ before, after }) => {
  const said = STACKS.flatMap((other) => [other.before, other.after]).flatMap((other) => [
    ...saidOnlyIn(before, other),
    ...saidOnlyIn(after, other),
  ]);
  expect([...new Set(said)].filter((attribute) => !(attribute in NEED_NOT_BE_SAID))).toEqual([]);
});

/** Nothing where another setting needs the one that is missing. */
function synthesizedIfValid(params: Params): Synthesized | undefined {
  try {
    return synthesizedWithSettings(params);
  } catch {
    return undefined;
  }
}
