import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadStack } from "../../local/terraform/load-stack";
import { readResources } from "../../local/terraform/read-stack";
import { checkStack } from "../../policy/check-stack";
import { POLICY_RULES } from "../../policy/rules";
import { SENSITIVE_VARIABLES, SETTING_GROUPS } from "../support/setting-groups";
import { type StackName, SynthesizedProject } from "../support/synthesized-project";

type Attributes = Record<string, unknown>;
type Resources = Record<string, Record<string, Attributes>>;

interface Document {
  readonly resource: Resources;
}

const PARAMS = {
  aws_region_name: "eu-central-1",
  storage_sqs_queue_name: "orders",
  authorizer_lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:decide",
};

const SAMPLE = readFileSync(join(__dirname, "aws-sample.tf.json"), "utf8");

function violated(document: object): string[] {
  const resources = readResources({ document: { ...document }, environment: SENSITIVE_VARIABLES });
  const names = checkStack(resources).map(({ rule }) => rule.name);
  return [...new Set(names)];
}

function synthesized(params: object = {}, stack: StackName = "auth-stack"): Document {
  const project = new SynthesizedProject({
    params: PARAMS,
    "no-auth-stack": { storage_sqs_queue_name: "open", ...(stack === "no-auth-stack" && params) },
    ...(stack === "auth-stack" && { [stack]: params }),
  });
  const text = readFileSync(join(project.stack(stack), "cdk.tf.json"), "utf8");
  project.remove();
  return JSON.parse(text) as Document;
}

/** The first resource of a type. */
function first({ resource }: Document, type: string): Attributes {
  const [attributes] = Object.values(resource[type] ?? {});
  if (attributes === undefined) throw new Error(`no ${type}`);
  return attributes;
}

const DEFAULT = JSON.stringify(synthesized());

test.each(Object.entries(SETTING_GROUPS))("auth-stack keeps its rules: %s", (_name, { base, settings }) => {
  const expected = [
    ...("dead_letter_queue" in settings ? ["queue-has-a-dead-letter-queue"] : []),
    ...("execution_log_full_data" in settings ? ["bodies-are-not-logged"] : []),
  ];
  expect(violated(synthesized({ ...base, ...settings }))).toEqual(expected);
});

const METHOD_THROTTLES = { "sqs/POST": { rate_limit: 1, burst_limit: 1 } };
const BATCH_THROTTLES = { "sqs/batch/POST": { rate_limit: 1, burst_limit: 1 } };

test.each([
  [{}, true],
  [{ throttling_rate_limit: -1 }, false],
  [{ throttling_rate_limit: -1, method_throttles: METHOD_THROTTLES }, true],
  [{ throttling_rate_limit: -1, method_throttles: METHOD_THROTTLES, batch: true }, false],
  [
    { throttling_rate_limit: -1, method_throttles: { ...METHOD_THROTTLES, ...BATCH_THROTTLES }, batch: true },
    true,
  ],
  [{ throttling_rate_limit: -1, api_keys: ["partner"] }, true],
])("no-auth-stack with %j is throttled where it is open: %j", (params, isKept) => {
  expect(violated(synthesized(params, "no-auth-stack"))).toEqual(isKept ? [] : ["open-method-is-throttled"]);
});

test("a method's own settings count before those of all methods", () => {
  const document = synthesized({ method_throttles: METHOD_THROTTLES }, "no-auth-stack");
  const settings = Object.values(document.resource.aws_api_gateway_method_settings ?? {});
  const own = settings.find(({ method_path }) => method_path === "~1sqs/POST");
  Object.assign(own ?? {}, { settings: { metrics_enabled: true } });
  expect(violated(document)).toEqual(["open-method-is-throttled"]);
});

test("a port of AWS's sample breaks the rules that it should", () => {
  expect(violated(JSON.parse(SAMPLE) as object)).toEqual([
    "errors-of-sqs-stay-errors",
    "message-body-is-encoded",
    "queue-has-a-dead-letter-queue",
    "role-sends-to-one-queue",
    "role-trusts-api-gateway-only",
    "open-method-is-throttled",
    "queue-refuses-plain-http",
  ]);
});

const ANYBODY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" }],
});

/** What breaks each rule, and no other. */
const FAULTS: Readonly<Record<string, (document: Document) => void>> = {
  "errors-of-sqs-stay-errors": (document) => {
    const responses = Object.values(document.resource.aws_api_gateway_integration_response ?? {});
    for (const response of responses) delete response.selection_pattern;
  },
  "message-body-is-encoded": (document) => {
    first(document, "aws_api_gateway_integration").request_templates = {
      "application/json": "Action=SendMessage&MessageBody=$input.body",
    };
  },
  "unknown-content-types-are-refused": (document) => {
    first(document, "aws_api_gateway_integration").passthrough_behavior = "WHEN_NO_TEMPLATES";
  },
  "queue-has-a-dead-letter-queue": ({ resource }) => {
    delete resource.aws_sqs_queue_redrive_policy;
  },
  "role-sends-to-one-queue": (document) => {
    const policy = first(document, "aws_iam_role_policy");
    policy.policy = String(policy.policy).replace("sqs:SendMessage", "sqs:*");
  },
  "role-trusts-api-gateway-only": (document) => {
    const role = first(document, "aws_iam_role");
    role.assume_role_policy = String(role.assume_role_policy).replace("apigateway", "lambda");
  },
  "queue-is-not-public": ({ resource }) => {
    resource.aws_sqs_queue_policy = { theirs: { queue_url: "https://sqs.example/q", policy: ANYBODY } };
  },
  "authorizer-permission-names-the-api": (document) => {
    delete first(document, "aws_lambda_permission").source_arn;
  },
  "open-method-is-throttled": (document) => {
    const method = first(document, "aws_api_gateway_method");
    method.authorization = "NONE";
    delete method.authorizer_id;
  },
  "private-api-names-its-endpoints": (document) => {
    first(document, "aws_api_gateway_rest_api").endpoint_configuration = { types: ["PRIVATE"] };
  },
  "mutual-tls-has-no-way-round": (document) => {
    const api = Object.keys(document.resource.aws_api_gateway_rest_api ?? {}).join();
    document.resource.aws_api_gateway_domain_name = {
      own: {
        domain_name: "q.example.com",
        security_policy: "TLS_1_2",
        mutual_tls_authentication: { truststore_uri: "s3://trusted/ca.pem" },
      },
    };
    document.resource.aws_api_gateway_base_path_mapping = {
      own: {
        domain_name: "q.example.com",
        api_id: `\${aws_api_gateway_rest_api.${api}.id}`,
        stage_name: "prod",
      },
    };
  },
  "domain-speaks-tls-1-2": ({ resource }) => {
    resource.aws_api_gateway_domain_name = {
      own: { domain_name: "q.example.com", security_policy: "TLS_1_0" },
    };
  },
  "queue-refuses-plain-http": ({ resource }) => {
    for (const queue of Object.values(resource.aws_sqs_queue ?? {})) delete queue.policy;
  },
  "queue-is-encrypted": ({ resource }) => {
    for (const queue of Object.values(resource.aws_sqs_queue ?? {})) delete queue.kms_master_key_id;
  },
  "bodies-are-not-logged": ({ resource }) => {
    const [stage = {}] = Object.values(resource.aws_api_gateway_stage ?? {});
    const { rest_api_id, stage_name } = stage;
    resource.aws_api_gateway_method_settings = {
      all: { rest_api_id, stage_name, method_path: "*/*", settings: [{ data_trace_enabled: true }] },
    };
  },
  "no-secret-in-the-json": (document) => {
    first(document, "aws_sqs_queue").tags = { key: "AKIAIOSFODNN7EXAMPLE" };
  },
};

test.each([
  ["$context.authorizer.principalId", false],
  ["$context.authorizer.claims.sub", false],
  ["$context.authorizer.claims.subject", true],
  ["$context.authorizer.claims.email", true],
  ["$context.authorizer.principalIdOfMine", true],
  ["$context.authorizer.tenant", true],
  ["$context.authorizer.error $context.authorizer.latency", false],
  ["$context.identity.apiKey", true],
  ["$context.identity.apiKeyId $context.identity.sourceIp", false],
  ["$context.responseOverride.header.X", true],
  ["$context.requestId $context.status", false],
])("an access log of %s breaks a rule: %s", (format, isBroken) => {
  const document = JSON.parse(DEFAULT) as Document;
  const [stage = {}] = Object.values(document.resource.aws_api_gateway_stage ?? {});
  stage.access_log_settings = [
    { destination_arn: "arn:aws:logs:eu-central-1:123456789012:log-group:a", format },
  ];
  expect(violated(document)).toEqual(isBroken ? ["bodies-are-not-logged"] : []);
});

test("every rule has its fault", () => {
  expect(Object.keys(FAULTS).sort()).toEqual(POLICY_RULES.map(({ name }) => name).sort());
});

test.each(Object.entries(FAULTS))("%s is broken by its fault alone", (name, spoil) => {
  const document = JSON.parse(DEFAULT) as Document;
  spoil(document);
  expect(violated(document)).toEqual([name]);
});

test("what SQS gets by other parameters of a template is looked at, too", () => {
  const document = JSON.parse(DEFAULT) as Document;
  first(document, "aws_api_gateway_integration").request_templates = {
    "application/json":
      "Action=SendMessage&MessageGroupId=$input.params('g')&MessageBody=$util.urlEncode($input.body)",
  };
  expect(violated(document)).toEqual(["message-body-is-encoded"]);
});

test.each([
  ["a value", "s3cr3t", ["no-secret-in-the-json"]],
  ["no value", "", []],
])("a sensitive variable has %s", (_what, value, broken) => {
  const document = { ...(JSON.parse(DEFAULT) as Document & { variable: object }) };
  document.variable = { ...document.variable, token: { type: "string", sensitive: true, default: value } };
  expect(violated(document)).toEqual(broken);
});

test("secrets in HCL are found, those of modules too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  mkdirSync(join(folder, "send"));
  const declared = (name: string) => `variable "${name}" {\n  sensitive = true\n  default   = "s3cr3t"\n}\n`;
  writeFileSync(join(folder, "main.tf"), `${declared("token")}module "send" {\n  source = "./send"\n}\n`);
  writeFileSync(
    join(folder, "send", "main.tf"),
    `${declared("key")}locals {\n  url = "https://me:pass@example.com"\n}\n`,
  );
  const stack = readResources({ loaded: await loadStack(folder), environment: {} });
  rmSync(folder, { recursive: true });
  expect(checkStack(stack).map(({ rule, address }) => `${rule.name} ${address}`)).toEqual([
    "no-secret-in-the-json var.token.default",
    "no-secret-in-the-json send/main.tf: var.key.default",
    "no-secret-in-the-json send/main.tf.locals.0.url",
  ]);
});
