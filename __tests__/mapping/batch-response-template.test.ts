import fc from "fast-check";
import { batchResponseTemplate } from "../../mapping/batch-response-template";
import { anyText } from "../support/hostile-texts";
import { renderedAnswer } from "../support/rendered-answer";
import { tries } from "../support/tries";

const template = batchResponseTemplate();

function answer(result: unknown) {
  return answerTo(JSON.stringify({ SendMessageBatchResponse: { SendMessageBatchResult: result } }));
}

function answerTo(body: string) {
  const { text, ...rest } = renderedAnswer(template, body);
  return { ...rest, ...(JSON.parse(text) as { results: { index: number }[]; requestId: string }) };
}

function accepted(index: number) {
  return { Id: String(index), MessageId: `message-${index}`, MD5OfMessageBody: "x", SequenceNumber: null };
}

function refused(index: number, SenderFault: unknown = true, Code = "InvalidMessageContents", Message = "") {
  return { Id: String(index), Code, Message, SenderFault };
}

const INVALID = {
  code: "INVALID_MESSAGE",
  message: "The message contains characters that the queue does not allow.",
};

describe.each([
  ["absent", undefined],
  ["null", null],
  ["empty", []],
])("with the other list %s", (_what, none) => {
  test("all accepted: the status stays, outcomes in index order", () => {
    expect(answer({ Failed: none, Successful: [accepted(2), accepted(0), accepted(1)] })).toEqual({
      headers: {},
      results: [0, 1, 2].map((index) => ({ index, messageId: `message-${index}` })),
      requestId: "request-1",
    });
  });

  test.each([true, "true"])("none accepted, all the caller's fault (%p): 400", (fault) => {
    expect(answer({ Failed: [refused(1, fault), refused(0, fault)], Successful: none })).toEqual({
      status: 400,
      headers: {},
      results: [0, 1].map((index) => ({ index, ...INVALID })),
      requestId: "request-1",
    });
  });

  test.each([false, "false", null, undefined])(
    "none accepted, one not the caller's fault (%p): 503",
    (fault) => {
      const failed = [
        refused(0),
        refused(1, fault ?? null, "InternalError", "arn:aws:sqs:eu-west-1:123456789012:q"),
      ];
      expect(answer({ Failed: failed, Successful: none })).toEqual({
        status: 503,
        headers: { "Retry-After": "1" },
        results: [
          { index: 0, ...INVALID },
          { index: 1, code: "SERVICE_UNAVAILABLE", message: "The queue is not available. Retry later." },
        ],
        requestId: "request-1",
      });
    },
  );
});

test("ten, mixed: 207, in index order", () => {
  const indexes = Array.from({ length: 10 }, (_, index) => index);
  const given = answer({
    Successful: indexes
      .filter((index) => index % 2 === 0)
      .map(accepted)
      .reverse(),
    Failed: indexes.filter((index) => index % 2 === 1).map((index) => refused(index, index === 1)),
  });
  expect(given).toEqual({
    status: 207,
    headers: {},
    results: indexes.map((index) =>
      index % 2 === 0 ? { index, messageId: `message-${index}` } : { index, ...INVALID },
    ),
    requestId: "request-1",
  });
});

test.each([
  ["AWS.SimpleQueueService.BatchRequestTooLong", "", "MESSAGE_TOO_LONG"],
  [
    "AccessDenied",
    "Access to the resource https://sqs.eu-west-1.amazonaws.com/1/q is denied.",
    "INTERNAL_ERROR",
  ],
  ["KMS.AccessDeniedException", "", "INTERNAL_ERROR"],
  ["ThrottlingException", "", "THROTTLED"],
  ["SomethingNew", "", "INTERNAL_ERROR"],
])("an entry refused with %s %j has the code %s", (code, message, told) => {
  expect(answer({ Failed: [refused(0, true, code, message)] }).results).toMatchObject([{ code: told }]);
});

test("an entry without a group id is told where it belongs", () => {
  const message = "The request must contain the parameter MessageGroupId.";
  expect(answer({ Failed: [refused(0, true, "InvalidParameterValue", message)] }).results).toEqual([
    {
      index: 0,
      code: "MISSING_MESSAGE_GROUP_ID",
      message: "The message group id is missing. Give the entry a messageGroupId.",
    },
  ]);
});

test.each([
  ["no result", "{}"],
  ["no outcome", '{"SendMessageBatchResponse":{"SendMessageBatchResult":{"Failed":null,"Successful":null}}}'],
  ["no JSON", "<a/>"],
  ["a truncated answer", '{"SendMessageBatchResponse":{"SendMessageBatchResult":{"Successful":[{"Id":"0"'],
  ["a result that is a text", '{"SendMessageBatchResponse":{"SendMessageBatchResult":"x"}}'],
])("%s is no success", (_what, body) => {
  expect(answerTo(body)).toMatchObject({ status: 503, results: [] });
});

test("whatever SQS says, a refused entry is never told as accepted, and nothing of SQS's words gets out", () => {
  const outcome = fc.record({ ok: fc.boolean(), code: anyText, message: anyText, fault: fc.boolean() });
  fc.assert(
    fc.property(fc.array(outcome, { minLength: 1, maxLength: 10 }), (outcomes) => {
      const given = answer({
        Successful: outcomes.flatMap(({ ok }, index) => (ok ? [accepted(index)] : [])),
        Failed: outcomes.flatMap(({ ok, code, message, fault }, index) =>
          ok ? [] : [refused(index, fault, code, message)],
        ),
      });
      expect(given.results).toEqual(
        outcomes.map(({ ok }, index) =>
          ok
            ? { index, messageId: `message-${index}` }
            : { index, code: "INTERNAL_ERROR", message: "The message was not accepted." },
        ),
      );
      const refusals = outcomes.filter(({ ok }) => !ok);
      const none = refusals.length === outcomes.length;
      const status = none ? (refusals.every(({ fault }) => fault) ? 400 : 503) : 207;
      expect(given.status).toBe(refusals.length === 0 ? undefined : status);
    }),
    { numRuns: tries(300) },
  );
});
