import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readResources } from "../../local/terraform/read-stack";
import { checkStack } from "../../policy/check-stack";
import { POLICY_RULES } from "../../policy/rules";
import { SETTING_GROUPS } from "../support/setting-groups";
import { SynthesizedProject } from "../support/synthesized-project";

type Attributes = Record<string, unknown>;
type Document = { resource: Record<string, Record<string, Attributes>> };

const NAMES = {
  aws_region_name: "eu-central-1",
  storage_sqs_queue_name: "orders",
  authorizer_lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:decide",
};

function violated(document: object): string[] {
  return checkStack(readResources({ document: { ...document } })).map(({ rule }) => rule.name);
}

function synthesized(params: object): Document {
  const project = new SynthesizedProject({
    params: { ...NAMES, ...params },
    "no-auth-stack": { storage_sqs_queue_name: "open" },
  });
  const text = readFileSync(join(project.stack("auth-stack"), "cdk.tf.json"), "utf8");
  project.remove();
  return JSON.parse(text) as Document;
}

test.each(Object.entries(SETTING_GROUPS))("auth-stack keeps every rule: %s", (_name, { base, settings }) => {
  expect(violated(synthesized({ ...base, ...settings }))).toEqual([]);
});

test("a port of AWS's sample breaks the rules that it should", () => {
  const text = readFileSync(join(__dirname, "aws-sample.tf.json"), "utf8");
  expect([...new Set(violated(JSON.parse(text) as Document))]).toEqual([
    "errors-of-sqs-stay-errors",
    "message-body-is-encoded",
    "queue-has-a-dead-letter-queue",
    "role-sends-to-one-queue",
    "role-trusts-api-gateway-only",
    "open-method-is-throttled",
    "queue-refuses-plain-http",
  ]);
});
