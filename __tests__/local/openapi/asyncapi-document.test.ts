import { asyncApiDocument } from "../../../local/openapi/asyncapi-document";
import type { Integration, Method, RestApi } from "../../../local/terraform/stack-model";
import { asyncApiFaults, danglingReferences } from "../../support/document-faults";
import { sampleApi, sampleIntegration, sampleMethod, sampleStack } from "../../support/sample-stack";

interface Document {
  servers: Record<string, { host: string }>;
  channels: Record<
    string,
    {
      address: string;
      parameters?: object;
      bindings?: { sqs: { queue: object } };
      messages: Record<string, { contentType?: string; payload?: object }>;
    }
  >;
  components: { schemas: Record<string, object> };
}

/** Of APIs that stand beside the sample's queue; with every document goes what has to hold of all. */
function documentOf(...apis: readonly RestApi[]): Document {
  const described = apis.map((api, index) => ({
    name: apis.length === 1 ? "orders" : `stack-${index + 1}`,
    api,
  }));
  const { queues } = sampleStack();
  const document = JSON.parse(JSON.stringify(asyncApiDocument({ apis: described, queues }))) as Document;
  expect(asyncApiFaults(document)).toEqual([]);
  expect(danglingReferences(document)).toEqual([]);
  return document;
}

function sending(integration: Partial<Integration>, method: Partial<Method> = {}): RestApi {
  return sampleApi(sampleMethod({ ...method, integration: sampleIntegration(integration) }));
}

const ANY_QUEUE = "arn:aws:apigateway:eu-central-1:sqs:action/SendMessage";

test.each([
  [
    "by SQS's Query protocol",
    "Action=SendMessage&QueueUrl=https%3A%2F%2Fsqs.eu-central-1.amazonaws.com%2F123456789012%2Forders&MessageBody=x",
  ],
  [
    "by SQS's JSON protocol",
    '{"QueueUrl": "https://sqs.eu-central-1.amazonaws.com/123456789012/orders", "MessageBody": "x"}',
  ],
])("a queue that a mapping template names %s has its channel", (_, template) => {
  const { channels } = documentOf(
    sending({ uri: ANY_QUEUE, requestTemplates: { "application/json": template } }),
  );
  expect(Object.values(channels)).toEqual([expect.objectContaining({ address: "orders" })]);
});

test("a queue that a mapped parameter names has its channel", () => {
  const url = "https://sqs.eu-central-1.amazonaws.com/123456789012/orders";
  const requestParameters = { "integration.request.querystring.QueueUrl": `'${url}'` };
  expect(documentOf(sending({ uri: ANY_QUEUE, requestParameters })).channels).toHaveProperty("orders");
});

test.each<[string, Partial<Integration>]>([
  [
    "its path",
    {
      uri: "arn:aws:apigateway:eu-central-1:sqs:path/123456789012/{queue}",
      requestParameters: { "integration.request.path.queue": "method.request.path.queue" },
    },
  ],
  [
    "a mapping template",
    {
      uri: ANY_QUEUE,
      requestTemplates: {
        "application/json":
          "Action=SendMessage&QueueUrl=https://sqs.eu-central-1.amazonaws.com/1/$input.params('queue')&MessageBody=x",
      },
    },
  ],
  ["its own body", { uri: ANY_QUEUE, requestTemplates: {}, passthroughBehavior: "WHEN_NO_MATCH" }],
])("queues that a request names by %s are one channel with a parameter", (_, integration) => {
  const { channels } = documentOf(sending(integration));
  expect(Object.keys(channels)).toEqual(["queues_of_POST_orders"]);
  expect(channels.queues_of_POST_orders).toMatchObject({
    address: "{queueName}",
    parameters: { queueName: {} },
  });
});

test("two APIs that send to one queue share its channel, each with its message", () => {
  const { channels } = documentOf(sampleApi(), sampleApi());
  expect(Object.keys(channels)).toEqual(["orders"]);
  expect(Object.keys(channels.orders?.messages ?? {})).toEqual([
    "POST_orders_of_stack-1_as_application_json",
    "POST_orders_of_stack-2_as_application_json",
  ]);
});

test("queues of one name in two Regions are two channels, and only one is the stack's", () => {
  const elsewhere = sending({ uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/orders" });
  const stack = sampleStack();
  const queues = stack.queues.map((queue) => ({ ...queue, attributes: { DelaySeconds: "7" } }));
  const apis = [sampleApi(), elsewhere].map((api, index) => ({ name: `stack-${index}`, api }));
  const { channels } = asyncApiDocument({ apis, queues }) as Document;
  expect(channels.orders?.bindings?.sqs.queue).toHaveProperty("deliveryDelay", 7);
  expect(channels.orders_2?.bindings?.sqs.queue).toEqual({ name: "orders", fifoQueue: false });
});

const CHECKED: Partial<Method> = {
  requestModels: { "application/json": "Order", "application/xml": "Unused" },
  requestValidator: { validateRequestBody: true, validateRequestParameters: false },
};

test("holds the schemas of its messages, those of each API by a name of their own", () => {
  const api = (type: string) => ({
    ...sending({}, CHECKED),
    models: { Order: JSON.stringify({ type }), Unused: "{}" },
  });
  expect(documentOf(api("object")).components.schemas).toEqual({ Order: { type: "object" } });
  expect(documentOf(api("object"), api("array")).components.schemas).toEqual({
    "stack-1.Order": { type: "object" },
    "stack-2.Order": { type: "array" },
  });
});

test("a model that nothing checks is not the message's schema", () => {
  const { requestModels } = CHECKED;
  const { channels, components } = documentOf({ ...sending({}, { requestModels }), models: { Order: "{}" } });
  expect(components.schemas).toEqual({});
  expect(Object.values(channels.orders?.messages ?? {})).toEqual([
    expect.objectContaining({ payload: { description: "The API does not check it." } }),
  ]);
});

test("a body in base64 says of what", () => {
  const template =
    "Action=SendMessage&MessageBody=$util.urlEncode($input.body)&MessageAttribute.1.Name=Content-Transfer-Encoding&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=base64";
  const { channels } = documentOf(sending({ requestTemplates: { "image/png": template } }));
  expect(Object.values(channels.orders?.messages ?? {})).toEqual([
    expect.objectContaining({
      payload: { type: "string", contentEncoding: "base64", contentMediaType: "image/png" },
    }),
  ]);
});

test("the name of a message attribute may be no text of SQS's Query protocol", () => {
  const template = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)&MessageAttribute.1.Name=100%";
  const { channels } = documentOf(sending({ requestTemplates: { "application/json": template } }));
  expect(JSON.stringify(channels)).toContain('"100%"');
});

test("the servers are AWS's, or the SQS that is named", () => {
  const apis = [{ name: "orders", api: sampleApi() }];
  const hostOf = (endpoint?: string) =>
    (asyncApiDocument({ apis, queues: [], endpoint }) as Document).servers;
  expect(hostOf()).toEqual({ "eu-central-1": { host: "sqs.eu-central-1.amazonaws.com", protocol: "sqs" } });
  expect(hostOf("http://127.0.0.1:9324")).toEqual({
    "eu-central-1": { host: "127.0.0.1:9324", protocol: "sqs" },
  });
});
