import type { RequestValidator } from "../../../local/terraform/stack-model";
import { SampleGateway, header } from "../../support/sample-gateway";
import { sampleApi, sampleMethod, sampleStack } from "../../support/sample-stack";

const SCHEMA = {
  $schema: "http://json-schema.org/draft-04/schema#",
  type: "object",
  required: ["price"],
  properties: {
    price: { type: "number", minimum: 0, exclusiveMinimum: true },
    item: { $ref: "https://apigateway.amazonaws.com/restapis/api1/models/Item" },
  },
};
const MODELS = { Order: JSON.stringify(SCHEMA), Item: '{"type":"string"}' };

function gatewayWith(validator: RequestValidator) {
  const method = sampleMethod({
    requestValidator: validator,
    requestModels: { "application/json": "Order" },
    requestParameters: {
      "method.request.querystring.tenant": true,
      "method.request.header.X-Id": true,
      "method.request.querystring.optional": false,
    },
  });
  return new SampleGateway(sampleStack(sampleApi(method, { models: MODELS })), {
    backend: { status: 200, headers: [], body: "ok" },
  });
}
const BODY = { validateRequestBody: true, validateRequestParameters: false };
const PARAMETERS = { validateRequestBody: false, validateRequestParameters: true };

describe("the payload", () => {
  it.each([
    ['{"price":1}', 200],
    ['{"price":1,"item":"a"}', 200],
    ['{"price":1,"item":7}', 400],
    ['{"price":0}', 400],
    ["{}", 400],
    ["", 400],
    ["[", 400],
  ])("%s gives %d", async (payload, status) => {
    const answer = await gatewayWith(BODY).send({ body: payload });
    expect(answer.status).toBe(status);
    if (status === 200) return;
    expect(answer.body).toBe('{"message": "Invalid request body"}');
    expect(header(answer, "x-amzn-ErrorType")).toBe("BadRequestException");
  });

  it("is validated by models of the same id, with patterns that escape more than they must", async () => {
    const order = { id: "http://example.com", properties: { mail: { type: "string", pattern: "^\\w+\\@" } } };
    const own = { Order: JSON.stringify(order), Item: JSON.stringify({ id: "http://example.com" }) };
    const method = sampleMethod({ requestValidator: BODY, requestModels: { "application/json": "Order" } });
    const gateway = new SampleGateway(sampleStack(sampleApi(method, { models: own })), {
      backend: { status: 200, headers: [], body: "ok" },
    });
    expect((await gateway.send({ body: '{"mail":"a@b"}' })).status).toBe(200);
    expect((await gateway.send({ body: '{"mail":"a"}' })).status).toBe(400);
  });

  it("is not validated without a validator", async () => {
    const off = { validateRequestBody: false, validateRequestParameters: false };
    expect((await gatewayWith(off).send({ body: "{}" })).status).toBe(200);
  });
});

describe("parameters", () => {
  const json = ["Content-Type", "application/json"] as const;

  it.each([
    ["", [], "[X-Id, tenant]"],
    ["tenant=", [], "[X-Id, tenant]"],
    ["tenant=a", [], "[X-Id]"],
    ["", [["x-id", "1"]], "[tenant]"],
    ["tenant=a", [["x-id", "1"]], undefined],
  ] as const)("with the query %j and headers %j, missing are %s", async (query, headers, missing) => {
    const answer = await gatewayWith(PARAMETERS).send({ query, headers: [json, ...headers] });
    expect(answer.status).toBe(missing === undefined ? 200 : 400);
    if (missing === undefined) return;
    expect(answer.body).toBe(`{"message": "Missing required request parameters: ${missing}"}`);
  });
});
