import { type MethodBeside, ServedDocument, stackWith } from "../support/served-document";

const PATH = "arn:aws:apigateway:us-east-1:sqs:path/000000000000/q";
const FORM = { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" };
const BY = { type: "AWS", integration_http_method: "POST", credentials: "${aws_iam_role.r.arn}" };

/** A method that calls an action with a body that is made of the caller's. */
function calling(template: string, more: object = {}): MethodBeside {
  return {
    integration: {
      ...BY,
      uri: PATH,
      request_parameters: FORM,
      request_templates: { "application/json": template },
      ...more,
    },
    responses: { "200": { selection_pattern: "2\\d{2}" }, "500": {} },
  };
}

const METHODS = {
  receive: calling("Action=ReceiveMessage&MaxNumberOfMessages=10&VisibilityTimeout=0&AttributeName.1=All"),
  delete: calling("Action=DeleteMessage&ReceiptHandle=$util.urlEncode($input.path('$.handle'))"),
  show: calling(
    "Action=ChangeMessageVisibility&VisibilityTimeout=0&ReceiptHandle=$util.urlEncode($input.path('$.handle'))",
  ),
  purge: calling("Action=PurgeQueue"),
  attributes: calling("Action=GetQueueAttributes&AttributeName.1=ApproximateNumberOfMessages"),
  url: calling("Action=GetQueueUrl&QueueName=q"),
  batch: calling(
    "Action=SendMessageBatch#foreach($item in $input.path('$'))&SendMessageBatchRequestEntry.$${foreach.count}.Id=i$${foreach.count}&SendMessageBatchRequestEntry.$${foreach.count}.MessageBody=$util.urlEncode($item)#end",
  ),
  "delete-batch": calling(
    "Action=DeleteMessageBatch&DeleteMessageBatchRequestEntry.1.Id=a&DeleteMessageBatchRequestEntry.1.ReceiptHandle=$util.urlEncode($input.path('$.handle'))",
  ),
  "by-action": calling("QueueUrl=$util.urlEncode('${aws_sqs_queue.q.url}')", {
    uri: "arn:aws:apigateway:us-east-1:sqs:action/GetQueueAttributes",
  }),
  query: calling("", {
    integration_http_method: "GET",
    uri: "arn:aws:apigateway:us-east-1:sqs:action/SendMessage",
    request_parameters: {
      "integration.request.querystring.QueueUrl": "'${aws_sqs_queue.q.url}'",
      "integration.request.querystring.MessageBody": "method.request.body",
    },
    request_templates: {},
  }),
  json: calling(
    '{"QueueUrl": "${aws_sqs_queue.q.url}", "MessageBody": "$util.escapeJavaScript($input.body)"}',
    {
      uri: "arn:aws:apigateway:us-east-1:sqs:path/",
      request_parameters: {
        "integration.request.header.Content-Type": "'application/x-amz-json-1.0'",
        "integration.request.header.X-Amz-Target": "'AmazonSQS.SendMessage'",
      },
    },
  ),
};

describe("each action of SQS by an integration", () => {
  let served: ServedDocument;

  const post = async (path: string, body: object | string = {}) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const [status, answer] = await served.answer(path, { body: text });
    return { status, answer: JSON.parse(answer) as Record<string, Record<string, Record<string, never>>> };
  };
  const bodies = async () => (await served.gateway.messages("q")).map(({ body }) => body);
  const handle = async () => {
    const { answer } = await post("/receive");
    const messages = answer.ReceiveMessageResponse?.ReceiveMessageResult?.messages as unknown as {
      ReceiptHandle: string;
    }[];
    return messages[0]?.ReceiptHandle ?? "";
  };

  beforeAll(async () => {
    served = await ServedDocument.start(
      stackWith(METHODS, {
        aws_iam_role_policy: {
          p: {
            policy: JSON.stringify({
              Version: "2012-10-17",
              Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "${aws_sqs_queue.q.arn}" }],
            }),
          },
        },
      }),
    );
  });

  beforeEach(() => post("/purge"));

  afterAll(() => served.close());

  test("ReceiveMessage, ChangeMessageVisibility and DeleteMessage", async () => {
    await post("", '"one"');
    expect(await handle()).not.toBe("");
    expect((await post("/show", { handle: await handle() })).status).toBe(200);
    expect((await post("/delete", { handle: await handle() })).status).toBe(200);
    expect(await bodies()).toEqual([]);
  });

  test("SendMessageBatch and DeleteMessageBatch", async () => {
    expect((await post("/batch", ["a&b", "c"] as never)).status).toBe(200);
    expect(await bodies()).toEqual(["a&b", "c"]);
    expect((await post("/delete-batch", { handle: await handle() })).status).toBe(200);
    expect(await bodies()).toEqual(["c"]);
  });

  test("GetQueueAttributes, by path and by action, and GetQueueUrl", async () => {
    await post("", '"one"');
    for (const path of ["/attributes", "/by-action"]) {
      const { status, answer } = await post(path);
      expect(status).toBe(200);
      expect(answer.GetQueueAttributesResponse).toBeDefined();
    }
    const { answer } = await post("/url");
    expect(answer.GetQueueUrlResponse?.GetQueueUrlResult?.QueueUrl).toMatch(/\/000000000000\/q$/);
  });

  test("PurgeQueue", async () => {
    await post("", '"one"');
    expect((await post("/purge")).status).toBe(200);
    expect(await bodies()).toEqual([]);
  });

  test("SendMessage by query parameters alone, and in the JSON protocol to a queue that the body names", async () => {
    expect((await post("/query", '{"by":"query"}')).status).toBe(200);
    expect((await post("/json", '{"by":"json"}')).status).toBe(200);
    expect(await bodies()).toEqual(['{"by":"query"}', '{"by":"json"}']);
  });
});
