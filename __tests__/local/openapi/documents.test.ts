import { asyncApiDocument } from "../../../local/openapi/asyncapi-document";
import { openApiDocument } from "../../../local/openapi/openapi-document";
import { readStack } from "../../../local/terraform/read-stack";
import type { StackModel } from "../../../local/terraform/stack-model";
import { readSettings } from "../../../settings/settings";
import appliedState from "../../support/applied-state.json";
import { asyncApiFaults, danglingReferences, openApiFaults } from "../../support/document-faults";
import { PLAIN_DOCUMENT } from "../../support/plain-document";
import {
  type Params,
  SENSITIVE_VARIABLES,
  SETTING_GROUPS,
  type SettingGroup,
} from "../../support/setting-groups";
import { TWO_WAY_DOCUMENT } from "../../support/two-way-document";
import { type Synthesized, synthesizedAuthStack, synthesizedNoAuthStack } from "../../support/synthesized";

const GROUPS: readonly (readonly [string, SettingGroup])[] = Object.entries(SETTING_GROUPS);

const CHANNELS: Readonly<Record<string, readonly string[]>> = {
  "a standard queue": ["orders"],
  "a queue with a customer's key, without dead letters": ["orders"],
  "a queue whose senders know a secret": ["orders"],
  "a sender of webhooks": [],
  "senders of webhooks on paths of their own": ["orders", "orders-whatsapp"],
  "a FIFO queue": ["orders_fifo"],
  "callers with API keys": ["orders"],
  "a throttled stage": ["orders"],
  "a canary": ["orders"],
  "a stage that costs so much at most": ["orders"],
  "a stage that tells of its requests": ["orders"],
  "another queue": ["others_fifo"],
  "somebody else's queue": ["theirs"],
  "a queue that the stack adopts": ["orders"],
  "a token in another header": ["orders"],
  "a REQUEST authorizer that a role invokes": ["orders"],
  "a Cognito user pool": ["orders"],
  "signatures of IAM": ["orders"],
  "a function that the stack makes": ["orders"],
  "a function that the stack makes, with its token in a secret": ["orders"],
  "somebody else's function": ["orders"],
  "an API behind a domain, a firewall and lists of addresses": ["orders"],
  "a private API": ["orders"],
  "an API with a security policy": ["orders"],
  "a stack that is watched": ["orders"],
  "a stack whose refusals are watched": ["orders"],
  "a consumer that the stack makes": ["orders"],
  "a function of yours, behind provisioned pollers": ["orders"],
  "somebody else's API": ["orders"],
  "large bodies": ["orders"],
  "several queues": ["orders-high", "orders", "orders-eu-refunds_fifo", "orders-orders-low", "orders-orders"],
  "a plain Terraform stack": ["ql-web", "queues_of_POST_orders_id_"],
  "the state of an apply": ["ql-web", "queues_of_POST_orders_id_"],
  "a stack that goes both ways": ["orders", "orders-high", "orders-low"],
};

interface Document {
  paths: Record<
    string,
    Record<
      string,
      {
        description: string;
        parameters: object[];
        security: object[];
        requestBody?: { content: Record<string, { schema: object }> };
        responses: Record<string, { headers: object; content?: Record<string, { schema: object }> }>;
      }
    >
  >;
  components: { securitySchemes: object };
}

function model(document: Readonly<Record<string, unknown>>, name = "orders"): StackModel {
  return readStack({ document, name, environment: SENSITIVE_VARIABLES, accountId: "123456789012" });
}

function synthesized({ base, settings }: SettingGroup): StackModel {
  const context = {
    params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" },
    "auth-stack": { ...base, ...settings } satisfies Params,
    "no-auth-stack": { storage_sqs_queue_name: "open-orders" },
  };
  return model(synthesizedAuthStack(readSettings(context, {}).authStack).json);
}

function openApi({ name, restApis }: StackModel): Document {
  const described = restApis.map((api) => ({ name, api, bases: [""] }));
  return JSON.parse(JSON.stringify(openApiDocument(described, [{ url: "https://api.example" }]))) as Document;
}

function asyncApi(stack: StackModel): { channels: object } {
  const { name, queues } = stack;
  const apis = stack.restApis.map((api) => ({ name, api }));
  return JSON.parse(JSON.stringify(asyncApiDocument({ apis, queues }))) as { channels: object };
}

/** The only operation of a stack with one. */
function post(stack: Synthesized) {
  const operation = openApi(model(stack.json)).paths["/sqs"]?.post;
  if (operation === undefined) throw new Error("no POST /sqs");
  return operation;
}

describe.each([
  ...GROUPS.map(([name, group]) => [name, () => synthesized(group)] as const),
  ["a plain Terraform stack", () => model(PLAIN_DOCUMENT)] as const,
  ["the state of an apply", () => model(appliedState)] as const,
  ["a stack that goes both ways", () => model(TWO_WAY_DOCUMENT)] as const,
])("%s", (name, read) => {
  test("gives a document that OpenAPI's own schema takes", () => {
    const document = openApi(read());
    expect(openApiFaults(document)).toEqual([]);
    expect(danglingReferences(document)).toEqual([]);
  });

  test("gives a document that AsyncAPI's own schema takes", () => {
    const document = asyncApi(read());
    expect(asyncApiFaults(document)).toEqual([]);
    expect(danglingReferences(document)).toEqual([]);
    expect(Object.keys(document.channels)).toEqual(CHANNELS[name]);
  });
});

test("an API key is a scheme of its own, and 403 and 429 are among the answers", () => {
  const { responses, security } = post(synthesizedNoAuthStack({ apiKeys: ["partner"] }));
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(["403", "429"]));
  expect(security).toEqual([{ apiKey: [] }]);
});

test("no-auth-stack tells every answer that its callers can get, and no other", () => {
  const { responses, security } = post(synthesizedNoAuthStack());
  expect(Object.keys(responses)).toEqual(["200", "400", "413", "415", "429", "500", "503", "504"]);
  expect(security).toEqual([]);
});

test("auth-stack tells 401 too, and its authorizer", () => {
  const { responses, security } = post(synthesizedAuthStack());
  expect(Object.keys(responses)).toContain("401");
  expect(security).toEqual([{ token: [] }]);
  expect(openApi(model(synthesizedAuthStack().json)).components.securitySchemes).toEqual({
    token: expect.objectContaining({ type: "apiKey", in: "header", name: "Authorization" }) as object,
  });
});

test("a secret header is a parameter that may be missing, and 403 is its refusal", () => {
  const { parameters, responses, description } = post(
    synthesizedNoAuthStack({ secretHeader: "X-Gitlab-Token" }),
  );
  expect(parameters).toEqual([
    { name: "X-Gitlab-Token", in: "header", required: false, schema: { type: "string" } },
  ]);
  expect(Object.keys(responses)).toEqual(["200", "400", "403", "413", "415", "429", "500", "503", "504"]);
  expect(JSON.stringify(responses["403"])).toContain("SECRET_HEADER_MISMATCH");
  expect(description).toBe("API Gateway calls Amazon SQS: SendMessage.");
  expect(JSON.stringify(responses)).not.toContain(SENSITIVE_VARIABLES.TF_VAR_secret_header_value);
});

test("says when to try again", () => {
  const { responses } = post(synthesizedNoAuthStack());
  expect(responses["503"]?.headers).toHaveProperty("Retry-After");
  expect(responses["200"]?.headers).toHaveProperty("x-amzn-RequestId");
});

test("a model is the schema of the body, and 400 is its refusal", () => {
  const { requestBody } = post(
    synthesizedNoAuthStack({ requestSchema: { "application/json": { type: "object" } } }),
  );
  expect(requestBody?.content["application/json"]?.schema).toEqual({
    $ref: expect.stringMatching(/^#\/components\/schemas\//) as string,
  });
});
