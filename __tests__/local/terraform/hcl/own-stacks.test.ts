import { Testing } from "cdktf";
import { parseHcl } from "../../../../local/terraform/hcl/parse-hcl";
import { readStack } from "../../../../local/terraform/read-stack";
import { readSettings } from "../../../../settings/settings";
import { AuthStack } from "../../../../stacks/auth-stack";
import { type Params, SENSITIVE_VARIABLES, SETTING_GROUPS } from "../../../support/setting-groups";

function authStack(params: Params): AuthStack {
  const context = {
    params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" },
    "auth-stack": params,
    "no-auth-stack": { storage_sqs_queue_name: "open-orders" },
    backend: { local: {} },
  };
  const settings = readSettings(context, {});
  return new AuthStack(Testing.app(), "auth-stack", { ...settings.authStack, backend: settings.backend });
}

/** A stack as the gateway serves it. */
function served(document: Readonly<Record<string, unknown>>): unknown {
  const { eventSourceMappings, lambdaFunctions, ...model } = readStack({
    document,
    name: "auth-stack",
    environment: { TF_VAR_authorizer_lambda_arn: FUNCTION, ...SENSITIVE_VARIABLES },
  });
  return inOrder(JSON.parse(JSON.stringify({ ...model, mappings: eventSourceMappings(), lambdaFunctions })));
}

const FUNCTION = "arn:aws:lambda:eu-central-1:000000000000:function:authorizer";

/** The parser of HCL sorts blocks by their names. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inOrder).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inOrder(item)]));
}

const CASES = Object.entries(SETTING_GROUPS).map(
  ([name, { base, settings }]) => [name, { ...base, ...settings }] as const,
);

test.each([["no settings", {}] as const, ...CASES])(
  "the stack is served alike from HCL and from JSON: %s",
  async (_name, params) => {
    const stack = authStack(params);
    const json = JSON.parse(JSON.stringify(stack.toTerraform())) as Record<string, unknown>;
    const hcl = await parseHcl("cdk.tf", String(stack.toHclTerraform().hcl));
    expect(served(hcl)).toEqual(served(json));
  },
);
