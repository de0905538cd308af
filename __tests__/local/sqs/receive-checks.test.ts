import { checkReceive } from "../../../local/sqs/receive-checks";

function checking(action: string, input: object) {
  return () => {
    checkReceive(action, { ...input });
  };
}

test.each([
  ["ReceiveMessage", {}],
  ["ReceiveMessage", { MaxNumberOfMessages: 1, WaitTimeSeconds: 0, VisibilityTimeout: 0 }],
  ["ReceiveMessage", { MaxNumberOfMessages: 10, WaitTimeSeconds: 20, VisibilityTimeout: 43_200 }],
  ["DeleteMessage", { ReceiptHandle: "a" }],
  ["ChangeMessageVisibility", { ReceiptHandle: "a", VisibilityTimeout: 0 }],
  ["PurgeQueue", { MaxNumberOfMessages: 0 }],
])("%s with %j passes", (action, input) => {
  expect(checking(action, input)).not.toThrow();
});

test.each([
  ["ReceiveMessage", { MaxNumberOfMessages: 0 }, "Value 0 for parameter MaxNumberOfMessages is invalid."],
  ["ReceiveMessage", { MaxNumberOfMessages: 11 }, "Must be between 1 and 10, if provided."],
  ["ReceiveMessage", { WaitTimeSeconds: 21 }, "Reason: Must be >= 0 and <= 20, if provided."],
  ["ReceiveMessage", { VisibilityTimeout: -1 }, "Value -1 for parameter VisibilityTimeout is invalid."],
  [
    "ChangeMessageVisibility",
    { ReceiptHandle: "a", VisibilityTimeout: 43_201 },
    "parameter VisibilityTimeout",
  ],
])("%s with %j is an invalid value", (action, input, text) => {
  const refusal = expect.objectContaining({ code: "InvalidParameterValue" }) as Error;
  expect(checking(action, input)).toThrow(refusal);
  expect(checking(action, input)).toThrow(text);
});

test.each([
  ["DeleteMessage", {}, "ReceiptHandle"],
  ["DeleteMessage", { ReceiptHandle: "" }, "ReceiptHandle"],
  ["ChangeMessageVisibility", { VisibilityTimeout: 1 }, "ReceiptHandle"],
  ["ChangeMessageVisibility", { ReceiptHandle: "a" }, "VisibilityTimeout"],
])("%s with %j lacks %s", (action, input, name) => {
  expect(checking(action, input)).toThrow(`The request must contain the parameter ${name}.`);
});
