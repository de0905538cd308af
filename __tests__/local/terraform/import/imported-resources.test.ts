import { stringify } from "yaml";
import { readStack } from "../../../../local/terraform/read-stack";
import { StackError } from "../../../../local/terraform/stack-error";
import type { Method, RestApi } from "../../../../local/terraform/stack-model";
import { SEND_TO_QUEUE, bodyStack } from "../../../support/body-stack";

type Fields = Record<string, unknown>;

const AT = "aws_api_gateway_rest_api.Api.body";
const INTEGRATION = "x-amazon-apigateway-integration";
const MOCK = { type: "mock", requestTemplates: { "application/json": '{"statusCode": 200}' } };
const LAMBDA =
  "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:000000000000:function:f/invocations";
const POOL = "arn:aws:cognito-idp:eu-central-1:000000000000:userpool/eu-central-1_abc";

/** An OpenAPI 3 document with these operations at `POST /sqs`. */
function openapi(operation: Fields = {}, root: Fields = {}): Fields {
  return {
    openapi: "3.0.1",
    info: { title: "t", version: "1" },
    paths: { "/sqs": { post: { [INTEGRATION]: MOCK, ...operation } } },
    ...root,
  };
}

function swagger(operation: Fields = {}, root: Fields = {}): Fields {
  return { ...openapi(operation, root), openapi: undefined, swagger: "2.0" };
}

function read(body: unknown, api: Fields = {}, more: Fields = {}): RestApi {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const { restApis } = readStack({ document: bodyStack(text, api, more), name: "s", environment: {} });
  if (restApis[0] === undefined) throw new Error("no API");
  return restApis[0];
}

function methodOf(api: RestApi, path = "/sqs", verb = "POST"): Method {
  const method = api.resources.find((resource) => resource.path === path)?.methods[verb];
  if (method === undefined) throw new Error(`no ${verb} ${path}`);
  return method;
}

function problems(body: unknown, api: Fields = {}, more: Fields = {}): string[] {
  try {
    read(body, api, more);
  } catch (error) {
    if (error instanceof StackError) return error.message.split("\n");
    throw error;
  }
  return [];
}

describe("paths and methods", () => {
  it("have the resources on the way to them, and addresses that name the body", () => {
    const api = read(openapi({}, { paths: { "/a/{id}/{rest+}": { get: { [INTEGRATION]: MOCK } } } }));
    expect(api.resources.map(({ path, address }) => [path, address])).toEqual([
      ["/", "aws_api_gateway_rest_api.Api"],
      ["/a", `${AT}["/a"]`],
      ["/a/{id}", `${AT}["/a/{id}"]`],
      ["/a/{id}/{rest+}", `${AT}["/a/{id}/{rest+}"]`],
    ]);
    const method = methodOf(api, "/a/{id}/{rest+}", "GET");
    expect(method.address).toBe(`${AT}["GET /a/{id}/{rest+}"]`);
    expect(method.requestParameters).toEqual({
      "method.request.path.id": true,
      "method.request.path.rest": true,
    });
  });

  it("take the root, ANY, and every verb but TRACE", () => {
    const verbs = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    const all = [...verbs, "x-amazon-apigateway-any-method"].map((verb) => [verb, { [INTEGRATION]: MOCK }]);
    const item = { summary: "s", servers: [], ...(Object.fromEntries(all) as Fields) };
    const [root] = read(openapi({}, { paths: { "/": item, "x-other": {} } })).resources;
    expect(Object.keys(root?.methods ?? {})).toEqual([
      "GET",
      "PUT",
      "POST",
      "DELETE",
      "OPTIONS",
      "HEAD",
      "PATCH",
      "ANY",
    ]);
  });

  it("have their parameters, an operation's own before those of the path, and of references", () => {
    const parameters = [
      { $ref: "#/components/parameters/Trace" },
      { in: "query", name: "q", required: false },
      { in: "cookie", name: "c", required: true },
    ];
    const body = openapi(
      {},
      {
        components: { parameters: { Trace: { in: "header", name: "X-Trace", required: true } } },
        paths: {
          "/sqs": {
            parameters,
            post: { [INTEGRATION]: MOCK, parameters: [{ in: "query", name: "q", required: true }] },
          },
        },
      },
    );
    expect(methodOf(read(body)).requestParameters).toEqual({
      "method.request.header.X-Trace": true,
      "method.request.querystring.q": true,
    });
  });

  it("have the same ids on every run, and others in another API", () => {
    const ids = (name: string) => {
      const document = bodyStack(JSON.stringify(openapi()));
      return readStack({ document, name, environment: {} }).restApis[0]?.resources.map(({ id }) => id);
    };
    expect(ids("a")).toEqual(ids("a"));
    expect(ids("a")?.[1]).not.toEqual(ids("b")?.[1]);
  });
});

describe("paths that API Gateway refuses", () => {
  it.each([
    ["/a{b}", '"a{b}"'],
    ["/{p+}/more", '"{p+}"'],
    ["/c d", '"c d"'],
  ])("%s", (path, part) => {
    expect(problems(openapi({}, { paths: { [path]: {} } }))).toEqual([
      `${AT}["${path}"]: has a part that API Gateway refuses, got ${part}; text, one {variable} for a whole part, and one {variable+} for the last part are allowed`,
    ]);
  });

  it("two variables beside each other", () => {
    expect(problems(openapi({}, { paths: { "/a/{b}": {}, "/a/{c}/d": {} } }))).toEqual([
      `${AT}["/a/{c}"]: is refused by AWS with "A sibling ({b}) of this resource already has a variable path part -- only one is allowed". Give both the same variable`,
    ]);
  });
});

describe("integrations", () => {
  it("have AWS's words in any case, and its defaults", () => {
    const method = methodOf(read(openapi({ responses: RESPONSES, [INTEGRATION]: SEND_TO_QUEUE })));
    expect(method.integration).toMatchObject({
      address: `${AT}["POST /sqs"].integration`,
      type: "AWS",
      httpMethod: "POST",
      passthroughBehavior: "NEVER",
      timeoutInMillis: 29_000,
      responses: [
        { statusCode: "500", address: `${AT}["POST /sqs"].integration.responses["default"]` },
        { statusCode: "200", selectionPattern: "2\\d{2}" },
      ],
    });
    expect(method.integration.responses[0]?.selectionPattern).toBeUndefined();
  });

  it("take a template that YAML reads as an object", () => {
    const integration = { ...MOCK, requestTemplates: { "application/json": { statusCode: 204 } } };
    const body = stringify(openapi({ [INTEGRATION]: integration }));
    expect(methodOf(read(body)).integration.requestTemplates).toEqual({
      "application/json": '{"statusCode":204}',
    });
  });

  it("answer a preflight as Swagger 2 writes it", () => {
    const header = "Access-Control-Allow-Origin";
    const options = {
      responses: { 200: { headers: { [header]: { type: "string" } } } },
      [INTEGRATION]: {
        ...MOCK,
        responses: {
          default: { statusCode: 200, responseParameters: { [`method.response.header.${header}`]: "'*'" } },
        },
      },
    };
    const method = methodOf(read(swagger({}, { paths: { "/sqs": { options } } })), "/sqs", "OPTIONS");
    expect(method.methodResponses).toMatchObject({
      "200": { responseParameters: { [`method.response.header.${header}`]: false } },
    });
    expect(method.integration.responses[0]?.responseParameters).toEqual({
      [`method.response.header.${header}`]: "'*'",
    });
  });

  it("are refused as those of resources are", () => {
    expect(problems(openapi({ [INTEGRATION]: undefined }))).toEqual([
      `${AT}["POST /sqs"]: has no integration; AWS refuses to deploy a method without one. Add an aws_api_gateway_integration for it`,
    ]);
    expect(problems(openapi({ [INTEGRATION]: SEND_TO_QUEUE }))[0]).toContain(
      `${AT}["POST /sqs"].integration.responses["default"].status_code: has no method response`,
    );
  });

  it("are refused without a type, and a response without a status", () => {
    expect(problems(openapi({ [INTEGRATION]: { uri: "x" } }))).toEqual([
      `${AT}["POST /sqs"].integration.type: has no value, without which AWS refuses the integration as malformed. Set it`,
    ]);
    expect(problems(openapi({ [INTEGRATION]: { ...MOCK, responses: { default: {} } } }))).toEqual([
      `${AT}["POST /sqs"].integration.responses["default"].statusCode: has no value, without which AWS refuses the integration as malformed. Set it`,
    ]);
  });
});

const RESPONSES = { 200: { description: "sent" }, 500: { description: "not" }, default: {} };

describe("security", () => {
  const schemes = {
    Token: {
      type: "apiKey",
      in: "header",
      name: "X-Token",
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": {
        type: "token",
        authorizerUri: LAMBDA,
        identityValidationExpression: "^x",
        authorizerResultTtlInSeconds: 60,
      },
    },
    Request: {
      type: "apiKey",
      in: "header",
      name: "Unused",
      "x-amazon-apigateway-authorizer": {
        type: "request",
        authorizerUri: LAMBDA,
        identitySource: "method.request.header.A, method.request.querystring.b",
      },
    },
    Pool: {
      type: "apiKey",
      in: "header",
      name: "Authorization",
      "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [POOL] },
    },
    Sigv4: {
      type: "apiKey",
      in: "header",
      name: "Authorization",
      "x-amazon-apigateway-authtype": "awsSigv4",
    },
    Key: { type: "apiKey", in: "header", name: "x-api-key" },
    Bearer: { type: "http", scheme: "bearer" },
  };
  const components = { securitySchemes: schemes };
  const secured = (security: unknown, operation: Fields = {}, root: Fields = {}) =>
    methodOf(read(openapi({ security, ...operation }, { components, ...root })));

  it("asks a TOKEN authorizer about the scheme's header", () => {
    expect(secured([{ Token: [] }])).toMatchObject({
      authorizationType: "CUSTOM",
      apiKeyRequired: false,
      authorizer: {
        name: "Token",
        type: "TOKEN",
        address: `${AT}.authorizer["Token"]`,
        identitySources: ["method.request.header.X-Token"],
        identityValidationExpression: "^x",
        resultTtlInSeconds: 60,
      },
    });
  });

  it("asks a REQUEST authorizer about its own sources", () => {
    expect(secured([{ Request: [] }]).authorizer).toMatchObject({
      type: "REQUEST",
      identitySources: ["method.request.header.A", "method.request.querystring.b"],
      resultTtlInSeconds: 300,
    });
  });

  it("takes user pools with scopes", () => {
    expect(secured([{ Pool: ["orders/write"] }])).toMatchObject({
      authorizationType: "COGNITO_USER_POOLS",
      authorizationScopes: ["orders/write"],
      authorizer: { userPools: [{ region: "eu-central-1", id: "eu-central-1_abc" }] },
    });
  });

  it("takes IAM by a scheme or by the operation", () => {
    expect(secured([{ Sigv4: [] }]).authorizationType).toBe("AWS_IAM");
    const auth = { "x-amazon-apigateway-auth": { type: "aws_iam" } };
    expect(secured(undefined, auth).authorizationType).toBe("AWS_IAM");
    expect(secured([{ Sigv4: [] }], auth).authorizationType).toBe("AWS_IAM");
  });

  it("takes an API key, alone or beside an authorizer", () => {
    expect(secured([{ Key: [] }])).toMatchObject({ authorizationType: "NONE", apiKeyRequired: true });
    expect(secured([{ Token: [], Key: [] }])).toMatchObject({
      authorizationType: "CUSTOM",
      apiKeyRequired: true,
    });
  });

  it("of the document holds for operations that say none, and an empty list switches it off", () => {
    const root = { security: [{ Token: [] }] };
    expect(secured(undefined, {}, root).authorizationType).toBe("CUSTOM");
    expect(secured([], {}, root).authorizationType).toBe("NONE");
  });

  it("leaves open what says nothing to API Gateway", () => {
    expect(secured([{ Bearer: [] }, { Missing: [] }]).authorizationType).toBe("NONE");
  });

  it("is refused where a scheme lacks the authorizer that it speaks of", () => {
    const Custom = { type: "apiKey", in: "header", name: "A", "x-amazon-apigateway-authtype": "custom" };
    expect(problems(openapi({}, { components: { securitySchemes: { Custom } } }))).toEqual([
      `${AT}.authorizer["Custom"]: has x-amazon-apigateway-authtype but no x-amazon-apigateway-authorizer, without which AWS makes no method that names it, got "custom". Add x-amazon-apigateway-authorizer, or remove x-amazon-apigateway-authtype`,
    ]);
  });

  const extension = (type: string, ttl?: number) => ({
    type: "apiKey",
    in: "header",
    "x-amazon-apigateway-authorizer": { type, authorizerUri: LAMBDA, authorizerResultTtlInSeconds: ttl },
  });

  it.each([
    ["token", 0, "name"],
    ["request", undefined, "identitySource"],
  ])("is refused where nothing says what a %s authorizer is asked about", (type, ttl, missing) => {
    const securitySchemes = { A: extension(type, ttl) };
    const [problem, ...others] = problems(openapi({}, { components: { securitySchemes } }));
    expect([problem?.split(": ")[0], others]).toEqual([`${AT}.authorizer["A"].${missing}`, []]);
  });

  it("asks a REQUEST authorizer without a cache about the whole request", () => {
    const securitySchemes = { A: extension("request", 0) };
    const method = methodOf(read(openapi({ security: [{ A: [] }] }, { components: { securitySchemes } })));
    expect(method.authorizer).toMatchObject({ identitySources: [], resultTtlInSeconds: 0 });
  });

  it("is not guessed where two authorizations are asked for: such a method is not served", () => {
    const reason = `${AT}["POST /sqs"].security asks for more than one authorization, of which API Gateway takes one; which one is not known`;
    expect(secured([{ Token: [] }, { Pool: [] }]).integration.notServed).toBe(reason);
    const auth = { "x-amazon-apigateway-auth": { type: "NONE" } };
    expect(secured([{ Token: [] }], auth).integration.notServed).toBe(reason);
    expect(secured([], auth).integration.notServed).toBeUndefined();
  });

  it("reads Swagger's definitions alike", () => {
    const body = swagger({ security: [{ Token: [] }, { Key: [] }] }, { securityDefinitions: schemes });
    expect(methodOf(read(body))).toMatchObject({ authorizationType: "CUSTOM", apiKeyRequired: true });
  });
});

describe("models and validators", () => {
  const Order = {
    type: "object",
    required: ["id"],
    properties: {
      id: { type: "integer" },
      lines: { items: { $ref: "#/components/schemas/Line" } },
      $ref: {},
    },
  };
  const components = { schemas: { Order, Line: { type: "string" } } };
  const content = (schema: unknown) => ({ content: { "application/json": { schema } } });
  const model = (schema: unknown) => problems(openapi({}, { components: { schemas: { A: schema } } }));

  it("are made of schemas, references to others as API Gateway writes them", () => {
    const api = read(
      openapi({ requestBody: content({ $ref: "#/components/schemas/Order" }) }, { components }),
    );
    expect(methodOf(api).requestModels).toEqual({ "application/json": "Order" });
    expect(JSON.parse(api.models.Order ?? "")).toEqual({
      type: "object",
      required: ["id"],
      properties: {
        id: { type: "integer" },
        lines: { items: { $ref: `https://apigateway.amazonaws.com/restapis/${api.id}/models/Line` } },
        $ref: {},
      },
    });
  });

  it("are refused as AWS refuses them", () => {
    const words = (text: string) => `is a model that AWS refuses with "${text}"`;
    expect(problems(openapi({}, { components: { schemas: { a_b: {} } } }))).toEqual([
      `${AT}.model["a_b"]: ${words("Model name must be alphanumeric: a_b")}`,
    ]);
    const missing = "#/components/schemas/B";
    expect(model({ allOf: [{ $ref: missing }] })).toEqual([
      `${AT}.model["A"]: ${words("Invalid model specified: B")}, got "${missing}"`,
    ]);
    const inner = "#/components/schemas/A/properties/b";
    expect(model({ not: { $ref: inner } })).toEqual([
      `${AT}.model["A"]: ${words("Model reference must be in canonical form")}, got "${inner}"`,
    ]);
    expect(model({ properties: { a: { type: "string", example: "x" } } })).toEqual([
      expect.stringMatching(
        /^aws_api_gateway_rest_api\.Api\.body\.model\["A"\]\.schema: at \/properties\/a.*example/,
      ),
    ]);
  });

  it("are not made of a primitive type at an operation", () => {
    const schema = { type: "string" };
    const body = openapi({ requestBody: content(schema), responses: { 200: content(schema) } });
    expect(methodOf(read(body))).toMatchObject({
      requestModels: {},
      methodResponses: { "200": { responseModels: {} } },
    });
    expect(problems(body, { fail_on_warnings: true })).toHaveLength(2);
  });

  it("are made of schemas that an operation writes out", () => {
    const api = read(openapi({ requestBody: content({ type: "object", required: ["a"] }) }));
    const name = methodOf(api).requestModels["application/json"] ?? "";
    expect(name).toMatch(/^MODEL[a-z0-9]{6}$/);
    expect(JSON.parse(api.models[name] ?? "")).toEqual({ type: "object", required: ["a"] });
  });

  it("are those of the media types that Swagger consumes and produces", () => {
    const schema = { $ref: "#/definitions/Order" };
    const api = read(
      swagger(
        {
          consumes: ["application/json", "application/cloudevents+json"],
          parameters: [{ in: "body", name: "Order", schema }],
          responses: { 200: { schema } },
        },
        { definitions: { Order: { type: "object" } }, produces: ["application/problem+json"] },
      ),
    );
    expect(methodOf(api).requestModels).toEqual({
      "application/json": "Order",
      "application/cloudevents+json": "Order",
    });
    expect(methodOf(api).methodResponses["200"]?.responseModels).toEqual({
      "application/problem+json": "Order",
    });
  });

  it("only warn where one is missing, unless warnings fail", () => {
    const body = openapi({ requestBody: content({ $ref: "#/components/schemas/Missing" }) });
    expect(methodOf(read(body)).requestModels).toEqual({});
    expect(problems(body, { fail_on_warnings: true })).toEqual([
      `${AT}["POST /sqs"].requestBody.content["application/json"]: refers to the model Missing, which the document does not have; fail_on_warnings makes AWS refuse the import`,
    ]);
  });

  it("validate by the document's validator, or the operation's own", () => {
    const validators = {
      "x-amazon-apigateway-request-validators": {
        all: { validateRequestBody: true, validateRequestParameters: true },
        params: { validateRequestBody: false, validateRequestParameters: true },
      },
      "x-amazon-apigateway-request-validator": "all",
    };
    const validator = (operation: Fields = {}) =>
      methodOf(read(openapi(operation, validators))).requestValidator;
    expect(validator()).toEqual({ validateRequestBody: true, validateRequestParameters: true });
    const own = { "x-amazon-apigateway-request-validator": "params" };
    expect(validator(own)).toEqual({ validateRequestBody: false, validateRequestParameters: true });
    expect(problems(openapi({ "x-amazon-apigateway-request-validator": "none" }, validators))).toEqual([
      `${AT}["POST /sqs"].x-amazon-apigateway-request-validator: is not in x-amazon-apigateway-request-validators, got "none"; all, params are allowed`,
    ]);
  });
});

describe("the REST API itself", () => {
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" }],
  };
  const said = {
    "x-amazon-apigateway-api-key-source": "authorizer",
    "x-amazon-apigateway-binary-media-types": ["image/png"],
    "x-amazon-apigateway-policy": policy,
    "x-amazon-apigateway-gateway-responses": {
      DEFAULT_4XX: {
        responseParameters: { "gatewayresponse.header.X": "'y'" },
        responseTemplates: { "application/json": "{}" },
      },
      UNAUTHORIZED: { statusCode: 418 },
    },
  };

  it("has what the document says", () => {
    const api = read(openapi({}, said));
    expect(api).toMatchObject({ apiKeySource: "AUTHORIZER", binaryMediaTypes: ["image/png"], policy });
    expect(api.gatewayResponses).toMatchObject({
      DEFAULT_4XX: {
        address: `${AT}.gateway_response["DEFAULT_4XX"]`,
        responseParameters: { "gatewayresponse.header.X": "'y'" },
      },
      UNAUTHORIZED: { statusCode: "418" },
    });
  });

  it("has what Terraform sets before what the document says", () => {
    const api = read(openapi({}, said), { api_key_source: "HEADER", binary_media_types: ["image/heif"] });
    expect(api).toMatchObject({ apiKeySource: "HEADER", binaryMediaTypes: ["image/heif"], name: "orders" });
  });

  it("has the VPC endpoints of a private API, and a closed endpoint", () => {
    const endpoint = { vpcEndpointIds: ["vpce-1"], disableExecuteApiEndpoint: true };
    const body = openapi({}, { "x-amazon-apigateway-endpoint-configuration": endpoint });
    const api = read(body, {
      endpoint_configuration: { types: ["PRIVATE"] },
      disable_execute_api_endpoint: false,
    });
    expect(api).toMatchObject({ vpcEndpointIds: ["vpce-1"], isEndpointDisabled: true });
  });
});

describe("the base path", () => {
  const swaggerBase = swagger({}, { basePath: "/a/b" });
  const variable = openapi(
    {},
    { servers: [{ url: "https://x/c", variables: { basePath: { default: "a/b" } } }] },
  );
  const url = openapi({}, { servers: [{ url: "https://example.com/a/b/" }] });

  it.each([
    ["ignore", ["/", "/sqs"]],
    ["prepend", ["/", "/a", "/a/b", "/a/b/sqs"]],
    ["split", ["/", "/b", "/b/sqs"]],
  ])("%s", (basepath, paths) => {
    for (const body of [swaggerBase, variable, url]) {
      expect(read(body, { parameters: { basepath } }).resources.map(({ path }) => path)).toEqual(paths);
    }
  });

  it("is refused for another word", () => {
    expect(problems(openapi(), { parameters: { basepath: "keep" } })).toEqual([
      'aws_api_gateway_rest_api.Api.parameters.basepath: is not a way to import the base path, got "keep"; ignore, prepend, split are allowed',
    ]);
  });
});

describe("resources beside a body", () => {
  const API = "${aws_api_gateway_rest_api.Api.id}";
  const ROOT = "${aws_api_gateway_rest_api.Api.root_resource_id}";
  const at = { rest_api_id: API, resource_id: "${aws_api_gateway_resource.more.id}", http_method: "GET" };
  const more = (path_part: string) => ({
    aws_api_gateway_resource: { more: { rest_api_id: API, parent_id: ROOT, path_part } },
    aws_api_gateway_method: { more: { ...at, authorization: "NONE" } },
    aws_api_gateway_integration: { more: { ...at, type: "MOCK" } },
  });

  it.each(["merge", "overwrite"])("are there too with %s: Terraform makes them after the import", (mode) => {
    const api = read(openapi(), { put_rest_api_mode: mode }, more("other"));
    expect(api.resources.map(({ path }) => path)).toEqual(["/", "/sqs", "/other"]);
  });

  it("find the body's resources by their paths", () => {
    const found = {
      rest_api_id: API,
      resource_id: "${data.aws_api_gateway_resource.sqs.id}",
      http_method: "GET",
    };
    const document = bodyStack(
      JSON.stringify(openapi()),
      {},
      {
        aws_api_gateway_method: { more: { ...found, authorization: "NONE" } },
        aws_api_gateway_integration: { more: { ...found, type: "MOCK" } },
      },
    );
    const data = { aws_api_gateway_resource: { sqs: { rest_api_id: API, path: "/sqs" } } };
    const [api] = readStack({ document: { ...document, data }, environment: {} }).restApis;
    expect(Object.keys(api?.resources[1]?.methods ?? {})).toEqual(["POST", "GET"]);
  });

  it("are refused where the body has them too", () => {
    expect(problems(openapi(), {}, more("sqs"))).toEqual([
      `aws_api_gateway_resource.more: is the same on AWS as ${AT}["/sqs"], got "sqs". Remove or rename one`,
    ]);
    const model = { rest_api_id: API, name: "Order", content_type: "application/json", schema: "{}" };
    const schemas = { components: { schemas: { Order: { type: "object" } } } };
    expect(problems(openapi({}, schemas), {}, { aws_api_gateway_model: { order: model } })).toEqual([
      `aws_api_gateway_model.order: is the same on AWS as ${AT}.model["Order"], got "Order". Remove or rename one`,
    ]);
    const root = { ...at, resource_id: ROOT };
    const twin = { aws_api_gateway_method: { twin: { ...root, authorization: "NONE" } } };
    const body = openapi({}, { paths: { "/": { get: { [INTEGRATION]: MOCK } } } });
    expect(problems(body, {}, twin)).toEqual([
      `aws_api_gateway_method.twin: is the same on AWS as ${AT}["GET /"], got "GET". Remove or rename one`,
    ]);
  });
});

describe("aws_api_gateway_rest_api_put", () => {
  const put = (body: unknown, more: Fields = {}) => ({
    aws_api_gateway_rest_api_put: {
      p: { rest_api_id: "${aws_api_gateway_rest_api.Api.id}", body: JSON.stringify(body), ...more },
    },
  });
  const other = openapi({}, { paths: { "/put": { post: { [INTEGRATION]: MOCK } } } });

  it("overwrites the REST API's own body, and what Terraform sets", () => {
    const api = read(openapi(), { binary_media_types: ["image/png"] }, put(other));
    expect(api.resources.map(({ path }) => path)).toEqual(["/", "/put"]);
    expect(methodOf(api, "/put").address).toBe('aws_api_gateway_rest_api_put.p.body["POST /put"]');
    expect(api.binaryMediaTypes).toEqual([]);
  });

  it("is refused beside another, and beside resources that it may overwrite", () => {
    const rest_api_id = "${aws_api_gateway_rest_api.Api.id}";
    const two = put(other).aws_api_gateway_rest_api_put;
    expect(problems(openapi(), {}, { aws_api_gateway_rest_api_put: { ...two, q: two.p } })).toEqual([
      expect.stringMatching(
        /^aws_api_gateway_rest_api_put\.q\.rest_api_id: names the REST API that .*put\.p over/,
      ),
    ]);
    const response = { rest_api_id, response_type: "DEFAULT_5XX" };
    const beside = (depends_on?: string[]) => ({
      aws_api_gateway_gateway_response: { g: { ...response, depends_on } },
      ...put(other),
    });
    expect(problems(openapi(), {}, beside())).toEqual([
      "aws_api_gateway_gateway_response.g: may be overwritten by aws_api_gateway_rest_api_put.p, whichever Terraform makes last. Add aws_api_gateway_rest_api_put.p to its depends_on, or move it into the document",
    ]);
    expect(problems(openapi(), {}, beside(["aws_api_gateway_rest_api_put.p"]))).toEqual([]);
  });
});

describe("a document that AWS refuses", () => {
  it.each([
    ["bad YAML", 'test:\n    value:\n        - "value ... "escaped": $var, "dt": $(var +"%a")}"\n', AT],
    ["bad JSON", "{'key:value}", AT],
    ["a list", "[]", AT],
    ["no version", '{"paths":{}}', AT],
    ["OpenAPI 3.1", JSON.stringify({ ...openapi(), openapi: "3.1.0" }), AT],
    ["no paths", '{"openapi":"3.0.1"}', `${AT}.paths`],
    [
      "a reference to nowhere",
      JSON.stringify(openapi({ parameters: [{ $ref: "#/x" }] })),
      `${AT}["POST /sqs"].parameters[0]`,
    ],
    [
      "a reference to another file",
      JSON.stringify(openapi({ parameters: [{ $ref: "x.json" }] })),
      `${AT}["POST /sqs"].parameters[0]`,
    ],
    [
      "a reference to itself",
      JSON.stringify(openapi({}, { paths: { "/a": { $ref: "#/paths/~1a" } } })),
      `${AT}["/a"]`,
    ],
    ["a path without a slash", JSON.stringify(openapi({}, { paths: { a: {} } })), `${AT}["a"]`],
  ])("%s", (_, body, address) => {
    const [problem = "", ...others] = problems(body);
    expect(problem.startsWith(`${address}: is refused by AWS with "Invalid OpenAPI input." (`)).toBe(true);
    expect(others).toEqual([]);
  });

  it("tells every place at once", () => {
    const bad = { [INTEGRATION]: {} };
    const body = openapi({}, { paths: { "/a": { get: bad }, "/b": { get: bad }, "/c d": {} } });
    expect(problems(body).map((text) => text.split(": ")[0])).toEqual([
      `${AT}["GET /a"].integration.type`,
      `${AT}["GET /b"].integration.type`,
      `${AT}["/c d"]`,
    ]);
  });
});

it("an applied state's body is imported too, beside what AWS says of the API", () => {
  const values = {
    id: "a1b2c3d4e5",
    root_resource_id: "root000001",
    name: "orders",
    execution_arn: "arn:aws:execute-api:eu-central-1:000000000000:a1b2c3d4e5",
    body: JSON.stringify(openapi({}, { "x-amazon-apigateway-binary-media-types": ["image/png"] })),
    binary_media_types: ["image/png"],
    minimum_compression_size: "",
    parameters: null,
    put_rest_api_mode: "overwrite",
    endpoint_configuration: [{ types: ["REGIONAL"], vpc_endpoint_ids: null }],
  };
  const resources = [
    { address: "aws_api_gateway_rest_api.Api", mode: "managed", type: "aws_api_gateway_rest_api", values },
  ];
  const document = { format_version: "1.0", values: { root_module: { resources } } };
  const [api] = readStack({ document }).restApis;
  expect(api?.resources.map(({ path }) => path)).toEqual(["/", "/sqs"]);
  expect(api).toMatchObject({ id: "a1b2c3d4e5", binaryMediaTypes: ["image/png"] });
});
