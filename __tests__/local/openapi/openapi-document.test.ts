import { awsServers, openApiDocument } from "../../../local/openapi/openapi-document";
import type { IntegrationResponse, Method, Resource, RestApi } from "../../../local/terraform/stack-model";
import { danglingReferences, openApiFaults } from "../../support/document-faults";
import { sampleApi, sampleAuthorizer, sampleIntegration, sampleMethod } from "../../support/sample-stack";

interface Operation {
  operationId: string;
  security: object[];
  responses: Record<
    string,
    { description: string; content?: Record<string, { schema: object }>; headers?: object }
  >;
}

interface Document {
  servers: { variables: { restApiId: { default: string } } }[];
  paths: Record<string, Record<string, Operation>>;
  components: Record<"schemas" | "securitySchemes", Record<string, object>>;
}

/** Of APIs below paths of their own; with every document goes what has to hold of all. */
function documentOf(...apis: readonly RestApi[]): Document {
  const described = apis.map((api, index) => ({ name: `stack-${index + 1}`, api, bases: [`/${index + 1}`] }));
  const [first = sampleApi()] = apis;
  const document = JSON.parse(JSON.stringify(openApiDocument(described, awsServers(first)))) as Document;
  expect(openApiFaults(document)).toEqual([]);
  expect(danglingReferences(document)).toEqual([]);
  return document;
}

function withModels(models: RestApi["models"], method: Partial<Method> = {}): RestApi {
  const requestModels = { "application/json": "Order" };
  const requestValidator = { validateRequestBody: true, validateRequestParameters: false };
  return sampleApi(sampleMethod({ requestModels, requestValidator, ...method }), { models });
}

test("an answer without a body has no content", () => {
  const integration = sampleIntegration({
    type: "MOCK",
    requestTemplates: { "application/json": '{"statusCode": 204}' },
    responses: [
      {
        address: "aws_api_gateway_integration_response.NoContent",
        statusCode: "204",
        responseParameters: {},
        responseTemplates: { "application/json": "" },
      },
    ],
  });
  const { paths } = documentOf(sampleApi(sampleMethod({ integration })));
  const answer = paths["/1/orders"]?.post?.responses["204"];
  expect(answer?.description).toBe("API Gateway answers without a backend");
  expect(answer).not.toHaveProperty("content");
});

/** What a MOCK method answers, by status: its media types with their schemas, and its own headers. */
function mockAnswers(
  httpMethod: string,
  response: Partial<IntegrationResponse>,
  request = '{"statusCode": 200}',
) {
  const integration = sampleIntegration({
    type: "MOCK",
    requestParameters: {},
    requestTemplates: { "application/json": request },
    responses: [
      { address: "r", statusCode: "200", responseParameters: {}, responseTemplates: {}, ...response },
    ],
  });
  const { paths } = documentOf(sampleApi(sampleMethod({ httpMethod, integration })));
  expect(Object.keys(paths["/1/orders"] ?? {})).toEqual([httpMethod.toLowerCase()]);
  const answer = paths["/1/orders"]?.[httpMethod.toLowerCase()]?.responses["200"];
  const headers = Object.keys(answer?.headers ?? {}).filter((name) => !/^x-am/i.test(name));
  return { headers, content: answer?.content };
}

const AS_TEXT = { "method.response.header.Content-Type": "'text/plain'" };

test("an echo that is answered as text is any text, whatever its template is for", () => {
  const responseTemplates = { "application/json": "$input.params('hub.challenge')" };
  const responseParameters = { ...AS_TEXT, "method.response.header.X-Content-Type-Options": "'nosniff'" };
  expect(mockAnswers("GET", { responseParameters, responseTemplates })).toEqual({
    headers: ["X-Content-Type-Options"],
    content: { "text/plain": { schema: { type: "string" } } },
  });
});

test("JSON that is answered as text is this text", () => {
  const responseTemplates = { "application/json": '{"ok": true}' };
  expect(mockAnswers("GET", { responseParameters: AS_TEXT, responseTemplates }).content).toEqual({
    "text/plain": { schema: { const: '{"ok": true}' } },
  });
});

test.each([
  [
    "the response template",
    "#set($context.responseOverride.header.content-type = 'text/xml; charset=utf-8')",
    "",
  ],
  [
    "the request template",
    "",
    "#set($context.responseOverride.header.content-type = 'text/xml; charset=utf-8')",
  ],
])("a content type that %s overrides is the answer's", (_by, response, request) => {
  const responseTemplates = { "application/json": `${response}<Response/>` };
  const answers = mockAnswers(
    "GET",
    { responseParameters: AS_TEXT, responseTemplates },
    `${request}{"statusCode": 200}`,
  );
  expect(answers).toEqual({ headers: [], content: { "text/xml": { schema: { const: "<Response/>" } } } });
});

test("OPTIONS has the headers of its constant, and no body", () => {
  const responseTemplates = { "application/json": "" };
  const responseParameters = { "method.response.header.WebHook-Allowed-Origin": "'*'" };
  expect(mockAnswers("OPTIONS", { responseParameters, responseTemplates })).toEqual({
    headers: ["WebHook-Allowed-Origin"],
    content: undefined,
  });
});

test("HEAD has no body, whatever its template prints", () => {
  const responseTemplates = { "application/json": '{"ok": true}' };
  expect(mockAnswers("HEAD", { responseTemplates }).content).toBeUndefined();
});

test.each([
  ["SendMessage", "SQS has the message"],
  ["SendMessageBatch", "SQS has the messages that the body says it has"],
  ["PurgeQueue", "SQS did what it was asked for"],
])("200 of %s means: %s", (action, meaning) => {
  const integration = sampleIntegration({ uri: `arn:aws:apigateway:eu-central-1:sqs:action/${action}` });
  const { paths } = documentOf(sampleApi(sampleMethod({ integration })));
  expect(paths["/1/orders"]?.post?.responses["200"]?.description).toContain(meaning);
});

test("a request that no mapping template can be made of is answered 500, and reaches nothing", () => {
  const integration = sampleIntegration({ requestTemplates: { "application/json": '#set($a = "' } });
  const { paths } = documentOf(sampleApi(sampleMethod({ integration })));
  expect(Object.keys(paths["/1/orders"]?.post?.responses ?? {})).not.toContain("200");
});

test("two APIs keep their components apart", () => {
  const api = (type: string) =>
    withModels({ Order: JSON.stringify({ type }) }, { authorizer: sampleAuthorizer() });
  const { components, paths } = documentOf(api("object"), api("array"));
  expect(components.schemas).toEqual({
    "stack-1.Order": { type: "object" },
    "stack-2.Order": { type: "array" },
  });
  expect(Object.keys(components.securitySchemes)).toEqual(["stack-1.token", "stack-2.token"]);
  expect(paths["/2/orders"]?.post?.security).toEqual([{ "stack-2.token": [] }]);
});

test("holds the schemas of bodies that are accepted, and those to which they refer", () => {
  const item = "https://apigateway.amazonaws.com/restapis/api1/models/Item";
  const models = {
    Order: JSON.stringify({ type: "array", items: { $ref: item, description: "draft 4 passes it over" } }),
    Item: JSON.stringify({ type: "object" }),
    Spare: "{}",
    Csv: "{}",
  };
  const requestModels = { "application/json": "Order", "text/csv": "Csv" };
  expect(documentOf(withModels(models, { requestModels })).components.schemas).toEqual({
    Order: { type: "array", items: { $ref: "#/components/schemas/Item" } },
    Item: { type: "object" },
  });
});

test("a model that is no JSON Schema allows anything", () => {
  expect(documentOf(withModels({ Order: "<xs:schema/>" })).components.schemas).toEqual({ Order: {} });
});

test.each<[string, object, object]>([
  ["an exclusive bound", { minimum: 0, exclusiveMinimum: true }, { exclusiveMinimum: 0 }],
  ["a bound that is not exclusive", { maximum: 9, exclusiveMaximum: false }, { maximum: 9 }],
  [
    "a tuple",
    { items: [{ type: "string" }], additionalItems: false },
    { prefixItems: [{ type: "string" }], items: false },
  ],
  ["an open tuple", { items: [{}] }, { prefixItems: [{}] }],
  ["needed properties", { dependencies: { a: ["b"] } }, { dependentRequired: { a: ["b"] } }],
  [
    "a schema that a property needs",
    { dependencies: { a: { required: ["b"] } } },
    { dependentSchemas: { a: { required: ["b"] } } },
  ],
  [
    "a property of a keyword's name",
    { properties: { id: { type: "string" } } },
    { properties: { id: { type: "string" } } },
  ],
  [
    "its own definitions",
    { definitions: { a: {} }, items: { $ref: "#/definitions/a" } },
    { definitions: { a: {} }, items: { $ref: "#/components/schemas/Order/definitions/a" } },
  ],
])("a model with %s is told in OpenAPI's words", (_, draft4, expected) => {
  const $schema = "http://json-schema.org/draft-04/schema#";
  const { schemas } = documentOf(withModels({ Order: JSON.stringify({ $schema, ...draft4 }) })).components;
  expect(schemas.Order).toEqual(expected);
});

test("a list in an answer has items, whose shape is told where it is known", () => {
  const answer = { list: [{ code: "A" }, { code: "B" }], empty: [], unknown: ["$context.requestId"] };
  const [response] = sampleIntegration().responses;
  if (response === undefined) throw new Error("the sample has a response");
  const responseTemplates = { "application/json": JSON.stringify(answer) };
  const integration = sampleIntegration({ responses: [{ ...response, responseTemplates }] });
  const { paths } = documentOf(sampleApi(sampleMethod({ integration })));
  const code = { type: "string", enum: ["A", "B"] };
  expect(paths["/1/orders"]?.post?.responses["200"]?.content?.["application/json"]?.schema).toMatchObject({
    properties: {
      list: { type: "array", items: { type: "object", properties: { code }, required: ["code"] } },
      empty: { type: "array", maxItems: 0 },
      unknown: { type: "array", items: { type: "string" } },
    },
  });
});

test("paths that differ in their signs alone have operations of their own", () => {
  const [resource] = sampleApi().resources as [Resource];
  const resources = ["/a-b", "/a_b"].map((path) => ({ ...resource, path }));
  const { paths } = documentOf(sampleApi(undefined, { resources }));
  const ids = Object.values(paths).flatMap((item) =>
    Object.values(item).map(({ operationId }) => operationId),
  );
  expect(ids).toEqual(["post_1_a_b", "post_1_a_b_2"]);
});

test("the server's id is the one that AWS gave, or says that there is none yet", () => {
  const idOf = (api: RestApi) => documentOf(api).servers.map(({ variables }) => variables.restApiId.default);
  expect(idOf(sampleApi(undefined, { idOnAws: "api1" }))).toEqual(["api1"]);
  expect(idOf(sampleApi())).toEqual(["rest-api-id"]);
});

test("the servers are those that callers can reach", () => {
  const urlsOf = (changes: Partial<RestApi>) =>
    awsServers(sampleApi(undefined, changes)).map(({ url }) => url);
  const own = "https://{restApiId}.execute-api.eu-central-1.amazonaws.com/prod";
  const domains = [{ domainName: "api.shop.example", basePath: "orders", stage: "prod" }];
  expect(urlsOf({})).toEqual([own]);
  expect(urlsOf({ domains })).toEqual(["https://api.shop.example/orders", own]);
  expect(urlsOf({ domains, isEndpointDisabled: true })).toEqual(["https://api.shop.example/orders"]);
  expect(urlsOf({ vpcEndpointIds: ["vpce-1"] })).toEqual([own.replace("}", "}-vpce-1")]);
});

test("a selection pattern that is none is told with its address", () => {
  const [response] = sampleIntegration().responses;
  if (response === undefined) throw new Error("the sample has a response");
  const integration = sampleIntegration({ responses: [{ ...response, selectionPattern: "(" }] });
  expect(() => documentOf(sampleApi(sampleMethod({ integration })))).toThrow(
    /^aws_api_gateway_integration\.Post: .*\(/,
  );
});

test("names signatures and user pools as API Gateway's exports do", () => {
  const authorizer = {
    address: "aws_api_gateway_authorizer.Pools",
    id: "pools1",
    name: "pools",
    type: "COGNITO_USER_POOLS",
    identitySources: ["method.request.header.Authorization"],
    userPools: [{ region: "eu-central-1", id: "eu-central-1_first" }],
  } as const;
  const signed = documentOf(sampleApi(sampleMethod({ authorizationType: "AWS_IAM" })));
  expect(signed.components.securitySchemes.sigv4).toMatchObject({
    type: "apiKey",
    name: "Authorization",
    "x-amazon-apigateway-authtype": "awsSigv4",
  });
  expect(Object.keys(signed.paths["/1/orders"]?.post?.responses ?? {})).toContain("403");
  const scoped = documentOf(
    sampleApi(
      sampleMethod({
        authorizer,
        authorizationType: "COGNITO_USER_POOLS",
        authorizationScopes: ["orders/read"],
      }),
    ),
  );
  expect(scoped.components.securitySchemes.pools).toMatchObject({
    type: "http",
    scheme: "bearer",
    "x-amazon-apigateway-authtype": "cognito_user_pools",
  });
  expect(scoped.paths["/1/orders"]?.post?.security).toEqual([{ pools: ["orders/read"] }]);
});
