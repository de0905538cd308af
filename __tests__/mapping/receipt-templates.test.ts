import fc from "fast-check";
import { deleteTemplate, visibilityTemplate } from "../../mapping/receipt-templates";
import { anyText } from "../support/hostile-texts";
import { renderedParameters } from "../support/rendered-parameters";
import { tries } from "../support/tries";

const HANDLES = [
  "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a//x+/+y==",
  "a",
  "0f4a7c52-3f0e-4d43-9d53-3a6c5b0d1d7e",
  "0f4a7c52#9d53",
  "x".repeat(1024),
];

const HOSTILE = [
  "",
  " ",
  "x&Action=PurgeQueue",
  "x%26QueueUrl=https://sqs.eu-central-1.amazonaws.com/1/q",
  "x%2526Action=PurgeQueue",
  "x\n",
  "x\r\nAction=PurgeQueue",
  "../../x",
  "x;y",
  "x y",
  "é",
  "👍",
  "$input.body",
  "${x}",
  "x'",
  'x"',
  "x\\",
  "x%",
  "x%zz",
  "x%252B",
  "x".repeat(1025),
  "x".repeat(100_000),
];

const REFUSED = { Action: "DeleteMessage" };

function byBody(receiptHandle: unknown) {
  return renderedParameters(deleteTemplate("body"), { body: JSON.stringify({ receiptHandle }) });
}

function byPath(receiptHandle: string) {
  return renderedParameters(deleteTemplate("path"), { path: { receiptHandle } });
}

test.each(HANDLES)(
  "the handle %s arrives, by body, and by path whatever becomes of its encoding",
  (handle) => {
    const expected = { Action: "DeleteMessage", ReceiptHandle: handle };
    expect(byBody(handle)).toEqual(expected);
    const encoded = encodeURIComponent(handle);
    const lowerCase = encoded.replace(/%../g, (code) => code.toLowerCase());
    for (const sent of [handle, encoded, lowerCase, handle.replaceAll("+", " ")]) {
      expect(byPath(sent)).toEqual(expected);
    }
  },
);

test.each(HOSTILE)("%j is sent to be refused: without a handle", (handle) => {
  expect(byBody(handle)).toEqual(REFUSED);
  if (!/^[a-z] [a-z]$|^ $/.test(handle)) expect(byPath(handle)).toEqual(REFUSED);
});

test.each([null, 1, true, [], ["a"], {}, { a: "b" }])(
  "%j in the body is no handle, or its plain text",
  (handle) => {
    const { Action, ReceiptHandle = "", ...others } = byBody(handle);
    expect({ Action, others }).toEqual({ Action: "DeleteMessage", others: {} });
    expect(ReceiptHandle).toMatch(/^[A-Za-z0-9]*$/);
  },
);

test.each(["", "x", "[]", "null", "receiptHandle=a", '{"receiptHandle"'])(
  "the body %j has no handle",
  (body) => {
    expect(renderedParameters(deleteTemplate("body"), { body })).toEqual(REFUSED);
  },
);

test("a handle is SQS's parameter as a whole, or nothing is sent", () => {
  fc.assert(
    fc.property(anyText, (handle) => {
      for (const sent of [byBody(handle), byPath(handle), byPath(encodeURIComponent(handle))]) {
        const { Action, ReceiptHandle = "", ...others } = sent;
        expect({ Action, others }).toEqual({ Action: "DeleteMessage", others: {} });
        expect(
          ["", handle, handle.replaceAll(" ", "+")].includes(ReceiptHandle) ||
            /%(2[bfBF3]|3[dD])/.test(handle),
        ).toBe(true);
      }
    }),
    { numRuns: tries(500) },
  );
});

describe("a visibility timeout", () => {
  const template = visibilityTemplate(600);
  const sent = (visibilityTimeout: unknown, receiptHandle = "AQ==") =>
    renderedParameters(template, { body: JSON.stringify({ receiptHandle, visibilityTimeout }) });

  test.each([0, 1, 600, "600"])("%j is sent", (seconds) => {
    expect(sent(seconds)).toEqual({
      Action: "ChangeMessageVisibility",
      ReceiptHandle: "AQ==",
      VisibilityTimeout: String(seconds),
    });
  });

  test.each([-1, 601, 43_200, 1.5, 1e20, "", "x", "1&Action=PurgeQueue", null, [1], {}])(
    "%j is sent to be refused: without a handle",
    (seconds) => {
      expect(sent(seconds)).toEqual({ Action: "ChangeMessageVisibility" });
    },
  );

  test("a handle that is none is sent to be refused", () => {
    expect(sent(1, "x&y")).toEqual({ Action: "ChangeMessageVisibility" });
  });
});
