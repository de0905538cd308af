import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettings } from "../../settings/settings";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000";
const QUEUE = "arn:aws:sqs:eu-central-1:210987654321:orders";
const OWN = "arn:aws:sqs:eu-central-1:123456789012:orders";
const PARTNER = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::210987654321:root" },
  Action: "sqs:SendMessage",
};
const KEEP = { keep_queue_attributes: true };
const API = { existing_rest_api_id: "a1b2c3d4e5", stage_name: "v1" };
const CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000";
const DOMAIN = { domain_name: "api.shop.example", certificate_arn: CERTIFICATE };
const MUTUAL_TLS = { ...DOMAIN, truststore_uri: "s3://shop/truststore.pem" };
const ENDPOINTS = ["vpce-0a1b2c3d4e5f60718"];
const WEB_ACL =
  "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/0a1b2c3d-0000-4000-8000-000000000000";
const COGNITO = {
  authorization: "COGNITO_USER_POOLS",
  cognito_user_pool_arns: ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI"],
};
const DELAY = { message_delay_seconds: { header: "X-Delay" } };
const GROUP = { message_group_id: { header: "X-Tenant" } };

function messagesFor(params: object, overrides: object = {}): string {
  const context = {
    params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders", ...params },
    "no-auth-stack": { storage_sqs_queue_name: "open", ...overrides },
  };
  try {
    readSettings(context, {});
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test.each<[string, object, string]>([
  [
    "a key of another Region",
    { encryption: KEY.replace("central", "west") },
    "encryption: is a key of another Region",
  ],
  [
    "a secret in a header that API Gateway hides",
    { secret_header: "Content-MD5" },
    "secret_header: is a header that API Gateway keeps from templates or writes itself",
  ],
  [
    "a secret in the authorizer's header",
    { secret_header: "authorization" },
    'params.secret_header: is the header that the authorizer reads in auth-stack, got "authorization"',
  ],
  [
    "a secret in the header of the API keys",
    { secret_header: "X-API-Key", api_keys: ["partner"] },
    'secret_header: is the header of the callers\' API keys, whose values AWS makes, got "X-API-Key"',
  ],
  [
    "a secret in a header that is required",
    { secret_header: "X-Hook", required_headers: ["x-hook"] },
    'required_headers: names the header of "secret_header", whose absence would then be a 400, got ["x-hook"]',
  ],
  [
    "a secret that is forwarded",
    { secret_header: "X-Hook", forward_headers: ["X-Event", "x-hook"] },
    'forward_headers: puts the secret of "secret_header" into the queue',
  ],
  [
    "a secret that is the message group",
    { secret_header: "X-Hook", message_group_id: { header: "X-Hook" } },
    'message_group_id: puts the secret of "secret_header" into the queue',
  ],
  ...["Action=SendMessage ## ours", "Action=SendMessage\\"].map((template): [string, object, string] => [
    `a secret's check behind ${template}`,
    { secret_header: "X-Hook", request_templates: { "application/json": template } },
    'request_templates: ends in what would take the check of "secret_header" behind it for text',
  ]),
  [
    "a secret's header that no page may set",
    { secret_header: "X-Hook", cors: { allow_origins: ["*"], allow_headers: ["Content-Type"] } },
    "cors.allow_headers: lacks headers that a request must have",
  ],
  [
    "a statement of another queue's policy",
    { queue_policy_statements: [{ ...PARTNER, Resource: OWN.replace("orders", "others") }] },
    "queue_policy_statements: names another queue than the stack's",
  ],
  [
    "a statement of the policy of a queue that is not the stack's",
    { existing_queue_arn: QUEUE, queue_policy_statements: [PARTNER] },
    "queue_policy_statements: is a setting of a queue of the stack's own",
  ],
  [
    "a FIFO queue without a group",
    { fifo: true, content_based_deduplication: true },
    "message_group_id: is missing",
  ],
  ["a FIFO queue without deduplication", { fifo: true, ...GROUP }, "message_deduplication_id: is missing"],
  [
    "a deduplication id on a standard queue",
    { message_deduplication_id: { header: "Idempotency-Key" } },
    "message_deduplication_id: needs a FIFO queue",
  ],
  [
    "messages' own delays on a FIFO queue",
    { fifo: true, content_based_deduplication: true, ...GROUP, ...DELAY },
    'message_delay_seconds: needs a standard queue, got {"header":"X-Delay"}; this setting where the queue is one: a FIFO queue delays all messages alike. Write "delay_seconds" for all messages, or drop it.',
  ],
  [
    "messages' own delays on an existing FIFO queue",
    { existing_queue_arn: `${QUEUE}.fifo`, ...GROUP, ...DELAY },
    "message_delay_seconds: needs a standard queue",
  ],
  [
    "delays that are as long as the retention",
    { ...DELAY, message_retention_seconds: 900 },
    'message_delay_seconds: lets messages wait until the queue\'s retention has ended, when SQS deletes them, got {"header":"X-Delay"}; this setting where "message_retention_seconds" is more than 900.',
  ],
  [
    "a constant delay that is longer than the retention",
    { message_delay_seconds: { constant: "61" }, message_retention_seconds: 60 },
    'this setting where "message_retention_seconds" is more than 61',
  ],
  [
    "a queue's delay that is as long as its retention",
    { delay_seconds: 60, message_retention_seconds: 60 },
    'delay_seconds: lets messages wait until their retention has ended, when SQS deletes them, got 60; less than "message_retention_seconds".',
  ],
  [
    "clamping without a delay",
    { message_delay_out_of_range: "clamp" },
    'message_delay_out_of_range: has no delay that could be out of range, got "clamp"',
  ],
  [
    "a constant delay that is out of range",
    { message_delay_seconds: { constant: "901" } },
    'message_delay_seconds.constant: is not valid, got "901"; a whole number of seconds from 0 to 900, in quotes. Write for example "60".',
  ],
  [
    "a request's id as its delay",
    { message_delay_seconds: { request: "requestId" } },
    "message_delay_seconds.request: is not a setting",
  ],
  [
    "a delay from an authorizer that is not there",
    { message_delay_seconds: { authorizer: "delay" } },
    "message_delay_seconds: needs an authorizer in no-auth-stack",
  ],
  [
    "a delay in bodies that are no text",
    { message_delay_seconds: { json_path: "$.delay" }, content_types: ["application/json", "image/png"] },
    "message_delay_seconds: is looked for in bodies that are no text",
  ],
  [
    "a secret that is the delay",
    { secret_header: "x-delay", ...DELAY },
    'message_delay_seconds: puts the secret of "secret_header" into the queue',
  ],
  [
    "a delay's header that no page may set",
    { ...DELAY, cors: { allow_origins: ["*"], allow_headers: ["Content-Type"] } },
    "a list with Authorization, X-Delay in it",
  ],
  [
    "high throughput on a standard queue",
    { fifo_high_throughput: true },
    "fifo_high_throughput: needs a FIFO queue",
  ],
  [
    "a limit of a queue that is not the stack's",
    { existing_queue_arn: QUEUE, delay_seconds: 5 },
    "delay_seconds: is a setting of a queue of the stack's own",
  ],
  [
    "an encryption of a queue that is not the stack's",
    { existing_queue_arn: QUEUE, encryption: "sqs-managed" },
    "encryption: is a setting of a queue of the stack's own",
  ],
  [
    "receives without a dead-letter queue",
    { dead_letter_queue: false, max_receive_count: 3 },
    "max_receive_count: needs a dead-letter queue",
  ],
  [
    "an adopted queue of which nobody says what is kept",
    { adopt_queue: OWN },
    "adopt_queue: does not say what becomes of the queue's policy, tags and attributes",
  ],
  [
    "an adopted queue of another name",
    { ...KEEP, adopt_queue: `${OWN}-old` },
    `stack's in auth-stack, got "${OWN}-old"; the queue orders, which "storage_sqs_queue_name" and the environment name`,
  ],
  [
    "an adopted queue of another Region",
    { ...KEEP, adopt_queue: OWN.replace("central", "west") },
    "adopt_queue: is in another Region than the stack",
  ],
  [
    "an adopted FIFO queue for a standard one",
    { ...KEEP, adopt_queue: `${OWN}.fifo` },
    "adopt_queue: is a queue of the other type",
  ],
  [
    "an adopted standard queue for a FIFO one",
    { ...KEEP, ...GROUP, adopt_queue: OWN, fifo: true },
    "adopt_queue: is a queue of the other type",
  ],
  [
    "a queue that is adopted and stays somebody else's",
    { ...KEEP, adopt_queue: OWN, existing_queue_arn: QUEUE },
    "adopt_queue: is a setting of a queue of the stack's own",
  ],
  [
    "receives without a dead-letter queue of the stack's",
    { ...KEEP, max_receive_count: 3 },
    "max_receive_count: needs a dead-letter queue of the stack's",
  ],
  [
    "an existing API of which no stage is named",
    { existing_rest_api_id: "a1b2c3d4e5" },
    "stage_name: is missing",
  ],
  [
    "a path in no existing API",
    { existing_rest_api_parent_path: "/shop" },
    "existing_rest_api_parent_path: needs an existing REST API",
  ],
  [
    "a binary type in an existing API",
    { ...API, content_types: ["application/json", "image/png"] },
    "content_types: needs binary media types of the REST API",
  ],
  ["one place in an existing API for both", API, "existing_rest_api_id: is the API of auth-stack too"],
  [
    "a consumer of one existing queue in both",
    {
      existing_queue_arn: QUEUE,
      consumer: { lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:f" },
    },
    "consumer: is a second consumer of the queue that auth-stack's consumer reads",
  ],
  [
    "a certificate of another Region",
    { custom_domain: { ...DOMAIN, certificate_arn: CERTIFICATE.replace("central", "west") } },
    "custom_domain.certificate_arn: is in another Region than the API",
  ],
  ["a web ACL of another Region", { web_acl_arn: WEB_ACL }, "web_acl_arn: is in another Region than the API"],
  [
    "one domain for both",
    { custom_domain: DOMAIN },
    "custom_domain.domain_name: is the domain of auth-stack too",
  ],
  [
    "mutual TLS beside an open URL",
    { custom_domain: MUTUAL_TLS },
    "custom_domain.truststore_uri: can be gone round by the API's own URL below execute-api, got \"s3://shop",
  ],
  [
    "a version of no truststore",
    { custom_domain: { ...DOMAIN, truststore_version: "1" } },
    "custom_domain.truststore_version: needs mutual TLS",
  ],
  [
    "a proof of ownership without mutual TLS",
    { custom_domain: { ...DOMAIN, ownership_verification_certificate_arn: CERTIFICATE } },
    "custom_domain.ownership_verification_certificate_arn: needs mutual TLS",
  ],
  [
    "a closed URL and no other",
    { disable_execute_api_endpoint: true },
    "disable_execute_api_endpoint: leaves no URL to call",
  ],
  [
    "a regional domain for a private API",
    { custom_domain: DOMAIN, vpc_endpoint_ids: ENDPOINTS },
    "custom_domain: is a regional domain, which reaches no private API",
  ],
  ["a private API without endpoints", { vpc_endpoint_ids: [] }, "vpc_endpoint_ids: is empty"],
  [
    "an access mode without an enhanced policy",
    { security_policy: "TLS_1_2", endpoint_access_mode: "BASIC" },
    "endpoint_access_mode: needs an enhanced security policy",
  ],
  ...Object.entries({
    allowed_ip_addresses: ["192.0.2.7"],
    denied_ip_addresses: ["192.0.2.7"],
    vpc_endpoint_ids: ENDPOINTS,
    disable_execute_api_endpoint: true,
    security_policy: "TLS_1_2",
  }).map(([key, value]): [string, object, string] => [
    `${key} for an existing API`,
    { ...API, [key]: value },
    `${key}: holds for the whole REST API, which is not the stack's`,
  ]),
  ...Object.entries({ custom_domain: DOMAIN, web_acl_arn: WEB_ACL, client_certificate: true }).map(
    ([key, value]): [string, object, string] => [
      `${key} for a stage of somebody else's`,
      { ...API, [key]: value },
      `${key}: is a setting of the stage, which is not the stack's`,
    ],
  ),
  [
    "a binary type that is not accepted",
    { binary_content_types: ["image/png"] },
    "binary_content_types: names what is not",
  ],
  [
    "a template for what is not accepted",
    { request_templates: { "text/plain": "x" } },
    "request_templates: names what",
  ],
  ["a schema for what is not accepted", { request_schema: { "text/xml": {} } }, "request_schema: names what"],
  [
    "a schema for a binary type",
    { content_types: ["image/png"], request_schema: { "image/png": {} } },
    "request_schema: names what is not accepted, or not text",
  ],
  [
    "11 attributes",
    { forward_headers: "abcdefghijk".split("").map((letter) => `X-${letter}`) },
    "forward_headers: makes more than 10 message attributes",
  ],
  [
    "10 attributes beside a binary type's own",
    { content_types: ["image/png"], forward_headers: "abcdefghij".split("").map((letter) => `X-${letter}`) },
    "forward_headers: makes more than 10 message attributes",
  ],
  [
    "two attributes of one name",
    { forward_headers: ["tenant"], forward_query_parameters: ["tenant"] },
    "forward_headers: makes two message attributes of one name",
  ],
  [
    "a reserved attribute name",
    { forward_query_parameters: ["AWS.tenant"] },
    "forward_query_parameters: makes a message attribute whose name SQS refuses",
  ],
  [
    "a name that leaves no room for -dlq",
    { storage_sqs_queue_name: "q".repeat(77) },
    "storage_sqs_queue_name: is not a name",
  ],
  [
    ".fifo on a standard queue",
    { storage_sqs_queue_name: "orders.fifo" },
    'storage_sqs_queue_name: is not a name for a standard queue in auth-stack, got "orders.fifo"; a name that ends in .fifo together with "fifo": true only',
  ],
  [
    "a delay out of range",
    { delay_seconds: 901 },
    "delay_seconds: is out of range, got 901; a whole number of seconds from 0 to 900",
  ],
  ["a size out of range", { max_message_size: 1_048_577 }, "max_message_size: is out of range"],
  [
    "a retention out of range",
    { message_retention_seconds: 59 },
    "message_retention_seconds: is out of range",
  ],
  [
    "a fraction",
    { visibility_timeout_seconds: 1.5 },
    "visibility_timeout_seconds: is not a whole number, got 1.5",
  ],
  [
    "a text for a number",
    { visibility_timeout_seconds: "5" },
    'visibility_timeout_seconds: is not a number, got "5"',
  ],
  [
    "a timeout out of range",
    { integration_timeout_milliseconds: 49 },
    "integration_timeout_milliseconds: is out of range",
  ],
  [
    "an unknown encryption",
    { encryption: "aes" },
    'encryption: is not valid, got "aes"; "kms-managed", "sqs-managed" or',
  ],
  [
    "a KMS alias",
    { encryption: "arn:aws:kms:eu-central-1:123456789012:alias/a" },
    "encryption: is not valid",
  ],
  [
    "a content type with parameters",
    { content_types: ["text/xml; charset=utf-8"] },
    "content_types.0: is not valid",
  ],
  ["no content type", { content_types: [] }, "content_types: is empty"],
  ["a repeated content type", { content_types: ["text/xml", "text/xml"] }, "content_types: repeats an item"],
  [
    "an unknown source",
    { message_group_id: { cookie: "x" } },
    'message_group_id.cookie: is not a setting, got "cookie"; known here: header, query, ',
  ],
  [
    "two sources",
    { message_group_id: { header: "a", query: "b" } },
    "message_group_id: is not a source of a value",
  ],
  [
    "a JSON path that is none",
    { message_group_id: { json_path: "a" } },
    'message_group_id.json_path: is not valid, got "a"; a path from $ over names and indices',
  ],
  ["a list of templates", { request_templates: ["x"] }, 'request_templates: is not an object, got ["x"]'],
  [
    "a template that does not parse",
    { request_templates: { "application/json": "Action=x\n#if($a" } },
    "request_templates.application/json: does not parse, got line 2, column 7: expected",
  ],
  [
    "an answer's template that does not parse",
    { response: { status: 201, template: "$" } },
    "response.template: does not parse, got line 1, column 2: expected",
  ],
  ["an answer without a status", { response: { template: "" } }, "response.status: is missing, got nothing"],
  ["a misspelt answer", { response: "Compact" }, 'response: is not an answer, got "Compact"'],
  [
    "a misspelt CORS setting",
    { cors: { allow_origins: ["*"], allow_header: [] } },
    'cors.allow_header: is not a setting, got "allow_header"; did you mean "allow_headers"?',
  ],
  ["CORS without origins", { cors: {} }, "cors.allow_origins: is missing, got nothing"],
  ["CORS that is a list", { cors: [] }, "cors: is not an object, got []"],
  [
    "a constant with a space",
    { message_group_id: { constant: "a b" } },
    "message_group_id.constant: is not valid",
  ],
  [
    "a missing template file",
    { request_templates: { "application/json": { file: "no.vtl" } } },
    "names a file that can't be read",
  ],
  [
    "an empty template",
    { request_templates: { "application/json": "\n" } },
    "request_templates.application/json: is empty",
  ],
  [
    "a template that answers for SQS",
    { request_templates: { "application/json": "#set($context.responseOverride.status = 200)Action=x" } },
    "request_templates.application/json: sets the answer before SQS has the message",
  ],
  [
    "a success status that is none",
    { response: { status: 404, template: "" } },
    "response.status: is out of range, got 404",
  ],
  [
    "* among origins",
    { cors: { allow_origins: ["*", "https://a.example"] } },
    "cors.allow_origins: mixes * with origins",
  ],
  [
    "an origin with a path",
    { cors: { allow_origins: ["https://a.example/"] } },
    "cors.allow_origins.0: is not valid",
  ],
  [
    "an unknown kind of authorization",
    { authorization: "JWT" },
    'authorization: is not a kind of authorization, got "JWT"; TOKEN, REQUEST, COGNITO_USER_POOLS, AWS_IAM.',
  ],
  [
    "a REQUEST authorizer without sources",
    { authorization: "REQUEST" },
    'authorizer_identity_sources: is missing, got nothing; the parts of a request that tell callers apart, or "authorizer_result_ttl_seconds": 0',
  ],
  [
    "a source that is none",
    { authorization: "REQUEST", authorizer_identity_sources: [{ cookie: "x" }] },
    "authorizer_identity_sources.0.cookie: is not a setting",
  ],
  [
    "a source with a comma in its name",
    { authorization: "REQUEST", authorizer_identity_sources: [{ stage_variable: "a,b" }] },
    "authorizer_identity_sources.0.stage_variable: is not valid",
  ],
  ["Cognito without a pool", { authorization: "COGNITO_USER_POOLS" }, "cognito_user_pool_arns: is missing"],
  [
    "a pool that is none",
    { authorization: "COGNITO_USER_POOLS", cognito_user_pool_arns: ["eu-central-1_AbCdEfGhI"] },
    "cognito_user_pool_arns.0: is not valid",
  ],
  [
    "another kind's setting",
    { authorization: "AWS_IAM", authorizer_token_header: "X-Token" },
    'authorizer_token_header: is without effect for this kind of authorization, got "X-Token"; this setting where "authorization" is TOKEN or COGNITO_USER_POOLS.',
  ],
  [
    "a secret for a function that is there already",
    { authorizer_token_secret_arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a-AbCdEf" },
    "authorizer_token_secret_arn: is for a function that the stack makes",
  ],
  [
    "a secret without the six characters, which the role's policy would not find",
    {
      authorizer_function_folder: "lambda/token-authorizer",
      authorizer_token_secret_arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:token",
    },
    "authorizer_token_secret_arn: is not valid",
  ],
  [
    "a made function whose owner is somebody else",
    { authorizer_function_folder: "lambda/token-authorizer", authorizer_invocation: "owners-permission" },
    "authorizer_invocation: leaves the permission to the owner of the function",
  ],
  [
    "a folder without a handler",
    { authorizer_function_folder: "lambda" },
    'authorizer_function_folder: holds no handler that can be read, got "lambda"; a folder with index.js, index.mjs, index.cjs',
  ],
  [
    "a folder that is not there",
    { authorizer_function_folder: "no/such" },
    'authorizer_function_folder: holds no handler that can be read, got "no/such"',
  ],
  [
    "a function of another Region",
    { authorizer_lambda_arn: "arn:aws:lambda:eu-west-1:123456789012:function:f" },
    'authorizer_lambda_arn: is in another Region than the API, got "arn:aws:lambda:eu-west-1:123456789012:function:f"; a function in the Region of "aws_region_name", or one whose owner gives the permission.',
  ],
  [
    "a key of the context where a token has claims",
    { ...COGNITO, forward_authorizer_keys: ["principalId"] },
    'forward_authorizer_keys: is nothing that this kind of authorization gives, got ["principalId"]; a claim of the token, such as claims.sub.',
  ],
  [
    "a claim where a function gives a context",
    { forward_authorizer_keys: ["claims.sub"] },
    "forward_authorizer_keys: is nothing that this kind of authorization gives",
  ],
  [
    "a message group from IAM",
    { authorization: "AWS_IAM", message_group_id: { authorizer: "principalId" } },
    "message_group_id: is nothing that this kind of authorization gives in auth-stack, got",
  ],
  [
    "a claim that a template would need an index for",
    { ...COGNITO, forward_authorizer_keys: ["claims.custom:role"] },
    "forward_authorizer_keys.0: is not valid",
  ],
  [
    "a list of headers without those of a signature",
    { authorization: "AWS_IAM", cors: { allow_origins: ["*"], allow_headers: ["Authorization"] } },
    "a list with X-Amz-Date, X-Amz-Security-Token in it",
  ],
])("%s is a mistake", (_what, params, message) => {
  expect(messagesFor(params)).toContain(message);
});

test("two stages of one name in an existing API, each at a place of its own", () => {
  const deployed = { ...API, deploy_existing_rest_api: true, existing_rest_api_parent_path: "/a" };
  const other = { existing_rest_api_parent_path: "/b" };
  expect(messagesFor(deployed, other)).toContain(
    'params.stage_name: is the stage that auth-stack makes in the same REST API, got "v1"; ',
  );
  expect(messagesFor(deployed, { ...other, stage_name: "v2" })).not.toContain("stage_name");
});

test.each<[string, object]>([
  ["a FIFO queue with its ids", { fifo: true, ...GROUP, message_deduplication_id: { query: "id" } }],
  [
    "a FIFO queue named .fifo",
    { fifo: true, storage_sqs_queue_name: "a.fifo", ...GROUP, content_based_deduplication: true },
  ],
  ["a message group on a standard queue", GROUP],
  ["a customer's key", { encryption: KEY }],
  ["an existing queue with its key", { existing_queue_arn: QUEUE, encryption: KEY }],
  ["a JSON path", { message_group_id: { json_path: "$.tenant.ids[0]" } }],
  [
    "a REQUEST authorizer that is asked at each request",
    { authorization: "REQUEST", authorizer_result_ttl_seconds: 0 },
  ],
  ["claims of a Cognito user pool", { ...COGNITO, forward_authorizer_keys: ["claims.sub"] }],
  [
    "a function of another Region, with its owner's permission",
    {
      authorizer_lambda_arn: "arn:aws:lambda:eu-west-1:123456789012:function:f",
      authorizer_invocation: "owners-permission",
    },
  ],
  [
    "a function of another Region that nobody asks",
    { authorization: "AWS_IAM", authorizer_lambda_arn: "arn:aws:lambda:eu-west-1:123456789012:function:f" },
  ],
  ["a long name without -dlq", { storage_sqs_queue_name: "q".repeat(80), dead_letter_queue: false }],
])("%s is fine", (_what, params) => {
  expect(messagesFor(params)).toBe("");
});

test("the dead-letter queue of one stack must not be the queue of the other", () => {
  expect(messagesFor({}, { storage_sqs_queue_name: "orders-dlq" })).toContain(
    "is the queue of auth-stack too",
  );
});

test("a template from a file is told with the file's name, and read without a byte order mark", () => {
  const folder = mkdtempSync(join(tmpdir(), "queue-leveling-templates-"));
  const [file, marked, utf16] = ["a.vtl", "b.vtl", "c.vtl"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(file, "Action=x\n#if(");
  writeFileSync(marked, "\ufeffAction=x");
  writeFileSync(utf16, Buffer.from("\ufeffAction=x", "utf16le"));
  const template = (name: string) => ({ request_templates: { "application/json": { file: name } } });
  expect(messagesFor(template(file))).toContain(`does not parse, got ${file}, line 2, column 5: expected`);
  expect(messagesFor(template(utf16))).toContain("names a file that can't be read");
  const read = { params: template(marked), "no-auth-stack": {} };
  expect(readSettings(read, {}).authStack.requestTemplates).toEqual({ "application/json": "Action=x" });
  rmSync(folder, { recursive: true });
});

test.each(["(", "[a", "\\", "a{2,1}"])("%s is no pattern of Java", (authorizer_token_pattern) => {
  expect(messagesFor({ authorizer_token_pattern })).toContain(
    "params.authorizer_token_pattern: is no regular expression of Java, got",
  );
});

test("a pattern that only Java has is fine", () => {
  expect(messagesFor({ authorizer_token_pattern: "^Bearer \\p{Alnum}++$" })).toBe("");
});

test("a stack without an authorizer can't take a value from it", () => {
  expect(messagesFor({ message_group_id: { authorizer: "principalId" } })).toBe(
    'cdktf.json context.params.message_group_id: needs an authorizer in no-auth-stack, got {"authorizer":"principalId"}; another source where there is none. Give another one. Or override it: "no-auth-stack": { "message_group_id": … }.',
  );
});

test("a list of headers without those that other settings need is a mistake, which names them", () => {
  const cors = { allow_origins: ["*"], allow_headers: ["content-type", "x-tenant"] };
  const params = {
    cors,
    required_headers: ["X-Tenant", "X-Request-Id", "Origin"],
    forward_headers: ["X-Other"],
    fifo: true,
    message_group_id: { header: "X-Group" },
    message_deduplication_id: { header: "Idempotency-Key" },
  };
  const lacking = "X-Request-Id, X-Group, Idempotency-Key";
  const wrong = "cors.allow_headers: lacks headers that a request must have";
  const got = ', got ["content-type","x-tenant"]; a list with';
  expect(messagesFor(params).split("\n")).toEqual([
    expect.stringContaining(`context.params.${wrong} in auth-stack${got} Authorization, ${lacking} in it.`),
    expect.stringContaining(`context.params.${wrong} in no-auth-stack${got} ${lacking} in it.`),
  ]);
  expect(messagesFor({ required_headers: ["X-Tenant"] }, { cors })).toBe("");
  expect(messagesFor({ required_headers: ["X-A"] }, { cors })).toContain(`context.no-auth-stack.${wrong}`);
});

describe("a mistake is told where the user wrote the value", () => {
  test.each<[string, object, object, string]>([
    [
      "in params, wrong for both",
      { max_receive_count: 3, dead_letter_queue: false },
      {},
      "params.max_receive_count: needs a dead-letter queue, got 3",
    ],
    [
      "in params, wrong for one",
      { max_receive_count: 3 },
      { dead_letter_queue: false },
      "params.max_receive_count: needs a dead-letter queue in no-auth-stack, got 3",
    ],
    [
      "in a stack's group",
      { dead_letter_queue: false },
      { max_receive_count: 3 },
      "no-auth-stack.max_receive_count: needs a dead-letter queue, got 3",
    ],
    [
      "asked for in params",
      { fifo: true, content_based_deduplication: true },
      {},
      "params.message_group_id: is missing, got nothing",
    ],
    [
      "asked for in a stack's group",
      { content_based_deduplication: true, fifo: true, ...GROUP },
      { message_group_id: { constant: "a" }, message_deduplication_id: { header: "a b" } },
      "no-auth-stack.message_deduplication_id.header: is not valid",
    ],
  ])("%s", (_what, params, overrides, message) => {
    expect(messagesFor(params, overrides)).toMatch(
      new RegExp(`^cdktf\\.json context\\.${message.replaceAll(".", "\\.")}.*$`),
    );
  });

  test("and a setting that only one stack asks for is missed there", () => {
    expect(messagesFor({ content_based_deduplication: true }, { fifo: true })).toContain(
      "context.no-auth-stack.message_group_id: is missing, got nothing",
    );
  });
});

test("where any value is wrong in one stack, it can only be written for the other", () => {
  expect(messagesFor({ throttling_rate_limit: 5 }, { max_cost_per_day: 1 })).toContain(
    'Or write it for the other stack alone: "auth-stack": { "throttling_rate_limit": … }.',
  );
});

test.each<[object, string]>([
  [
    { requird: ["a"] },
    'at /requird: is a keyword that API Gateway refuses, got ["a"]; those of JSON Schema draft 4. Did you mean "required"?',
  ],
  [
    { file: "order.json" },
    'at /file: is a keyword that API Gateway refuses, got "order.json"; those of JSON Schema draft 4. Write the schema itself here.',
  ],
  [
    { const: 1 },
    'at /const: is a keyword that API Gateway refuses, got 1; those of JSON Schema draft 4. Write "enum" with one value.',
  ],
  [
    { minimum: 1, exclusiveMinimum: 1 },
    'at /exclusiveMinimum: is not draft 4, got 1; it must be boolean. Write "minimum" with the number, and "exclusiveMinimum": true.',
  ],
  [{ $schema: "http://json-schema.org/draft-07/schema#" }, "at /$schema: is another draft, got"],
])("the schema %j is a mistake", (schema, message) => {
  expect(messagesFor({ request_schema: { "application/json": schema } })).toContain(
    `context.params.request_schema.application/json: ${message}`,
  );
});
