import { readResources, readStack } from "../../../../local/terraform/read-stack";
import type { RestApi } from "../../../../local/terraform/stack-model";
import { literal } from "../../../support/body-stack";
import { exportedBody } from "../../../support/exported-body";
import { type Synthesized, synthesizedAuthStack, synthesizedNoAuthStack } from "../../../support/synthesized";

const IN_BODY =
  /^aws_api_gateway_(?:resource|(?:method|integration)(?:_response)?|authorizer|model|request_validator|gateway_response)$/;

function sourceOf(document: Record<string, unknown>) {
  return { document, name: "stack", environment: {}, accountId: "123456789012" };
}

/** The same stack with all that a body can say said by a body. */
function withBody({ json }: Synthesized): Record<string, unknown> {
  const body = exportedBody(readResources(sourceOf(json)).resources);
  const document = structuredClone(json);
  const kept = Object.entries(document.resource ?? {}).filter(([type]) => !IN_BODY.test(type));
  const [api] = Object.values(document.resource?.aws_api_gateway_rest_api ?? {});
  if (api === undefined) throw new Error("The stack has no API.");
  for (const said of ["binary_media_types", "api_key_source", "policy"]) Reflect.deleteProperty(api, said);
  api.body = literal(JSON.stringify(body));
  const text = JSON.stringify({ ...document, resource: Object.fromEntries(kept) });
  // Nobody can refer to an authorizer that a body makes.
  return JSON.parse(text.replaceAll(/\$\{aws_api_gateway_authorizer\.\w+\.id\}/g, "*")) as Record<
    string,
    unknown
  >;
}

/** Whether a response's header is said to be required makes no difference: an import never says so. */
function isHeader(key: string): boolean {
  return key.startsWith("method.response.header.");
}

/** Without addresses and ids, and the resources in the order of their paths. */
function comparable(api: RestApi | undefined): unknown {
  const text = JSON.stringify(api, (key, value: unknown) =>
    ["address", "id"].includes(key) ? undefined : isHeader(key) ? "declared" : value,
  );
  const plain = JSON.parse(text) as RestApi;
  const models = Object.entries(plain.models).map(([name, schema]) => [name, JSON.parse(schema) as unknown]);
  return {
    ...plain,
    models: Object.fromEntries(models) as unknown,
    resources: plain.resources.toSorted((a, b) => a.path.localeCompare(b.path)),
  };
}

const REQUEST_SCHEMA = {
  "application/json": { type: "object", required: ["order"], properties: { order: { type: "integer" } } },
};

const STACKS: Readonly<Record<string, Synthesized>> = {
  "the auth stack": synthesizedAuthStack(),
  "the open stack": synthesizedNoAuthStack(),
  "one with an API key, CORS, a schema and a header": synthesizedAuthStack({
    apiKeys: ["partner"],
    cors: { allowOrigins: ["https://app.example.com"] },
    requestSchema: REQUEST_SCHEMA,
    requiredHeaders: ["X-Tenant"],
  }),
};

test.each(Object.entries(STACKS))("%s is the same declared by resources and by a body", (_, stack) => {
  const declared = readStack(sourceOf(stack.json));
  const imported = readStack(sourceOf(withBody(stack)));
  expect(comparable(imported.restApis[0])).toEqual(comparable(declared.restApis[0]));
  expect(imported.queues).toEqual(declared.queues);
  expect(imported.roles).toEqual(declared.roles);
});
