import { readSettings } from "../../stacks/settings";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000";
const QUEUE = "arn:aws:sqs:eu-central-1:210987654321:orders";
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
    "forward_headers: makes a message attribute whose name SQS refuses",
  ],
  [
    "a name that leaves no room for -dlq",
    { storage_sqs_queue_name: "q".repeat(77) },
    "storage_sqs_queue_name: is not a name",
  ],
  [
    ".fifo on a standard queue",
    { storage_sqs_queue_name: "orders.fifo" },
    "storage_sqs_queue_name: is not a name",
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
  ["a fraction", { visibility_timeout_seconds: 1.5 }, "visibility_timeout_seconds: is out of range"],
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
    "message_group_id: is not a source of a value",
  ],
  [
    "two sources",
    { message_group_id: { header: "a", query: "b" } },
    "message_group_id: is not a source of a value",
  ],
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
])("%s is a mistake", (_what, params, message) => {
  expect(messagesFor(params)).toContain(message);
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
  ["a long name without -dlq", { storage_sqs_queue_name: "q".repeat(80), dead_letter_queue: false }],
])("%s is fine", (_what, params) => {
  expect(messagesFor(params)).toBe("");
});

test("the dead-letter queue of one stack must not be the queue of the other", () => {
  expect(messagesFor({}, { storage_sqs_queue_name: "orders-dlq" })).toContain(
    "is the queue of auth-stack too",
  );
});

test("a stack without an authorizer can't take a value from it", () => {
  expect(messagesFor({ message_group_id: { authorizer: "principalId" } })).toBe(
    'cdktf.json context.no-auth-stack.message_group_id: needs an authorizer, got {"authorizer":"principalId"}; another source in this stack. Override it: "no-auth-stack": { "message_group_id": … }.',
  );
});

test.each<[object, string]>([
  [
    { const: 1 },
    'at /const: is a keyword that API Gateway ignores, got 1; JSON Schema draft 4. Write "enum"',
  ],
  [{ properties: { a: { if: {} } } }, "at /properties/a/if: is a keyword that API Gateway ignores"],
  [{ allOf: [{ contains: {} }] }, "at /allOf/0/contains: is a keyword"],
  [{ items: [{ $id: "x" }] }, "at /items/0/$id: is a keyword"],
  [{ minimum: 1, exclusiveMinimum: 1 }, "at /exclusiveMinimum: is a number"],
  [{ not: true }, "at /not: is not a schema of draft 4"],
  [{ type: "strnig" }, "at /type: is no type of JSON"],
  [{ properties: { a: { required: [] } } }, "at /properties/a/required: is no list of names"],
  [{ dependencies: { a: { const: 1 } } }, "at /dependencies/a/const: is a keyword"],
  [{ $schema: "http://json-schema.org/draft-07/schema#" }, "at /$schema: is another draft"],
])("the schema %j is not draft 4", (schema, message) => {
  expect(messagesFor({ request_schema: { "application/json": schema } })).toContain(message);
});

test.each<[object]>([
  [{ type: "object", properties: { if: { type: "string" }, const: {} }, additionalProperties: false }],
  [
    {
      enum: [{ const: 1 }],
      exclusiveMinimum: true,
      minimum: 1,
      $schema: "http://json-schema.org/draft-04/schema#",
    },
  ],
])("the schema %j is draft 4", (schema) => {
  expect(messagesFor({ request_schema: { "application/json": schema } })).toBe("");
});
