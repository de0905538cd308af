import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadStack } from "../../local/terraform/load-stack";
import { readResources } from "../../local/terraform/read-stack";
import { checkStack } from "../../policy/check-stack";
import { POLICY_RULES } from "../../policy/rules";
import { SENSITIVE_VARIABLES, SETTING_GROUPS } from "../support/setting-groups";
import { TWO_WAY_DOCUMENT } from "../support/two-way-document";
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

const TWO_WAY = JSON.stringify(TWO_WAY_DOCUMENT);

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
    "role-has-one-direction",
    "role-grants-what-is-asked-for",
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
  "role-has-one-direction": (document) => {
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

/** The same of rules that need more than the default stack has. */
const TWO_WAY_FAULTS: Readonly<Record<string, (document: Document) => void>> = {
  "role-grants-what-is-asked-for": ({ resource }) => {
    const policy = resource.aws_iam_role_policy?.send ?? {};
    policy.policy = String(policy.policy).replace("aws_sqs_queue.orders-low", "aws_sqs_queue.dead");
  },
  "open-method-only-sends": ({ resource }) => {
    Object.assign(resource.aws_api_gateway_method?.GET_sqs ?? {}, {
      authorization: "NONE",
      authorizer_id: null,
      api_key_required: true,
    });
  },
};

/** The same of bodies in S3. */
const BUCKET_FAULTS: Readonly<Record<string, (resource: Resources) => void>> = {
  "errors-of-sqs-stay-errors": ({ aws_api_gateway_integration_response: responses = {} }) => {
    delete responses.POST_large_done?.selection_pattern;
  },
  "object-key-is-not-the-callers": (resource) => {
    integrationOf("POST_large", resource).request_parameters = {
      "integration.request.path.key": "context.requestId",
    };
  },
  "role-only-puts-objects": (resource) => {
    const policy = policyOf("store", resource);
    policy.policy = String(policy.policy).replace("s3:PutObject", "s3:*");
  },
  "role-trusts-api-gateway-only": ({ aws_iam_role: roles = {} }) => {
    const role = roles.store ?? {};
    role.assume_role_policy = String(role.assume_role_policy).replace("apigateway", "lambda");
  },
  "queue-takes-events-of-named-sources": ({ aws_sqs_queue_policy: policies = {} }) => {
    const policy = policies.orders ?? {};
    policy.policy = String(policy.policy).replaceAll("aws:Source", "aws:Principal");
  },
  "bucket-is-closed-to-the-public": ({ aws_s3_bucket_public_access_block: blocks = {} }) => {
    Object.assign(blocks.bodies ?? {}, { restrict_public_buckets: false });
  },
  "bucket-is-encrypted": (resource) => {
    delete resource.aws_s3_bucket_server_side_encryption_configuration;
  },
  "bucket-refuses-plain-http": (resource) => {
    delete resource.aws_s3_bucket_policy;
  },
  "bucket-expires-its-objects": ({ aws_s3_bucket_lifecycle_configuration: lifecycles = {} }) => {
    Object.assign(lifecycles.bodies ?? {}, {
      rule: [{ id: "some", status: "Enabled", filter: [{ prefix: "tmp/" }], expiration: [{ days: 1 }] }],
    });
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
  const faults = { ...FAULTS, ...TWO_WAY_FAULTS, ...BUCKET_FAULTS };
  expect(Object.keys(faults).sort()).toEqual(POLICY_RULES.map(({ name }) => name).sort());
});

test.each(Object.entries(FAULTS))("%s is broken by its fault alone", (name, spoil) => {
  const document = JSON.parse(DEFAULT) as Document;
  spoil(document);
  expect(violated(document)).toEqual([name]);
});

test.each(Object.entries(TWO_WAY_FAULTS))("%s is broken by its fault alone, both ways", (name, spoil) => {
  const document = JSON.parse(TWO_WAY) as Document;
  expect(violated(document)).toEqual([]);
  spoil(document);
  expect(violated(document)).toEqual([name]);
});

test.each(Object.entries(BUCKET_FAULTS))("%s is broken by its fault alone, in S3", (name, spoil) => {
  const document = JSON.parse(TWO_WAY) as Document;
  spoil(document.resource);
  expect(violated(document)).toEqual([name]);
});

/** What is wrong with the two-way stack once it is changed. */
function faultsOf(change: (resource: Resources) => void): string[] {
  const document = JSON.parse(TWO_WAY) as Document;
  change(document.resource);
  const resources = readResources({ document: { ...document }, accountId: "123456789012" });
  return checkStack(resources).map(({ rule, address, wrong }) => `${rule.name} ${address} ${wrong}`);
}

function policyOf(role: string, resource: Resources): Attributes {
  return resource.aws_iam_role_policy?.[role] ?? {};
}

function integrationOf(key: string, resource: Resources): Attributes {
  return resource.aws_api_gateway_integration?.[key] ?? {};
}

function withTemplate(template: string): (resource: Resources) => void {
  return (resource) => {
    integrationOf("POST_orders", resource).request_templates = { "application/json": template };
  };
}

const SEND = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)";
const LOW = "arn:aws:sqs:eu-central-1:123456789012:orders-low";
const HIGH = "arn:aws:sqs:eu-central-1:123456789012:orders-high";

test.each<[string, (resource: Resources) => void, string[]]>([
  [
    "a role for both directions",
    (resource) => {
      integrationOf("GET_sqs", resource).credentials = "${aws_iam_role.send.arn}";
    },
    [
      "role-has-one-direction aws_iam_role.send is for sending and for receiving",
      "role-grants-what-is-asked-for aws_iam_role_policy.receive allows sqs:ReceiveMessage on arn:aws:sqs:eu-central-1:123456789012:orders, for which no integration asks",
    ],
  ],
  [
    "a sender that may receive",
    (resource) => {
      const policy = policyOf("send", resource);
      policy.policy = String(policy.policy).replace(
        '"sqs:SendMessage"',
        '"sqs:SendMessage","sqs:ReceiveMessage"',
      );
    },
    [
      "role-has-one-direction aws_iam_role_policy.send allows sqs:ReceiveMessage",
      `role-grants-what-is-asked-for aws_iam_role_policy.send allows sqs:ReceiveMessage on ${LOW}, for which no integration asks`,
      `role-grants-what-is-asked-for aws_iam_role_policy.send allows sqs:ReceiveMessage on ${HIGH}, for which no integration asks`,
    ],
  ],
  [
    "a receiver that may send, in a policy within the role",
    ({ aws_iam_role: roles = {} }) => {
      const Resource = "arn:aws:sqs:eu-central-1:123456789012:*";
      const Statement = [{ Effect: "Allow", Action: "sqs:SendMessage", Resource }];
      Object.assign(roles.receive ?? {}, { inline_policy: [{ policy: JSON.stringify({ Statement }) }] });
    },
    [
      "role-has-one-direction aws_iam_role.receive.inline_policy allows sqs:SendMessage",
      "role-has-one-direction aws_iam_role.receive.inline_policy allows it on arn:aws:sqs:eu-central-1:123456789012:*",
    ],
  ],
  [
    "a policy of AWS's own",
    ({ aws_iam_role: roles = {} }) => {
      Object.assign(roles.receive ?? {}, {
        managed_policy_arns: ["arn:aws:iam::aws:policy/AmazonSQSFullAccess"],
      });
    },
    ["role-has-one-direction aws_iam_role.receive gives the role a policy that may change elsewhere"],
  ],
  [
    "a queue that no template names any more",
    withTemplate(SEND),
    [
      `role-grants-what-is-asked-for aws_iam_role_policy.send allows sqs:SendMessage on ${HIGH}, for which no integration asks`,
    ],
  ],
  [
    "a queue that `put` overrides",
    withTemplate(`${SEND}#if($x)#set($old = $context.requestOverride.path.put('queue', 'orders-high'))#end`),
    [],
  ],
  [
    "a queue that a request names",
    withTemplate(`${SEND}#set($context.requestOverride.path.queue = $input.params('q'))`),
    [],
  ],
  [
    "an override whose name only a request tells",
    withTemplate(`${SEND}#set($context.requestOverride.path["$n"] = 'orders-high')`),
    [],
  ],
  [
    "a queue by its URL",
    withTemplate(
      `${SEND}&QueueUrl=https%3A%2F%2Fsqs.eu-central-1.amazonaws.com%2F123456789012%2Forders-high`,
    ),
    [
      `role-grants-what-is-asked-for aws_iam_role_policy.send allows sqs:SendMessage on ${LOW}, for which no integration asks`,
    ],
  ],
  [
    "batches, which take the same permission",
    withTemplate(
      "Action=SendMessageBatch#foreach($m in $input.path('$'))&SendMessageBatchRequestEntry.$${foreach.count}.MessageBody=$util.urlEncode($m)#end#if($x)#set($context.requestOverride.path.queue = 'orders-high')#end",
    ),
    [],
  ],
  [
    "a role that puts objects into any bucket",
    (resource) => {
      const policy = policyOf("store", resource);
      policy.policy = String(policy.policy).replace("${aws_s3_bucket.bodies.arn}/*", "arn:aws:s3:::*/*");
    },
    ["role-only-puts-objects aws_iam_role_policy.store allows it on arn:aws:s3:::*/*"],
  ],
  [
    "a role that puts objects into another bucket, too",
    (resource) => {
      const policy = policyOf("store", resource);
      policy.policy = String(policy.policy).replace("${aws_s3_bucket.bodies.arn}/*", "arn:aws:s3:::others/*");
    },
    ["role-only-puts-objects aws_iam_role_policy.store allows it on arn:aws:s3:::others/*"],
  ],
  [
    "a bucket and a key in the caller's path",
    (resource) => {
      Object.assign(integrationOf("POST_large", resource), {
        uri: "arn:aws:apigateway:eu-central-1:s3:path/{bucket}/{key}",
        request_parameters: {
          "integration.request.path.bucket": "method.request.header.X-Bucket",
          "integration.request.path.key": "context.extendedRequestId",
        },
      });
    },
    [
      "object-key-is-not-the-callers aws_api_gateway_integration.POST_large lets the caller choose {bucket} by method.request.header.X-Bucket",
    ],
  ],
  [
    "a call that the caller writes, to a method that anybody may call",
    (resource) => {
      const method = resource.aws_api_gateway_method?.POST_orders ?? {};
      Object.assign(method, { authorization: "NONE", authorizer_id: null, api_key_required: true });
      integrationOf("POST_orders", resource).passthrough_behavior = "WHEN_NO_MATCH";
    },
    [
      "unknown-content-types-are-refused aws_api_gateway_integration.POST_orders passes through WHEN_NO_MATCH",
      "open-method-only-sends aws_api_gateway_method.POST_orders is open, and lets the caller choose what SQS is asked for",
    ],
  ],
])("%s", (_what, change, expected) => {
  expect(faultsOf(change)).toEqual(expected);
});

test.each([
  ["Action=PurgeQueue", "asks for PurgeQueue"],
  ["#if($x)Action=SendMessage#{else}Action=DeleteMessage#end", "asks for DeleteMessage"],
  ["Action=$input.params('a')", "lets the caller choose what SQS is asked for"],
  ["$input.body", "lets the caller choose what SQS is asked for"],
  ["#set($context.requestOverride.querystring.Action = 'ReceiveMessage')x", "asks for ReceiveMessage"],
])("an open method whose template is %s is found", (template, wrong) => {
  const found = faultsOf((resource) => {
    const method = resource.aws_api_gateway_method?.POST_orders ?? {};
    Object.assign(method, { authorization: "NONE", authorizer_id: null, api_key_required: true });
    withTemplate(template)(resource);
  });
  expect(found).toContain(`open-method-only-sends aws_api_gateway_method.POST_orders is open, and ${wrong}`);
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
