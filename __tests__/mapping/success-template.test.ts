import { compactTemplate } from "../../mapping/success-template";
import { renderedAnswer } from "../support/rendered-answer";

function answer(result: Record<string, unknown>): unknown {
  const body = JSON.stringify({ SendMessageResponse: { ResponseMetadata: {}, SendMessageResult: result } });
  const { text, ...overrides } = renderedAnswer(compactTemplate(), body);
  expect(overrides).toEqual({ headers: {} });
  return JSON.parse(text);
}

test.each([{ SequenceNumber: null }, {}])("a standard queue's message has two ids: %j", (more) => {
  expect(answer({ MD5OfMessageBody: "x", MessageId: "message-1", ...more })).toEqual({
    messageId: "message-1",
    requestId: "request-1",
  });
});

test("a FIFO queue's message has a sequence number, too", () => {
  expect(answer({ MessageId: "message-1", SequenceNumber: "18849496460467696128" })).toEqual({
    messageId: "message-1",
    requestId: "request-1",
    sequenceNumber: "18849496460467696128",
  });
});
