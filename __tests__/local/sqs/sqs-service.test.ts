import { createHash } from "node:crypto";
import { once } from "node:events";
import { type Server, type Socket, createServer } from "node:net";
import fc from "fast-check";
import { md5OfAttributes } from "../../../local/sqs/message-digest";
import type { SqsRequest } from "../../../local/sqs/sqs-call";
import { type SqsEmulator, startSqsEmulator } from "../../../local/sqs/sqs-emulator";
import { SqsConnectionError, SqsTimeoutError } from "../../../local/sqs/sqs-error";
import { SqsService } from "../../../local/sqs/sqs-service";
import { tries } from "../../support/tries";

const FORM_TYPE = "application/x-www-form-urlencoded";
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const md5 = (text: string) => createHash("md5").update(text).digest("hex");

function request(body: string, changes: Partial<SqsRequest> = {}): SqsRequest {
  return {
    region: "eu-west-1",
    accountId: "123456789012",
    queueName: "orders",
    headers: { "Content-Type": FORM_TYPE, Accept: "application/json" },
    body,
    authorize: () => true,
    timeoutMs: 5000,
    ...changes,
  };
}
const sendMessage = (body: string) =>
  `Action=SendMessage&${new URLSearchParams({ MessageBody: body }).toString()}`;

describe("SqsService before the emulator", () => {
  let emulator: SqsEmulator;
  let sqs: SqsService;
  beforeAll(async () => {
    emulator = await startSqsEmulator({
      queues: [
        { name: "orders", attributes: {} },
        { name: "other", attributes: {} },
        { name: "small", attributes: { MaximumMessageSize: "1024" } },
        { name: "orders.fifo", attributes: { FifoQueue: "true" } },
      ],
    });
    sqs = new SqsService({ endpoint: emulator.endpoint, region: "us-east-1" });
  });
  afterAll(async () => {
    await sqs.close();
    await emulator.stop();
  });
  beforeEach(async () => {
    for (const queueName of ["orders", "other"]) {
      await sqs.send(request("Action=PurgeQueue", { queueName }));
    }
  });

  const json = async (body: string, changes: Partial<SqsRequest> = {}) => {
    const response = await sqs.send(request(body, changes));
    return { status: response.status, body: JSON.parse(response.body) as Record<string, never>, response };
  };
  interface ReceivedMessage {
    Body: string;
    MessageAttributes: { Name: string; Value: object }[] | null;
  }
  const received = async (queueName = "orders") => {
    const { body } = await json("Action=ReceiveMessage&MaxNumberOfMessages=10&MessageAttributeName=All", {
      queueName,
    });
    const { ReceiveMessageResponse: response } = body as unknown as {
      ReceiveMessageResponse: { ReceiveMessageResult: { messages: ReceivedMessage[] | null } };
    };
    return response.ReceiveMessageResult.messages ?? [];
  };

  test("answers SendMessage as SQS does in JSON, in SQS's order of keys", async () => {
    const { status, headers, body, sent } = await sqs.send(request(sendMessage('{"a":1}')));
    expect(status).toBe(200);
    expect(headers["Content-Type"]).toBe("application/json");
    const [, requestId, messageId] = /"RequestId":"([^"]+)".*"MessageId":"([^"]+)"/.exec(body) ?? [];
    expect(requestId).toMatch(UUID);
    expect(headers["x-amzn-RequestId"]).toBe(requestId);
    expect(body).toBe(
      `{"SendMessageResponse":{"ResponseMetadata":{"RequestId":"${requestId}"},"SendMessageResult":{"MD5OfMessageAttributes":null,"MD5OfMessageBody":"${md5('{"a":1}')}","MD5OfMessageSystemAttributes":null,"MessageId":"${messageId}","SequenceNumber":null}}}`,
    );
    expect(sent).toMatchObject({
      action: "SendMessage",
      queueName: "orders",
      input: { MessageBody: '{"a":1}' },
    });
  });

  test.each(["application/xml", "*/*", ""])("answers in XML to Accept: %j", async (accept) => {
    const headers = { "content-type": `${FORM_TYPE}; charset=utf-8`, accept };
    const response = await sqs.send(request(sendMessage("<x>"), { headers }));
    expect(response.headers["Content-Type"]).toBe("text/xml");
    expect(response.body).toMatch(
      /^<\?xml version="1\.0"\?><SendMessageResponse xmlns="http:\/\/queue\.amazonaws\.com\/doc\/2012-11-05\/"><SendMessageResult><MessageId>[^<]+<\/MessageId><MD5OfMessageBody>\w{32}<\/MD5OfMessageBody><\/SendMessageResult><ResponseMetadata><RequestId>[^<]+<\/RequestId><\/ResponseMetadata><\/SendMessageResponse>$/,
    );
  });

  test.each(["MessageAttribute", "MessageAttributes"])("carries attributes named %s", async (name) => {
    const attributes = `${name}.1.Name=a&${name}.1.Value.DataType=String&${name}.1.Value.StringValue=%2B%26&${name}.2.Name=b&${name}.2.Value.DataType=Binary&${name}.2.Value.BinaryValue=AP8%3D`;
    expect((await json(`${sendMessage("x")}&${attributes}`)).status).toBe(200);
    expect(await received()).toEqual([
      expect.objectContaining({
        MessageAttributes: [
          { Name: "a", Value: { DataType: "String", StringValue: "+&" } },
          { Name: "b", Value: { DataType: "Binary", BinaryValue: "AP8=" } },
        ],
      }),
    ]);
  });

  describe("the trace header", () => {
    const trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    const attribute = (prefix: string) =>
      `${prefix}.1.Name=AWSTraceHeader&${prefix}.1.Value.DataType=String&${prefix}.1.Value.StringValue=${encodeURIComponent(trace)}`;
    const batch = `Action=SendMessageBatch&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=x`;
    const traced = { headers: { ...request("").headers, "X-Amzn-Trace-Id": trace } };
    const jsonCall = (action: string, input: object): [string, Partial<SqsRequest>] => [
      JSON.stringify({ QueueUrl: "https://sqs.eu-west-1.amazonaws.com/123456789012/orders", ...input }),
      { headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": `AmazonSQS.${action}` } },
    ];
    const MessageSystemAttributes = { AWSTraceHeader: { DataType: "String", StringValue: trace } };
    const entry = { Id: "a", MessageBody: "x", MessageSystemAttributes };
    const ten = Array.from(
      { length: 10 },
      (_, n) =>
        `&${attribute("MessageAttribute")
          .replaceAll(".1.", `.${n + 1}.`)
          .replace("AWSTraceHeader", `a${n}`)}`,
    ).join("");

    test.each<[string, string, Partial<SqsRequest>]>([
      ["SendMessage", `${sendMessage("x")}&${attribute("MessageSystemAttribute")}`, {}],
      [
        "SendMessage beside ten attributes",
        `${sendMessage("x")}${ten}&${attribute("MessageSystemAttribute")}`,
        {},
      ],
      [
        "a message of the greatest size",
        `${sendMessage("x".repeat(1_048_576))}&${attribute("MessageSystemAttribute")}`,
        {},
      ],
      [
        "SendMessageBatch",
        `${batch}&${attribute("SendMessageBatchRequestEntry.1.MessageSystemAttribute")}`,
        {},
      ],
      ["SendMessage in JSON", ...jsonCall("SendMessage", { MessageBody: "x", MessageSystemAttributes })],
      ["SendMessageBatch in JSON", ...jsonCall("SendMessageBatch", { Entries: [entry] })],
      ["the HTTP header of SendMessage", sendMessage("x"), traced],
      ["the HTTP header of SendMessageBatch", batch, traced],
    ])("of %s arrives, with its digest", async (_, body, changes) => {
      const answer = await json(body, changes);
      expect(answer.status).toBe(200);
      const digest = md5OfAttributes(MessageSystemAttributes);
      expect(answer.response.body).toContain(`"MD5OfMessageSystemAttributes":"${digest}"`);
      for (const name of ["AttributeName", "MessageSystemAttributeName"]) {
        const { response } = await json(`Action=ReceiveMessage&VisibilityTimeout=0&${name}.1=AWSTraceHeader`);
        expect(response.body).toContain(`"Attributes":[{"Name":"AWSTraceHeader","Value":"${trace}"}]`);
      }
    });

    test.each([
      ["name", attribute("MessageSystemAttribute").replace("AWSTraceHeader", "TraceHeader")],
      ["type", attribute("MessageSystemAttribute").replace("String", "Number")],
    ])("of another %s is refused", async (_, attributes) => {
      const { status, body } = await json(`${sendMessage("x")}&${attributes}`);
      expect([status, body]).toEqual([
        400,
        expect.objectContaining({
          Error: expect.objectContaining({ Code: "InvalidParameterValue" }) as unknown,
        }),
      ]);
      expect(await received()).toEqual([]);
    });
  });

  test("refuses an attribute name used twice instead of dropping one", async () => {
    const attribute = (n: number) =>
      `MessageAttribute.${n}.Name=a&MessageAttribute.${n}.Value.DataType=String&MessageAttribute.${n}.Value.StringValue=v`;
    expect((await json(`${sendMessage("x")}&${attribute(1)}&${attribute(2)}`)).status).toBe(400);
  });

  test("lets QueueUrl override the path", async () => {
    await json(
      `${sendMessage("x")}&QueueUrl=https%3A%2F%2Fsqs.eu-west-1.amazonaws.com%2F123456789012%2Fother`,
    );
    expect(await received("orders")).toEqual([]);
    expect(await received("other")).toEqual([expect.objectContaining({ Body: "x" })]);
  });

  test("takes the action of an action/ URI and parameters of the query string", async () => {
    const changes = {
      action: "SendMessage",
      query: "MessageBody=from+query",
      headers: { Accept: "application/json" },
    };
    expect((await json("{}", changes)).status).toBe(200);
    expect(await received()).toEqual([expect.objectContaining({ Body: "from query" })]);
  });

  test("keeps any message that SQS takes to the byte, and refuses any other", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1, maxLength: 40 }), async (text) => {
        fc.pre(text.isWellFormed());
        const { status, body } = await json(sendMessage(text));
        if (status === 200) {
          expect(JSON.stringify(body)).toContain(md5(text));
          expect((await received()).map(({ Body }) => Body)).toEqual([text]);
        } else {
          expect(text).toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
          expect(await received()).toEqual([]);
        }
      }),
      { numRuns: tries(150) },
    );
  }, 30_000);

  const errors: [
    string,
    string,
    Partial<SqsRequest>,
    status: number,
    code: string,
    message: string | RegExp,
  ][] = [
    [
      "a missing queue",
      sendMessage("x"),
      { queueName: "missing" },
      400,
      "AWS.SimpleQueueService.NonExistentQueue",
      "The specified queue does not exist for this wsdl version.",
    ],
    ["an empty body", "Action=SendMessage&MessageBody=", {}, 400, "MissingParameter", /MessageBody/],
    ["a control character", sendMessage("\u0007"), {}, 400, "InvalidMessageContents", /'#x7'/],
    [
      "a queue's own size limit",
      sendMessage("x".repeat(1025)),
      { queueName: "small" },
      400,
      "InvalidParameterValue",
      "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.",
    ],
    [
      "a FIFO message without deduplication id",
      `${sendMessage("x")}&MessageGroupId=g`,
      { queueName: "orders.fifo" },
      400,
      "InvalidParameterValue",
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    ],
    [
      "a delay that is no number",
      `${sendMessage("x")}&DelaySeconds=soon`,
      {},
      400,
      "InvalidParameterValue",
      /soon/,
    ],
    [
      "an unknown action",
      "Action=Sing",
      {},
      400,
      "InvalidAction",
      "The action Sing is not valid for this endpoint.",
    ],
    ["a bad queue URL", `${sendMessage("x")}&QueueUrl=orders`, {}, 404, "InvalidAddress", /orders/],
    ["a broken escape", "Action=SendMessage&MessageBody=100%", {}, 404, "MalformedQueryString", /syntax/],
    [
      "a role without permission",
      sendMessage("x"),
      { authorize: () => false },
      403,
      "AccessDenied",
      "Access to the resource https://sqs.eu-west-1.amazonaws.com/123456789012/orders is denied.",
    ],
  ];
  test.each(errors)("answers %s as SQS does", async (_name, body, changes, status, code, message) => {
    const answer = await json(body, changes);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      Error: {
        Code: code,
        Message: typeof message === "string" ? message : (expect.stringMatching(message) as string),
        Type: "Sender",
      },
      RequestId: expect.stringMatching(UUID) as string,
    });
    expect(await received()).toEqual([]);
  });

  test("writes errors in XML with an empty Detail, escaped", async () => {
    const response = await sqs.send(request("Action=%3C%26%3E", { headers: { "Content-Type": FORM_TYPE } }));
    expect(response.body).toMatch(
      /^<\?xml version="1\.0"\?><ErrorResponse xmlns="[^"]+"><Error><Type>Sender<\/Type><Code>InvalidAction<\/Code><Message>The action &lt;&amp;&gt; is not valid for this endpoint\.<\/Message><Detail\/><\/Error><RequestId>[^<]+<\/RequestId><\/ErrorResponse>$/,
    );
  });

  test.each([
    ["no action", "MessageBody=x", FORM_TYPE],
    ["a body that is no form", sendMessage("x"), "application/json"],
  ])("knows no operation in %s", async (_name, body, contentType) => {
    const headers = { "Content-Type": contentType, Accept: "application/json" };
    const response = await sqs.send(request(body, { headers }));
    expect(response).toMatchObject({ status: 404, body: "<UnknownOperationException/>" });
  });

  test("asks about the very action and queue", async () => {
    const authorize = jest.fn(() => true);
    await json(sendMessage("x"), { authorize });
    await json("Action=GetQueueAttributes", { authorize, region: "cn-north-1" });
    expect(authorize.mock.calls).toEqual([
      ["SendMessage", "arn:aws:sqs:eu-west-1:123456789012:orders"],
      ["GetQueueAttributes", "arn:aws-cn:sqs:cn-north-1:123456789012:orders"],
    ]);
  });

  test("reports each entry of a batch", async () => {
    const entry = (n: number, id: string, body: string) =>
      `SendMessageBatchRequestEntry.${n}.Id=${id}&SendMessageBatchRequestEntry.${n}.MessageBody=${body}`;
    const { body } = await json(`Action=SendMessageBatch&${entry(1, "a", "x%2B")}&${entry(2, "b", "%07")}`);
    expect(body).toMatchObject({
      SendMessageBatchResponse: {
        SendMessageBatchResult: {
          Failed: [{ Id: "b", Code: "InvalidMessageContents", SenderFault: true }],
          Successful: [{ Id: "a", MD5OfMessageBody: md5("x+"), MD5OfMessageAttributes: null }],
        },
      },
    });
    expect((await received()).map(({ Body }) => Body)).toEqual(["x+"]);
  });

  test.each([
    [
      "Action=ReceiveMessage",
      '{"ReceiveMessageResponse":{"ReceiveMessageResult":{"messages":null},"ResponseMetadata":{"RequestId":"ID"}}}',
    ],
    ["Action=PurgeQueue", '{"PurgeQueueResponse":{"ResponseMetadata":{"RequestId":"ID"}}}'],
    [
      "Action=GetQueueAttributes&AttributeName=VisibilityTimeout",
      '{"GetQueueAttributesResponse":{"GetQueueAttributesResult":{"Attributes":[{"Name":"VisibilityTimeout","Value":"30"}]},"ResponseMetadata":{"RequestId":"ID"}}}',
    ],
  ])("answers %s in alphabetical order", async (body, expected) => {
    const response = await sqs.send(request(body));
    expect(response.body.replace(/"RequestId":"[^"]+"/, '"RequestId":"ID"')).toBe(expected);
  });

  test("answers ReceiveMessage in XML, escaped", async () => {
    await sqs.send(request(sendMessage("<&>\r")));
    const response = await sqs.send(
      request("Action=ReceiveMessage", { headers: { "Content-Type": FORM_TYPE } }),
    );
    expect(response.body).toContain("<Body>&lt;&amp;&gt;&#xd;</Body>");
  });

  describe("in the AWS JSON protocol", () => {
    const headers = { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.SendMessage" };
    const QueueUrl = "https://sqs.eu-west-1.amazonaws.com/123456789012/orders";

    test("passes a message on", async () => {
      const { status, body } = await json(JSON.stringify({ QueueUrl, MessageBody: "é" }), { headers });
      expect(status).toBe(200);
      expect(body).toMatchObject({ MD5OfMessageBody: md5("é") });
      expect(await received()).toEqual([expect.objectContaining({ Body: "é" })]);
    });

    test.each([
      [
        { QueueUrl: `${QueueUrl}-x`, MessageBody: "x" },
        "com.amazonaws.sqs#QueueDoesNotExist",
        "AWS.SimpleQueueService.NonExistentQueue",
      ],
      [
        { QueueUrl, MessageBody: "" },
        "com.amazon.coral.service#MissingParameterException",
        "MissingParameter",
      ],
      [
        { QueueUrl, MessageBody: 1 },
        "com.amazon.coral.service#SerializationException",
        "SerializationException",
      ],
      [{ MessageBody: "x" }, "com.amazon.coral.service#MissingParameterException", "MissingParameter"],
    ])("answers the errors of %j", async (input, type, code) => {
      const { status, body, response } = await json(JSON.stringify(input), { headers });
      expect(status).toBe(400);
      expect(body).toMatchObject({ __type: type });
      expect(response.headers["x-amzn-query-error"]).toBe(`${code};Sender`);
    });
  });
});

describe("SqsService before an endpoint that fails", () => {
  const open: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((close) => close()));
  });

  /** An endpoint that does as told with each connection's first request. */
  async function serviceOf(respond: (socket: Socket) => void): Promise<SqsService> {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket.on("error", () => undefined));
      socket.once("data", () => {
        respond(socket);
      });
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as { port: number };
    const endpoint = `http://127.0.0.1:${port}`;
    const sqs = new SqsService({
      endpoint,
      region: "us-east-1",
      resolveQueueUrl: () => `${endpoint}/1/orders`,
    });
    open.push(async () => {
      await sqs.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return sqs;
  }
  const answer = (status: number, body: string, headers = "", length = Buffer.byteLength(body)) =>
    `HTTP/1.1 ${status} X\r\nContent-Length: ${length}\r\n${headers}\r\n${body}`;
  const write = (text: string) => (socket: Socket) => {
    socket.end(text);
  };
  const good = JSON.stringify({ MessageId: "m", MD5OfMessageBody: md5("x") });
  const send = (sqs: SqsService, changes: Partial<SqsRequest> = {}) =>
    sqs.send(request(sendMessage("x"), changes));

  test("believes a right digest", async () => {
    expect((await send(await serviceOf(write(answer(200, good))))).status).toBe(200);
  });

  test.each<[string, (socket: Socket) => void]>([
    ["resets the connection", (socket) => socket.resetAndDestroy()],
    ["closes without an answer", (socket) => socket.end()],
    ["cuts its answer short", write(answer(200, good.slice(0, 20), "", 200))],
    ["answers half of its JSON", write(answer(200, good.slice(0, 20)))],
    ["answers nothing", write(answer(200, ""))],
    ["answers a list", write(answer(200, "[]"))],
    ["answers HTML", write(answer(200, "<html>"))],
    ["answers no HTTP", write("hello\r\n\r\n")],
    [
      "answers another body's digest",
      write(answer(200, JSON.stringify({ MessageId: "m", MD5OfMessageBody: md5("y") }))),
    ],
    ["answers without message id", write(answer(200, JSON.stringify({ MD5OfMessageBody: md5("x") })))],
    ["redirects", write(answer(302, "", "Location: /\r\n"))],
    ["answers 204", write("HTTP/1.1 204 X\r\n\r\n")],
    ["answers an error page", write(answer(502, "<html>"))],
  ])("finds no proof when it %s", async (_name, respond) => {
    await expect(send(await serviceOf(respond))).rejects.toThrow(SqsConnectionError);
  });

  test("finds no proof where nobody listens", async () => {
    const sqs = new SqsService({ endpoint: "http://127.0.0.1:1", region: "us-east-1" });
    await expect(send(sqs)).rejects.toThrow(SqsConnectionError);
    await sqs.close();
  });

  test("gives up after its time", async () => {
    const sqs = await serviceOf(() => undefined);
    const start = Date.now();
    await expect(send(sqs, { timeoutMs: 50 })).rejects.toThrow(SqsTimeoutError);
    expect(Date.now() - start).toBeLessThan(1000);
  });

  test.each<[string, number, string, string, expected: object]>([
    [
      "com.amazonaws.sqs#RequestThrottled",
      403,
      "",
      "Slow down.",
      { Code: "RequestThrottled", Type: "Sender" },
    ],
    ["QueueDoesNotExist", 400, "", "no", { Code: "AWS.SimpleQueueService.NonExistentQueue", Type: "Sender" }],
    ["com.amazonaws.sqs#KmsDisabled", 400, "", "off", { Code: "KMS.DisabledException", Type: "Sender" }],
    [
      "ignored",
      400,
      "AWS.SimpleQueueService.InvalidParameterValue;Sender",
      "bad",
      { Code: "InvalidParameterValue", Message: "bad" },
    ],
    [
      "com.amazon.coral.service#InternalFailure",
      500,
      "",
      "oops",
      { Code: "InternalFailure", Type: "Receiver" },
    ],
    [
      "com.amazon.coral.service#ServiceUnavailable",
      503,
      "",
      "busy",
      { Code: "ServiceUnavailable", Type: "Receiver" },
    ],
  ])("passes on the error %s with status %i", async (type, status, queryError, message, expected) => {
    const headers = queryError === "" ? "" : `x-amzn-query-error: ${queryError}\r\n`;
    const sqs = await serviceOf(write(answer(status, JSON.stringify({ __type: type, message }), headers)));
    const response = await send(sqs);
    expect(response.status).toBe(status);
    expect(JSON.parse(response.body)).toMatchObject({ Error: expected });
  });

  test.each([
    ["leaves out an entry", { Successful: [] }],
    [
      "reports an entry twice",
      { Successful: [{ Id: "a", MessageId: "m", MD5OfMessageBody: md5("x") }], Failed: [{ Id: "a" }] },
    ],
    ["reports another entry", { Failed: [{ Id: "b" }] }],
    ["gives a wrong digest", { Successful: [{ Id: "a", MessageId: "m", MD5OfMessageBody: md5("y") }] }],
  ])("finds no proof when a batch's answer %s", async (_name, result) => {
    const sqs = await serviceOf(write(answer(200, JSON.stringify(result))));
    const entry = "SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=x";
    await expect(sqs.send(request(`Action=SendMessageBatch&${entry}`))).rejects.toThrow(SqsConnectionError);
  });
});
