import fc from "fast-check";
import { receivedTemplate } from "../../mapping/receive-response-template";
import { anyText, HOSTILE_TEXTS } from "../support/hostile-texts";
import { renderedAnswer } from "../support/rendered-answer";
import { tries } from "../support/tries";

const template = receivedTemplate();

const METADATA = { RequestId: "sqs-request" };

function answer(ReceiveMessageResult: unknown) {
  const body = JSON.stringify({
    ReceiveMessageResponse: { ReceiveMessageResult, ResponseMetadata: METADATA },
  });
  return answerTo(body);
}

function answerTo(body: string) {
  const { text, ...rest } = renderedAnswer(template, body);
  return { ...rest, answer: JSON.parse(text) as unknown };
}

/** As SQS answers in JSON. */
function received(Body: string, changes: object = {}) {
  return {
    Attributes: null,
    Body,
    MD5OfBody: "x",
    MD5OfMessageAttributes: null,
    MessageAttributes: null,
    MessageId: "m1",
    ReceiptHandle: "AQEB+/=",
    ...changes,
  };
}

function told(body: string, changes: object = {}) {
  return {
    messageId: "m1",
    receiptHandle: "AQEB+/=",
    body,
    attributes: {},
    messageAttributes: {},
    ...changes,
  };
}

test.each([
  ["null", { messages: null }],
  ["empty", { messages: [] }],
  ["absent", {}],
  ["in no result", undefined],
  ["in a result that is null", null],
])("messages that are %s are an empty list", (_what, result) => {
  expect(answer(result)).toEqual({ headers: {}, answer: { messages: [], requestId: "request-1" } });
});

test("attributes of all types, by name", () => {
  const message = received("x", {
    Attributes: [
      { Name: "SentTimestamp", Value: "1700000000000" },
      { Name: "MessageGroupId", Value: 'a"b' },
    ],
    MessageAttributes: [
      { Name: "Größe.x", Value: { BinaryValue: null, DataType: "Number.int", StringValue: "12" } },
      { Name: "B", Value: { BinaryValue: "AAE=", DataType: "Binary", StringValue: null } },
      { Name: "S", Value: { DataType: "String", StringValue: '"}\\' } },
    ],
  });
  expect(answer({ messages: [message, received("y")] })).toEqual({
    headers: {},
    answer: {
      messages: [
        told("x", {
          attributes: { SentTimestamp: "1700000000000", MessageGroupId: 'a"b' },
          messageAttributes: {
            "Größe.x": { dataType: "Number.int", stringValue: "12" },
            B: { dataType: "Binary", binaryValue: "AAE=" },
            S: { dataType: "String", stringValue: '"}\\' },
          },
        }),
        told("y"),
      ],
      requestId: "request-1",
    },
  });
});

test.each([
  ["no JSON", "<ReceiveMessageResponse/>"],
  ["a JSON text", '"x"'],
  ["nothing", "{}"],
  ["another action's", JSON.stringify({ SendMessageResponse: { ResponseMetadata: METADATA } })],
  ["cut off", '{"ReceiveMessageResponse":{"ReceiveMessageResult":{"messages":[{"Body":"x"'],
  ["without a request id", '{"ReceiveMessageResponse":{"ReceiveMessageResult":{"messages":null}}}'],
])("an answer that is %s is no empty queue: 503", (_what, body) => {
  expect(answerTo(body)).toEqual({
    status: 503,
    headers: { "Retry-After": "1" },
    answer: {
      code: "SERVICE_UNAVAILABLE",
      message: "The queue is not available. Retry later.",
      requestId: "request-1",
    },
  });
});

test.each([
  ...HOSTILE_TEXTS,
  "</script><script>alert(1)</script>",
  "\u2028\u2029\u0085\ufeff",
  "\t\n\r\f\b\u007f\u009f",
  "${x} $!{x} #set($context.responseOverride.status = 200) #end",
  '\\u0041 \\\\ \\" \\/ %22',
])("a body of %j arrives as it was", (body) => {
  expect(answer({ messages: [received(body)] })).toMatchObject({ answer: { messages: [told(body)] } });
});

test("whatever ten messages hold, every text arrives as it was, in its place", () => {
  const text = anyText.filter((one) => one !== "");
  const attribute = fc.record({ Name: text, Value: fc.record({ DataType: text, StringValue: text }) });
  const message = fc.record({
    body: text,
    handle: text,
    attributes: fc.uniqueArray(attribute, { maxLength: 10, selector: ({ Name }) => Name }),
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 10 }), (messages) => {
      const given = messages.map(({ body, handle, attributes }) =>
        received(body, { ReceiptHandle: handle, MessageAttributes: attributes }),
      );
      const expected = messages.map(({ body, handle, attributes }) =>
        told(body, {
          receiptHandle: handle,
          messageAttributes: Object.fromEntries(
            attributes.map(({ Name, Value }) => [
              Name,
              { dataType: Value.DataType, stringValue: Value.StringValue },
            ]),
          ),
        }),
      );
      expect(answer({ messages: given })).toEqual({
        headers: {},
        answer: { messages: expected, requestId: "request-1" },
      });
    }),
    { numRuns: tries(300) },
  );
});
