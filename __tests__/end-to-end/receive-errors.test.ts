import { FakeSqs, sqsError } from "../support/fake-sqs";
import { ReceivingStack } from "../support/receiving-stack";

const SECRETS =
  "arn:aws:sqs:eu-central-1:123456789012:auth https://sqs.eu-central-1.amazonaws.com/123456789012/auth";

const fake = new FakeSqs();
let stack: ReceivingStack;

beforeAll(async () => {
  stack = await ReceivingStack.start({}, { sqsEndpoint: await fake.start() });
});

afterAll(async () => {
  await stack.local.close();
  await fake.close();
});

const CALLS = {
  receive: () => stack.call("GET"),
  "delete by body": () => stack.call("DELETE", "", '{"receiptHandle":"AQEB"}'),
  "delete by path": () => stack.call("DELETE", "/AQEB"),
  hide: () => stack.call("POST", "/visibility", '{"receiptHandle":"AQEB","visibilityTimeout":1}'),
};

type Call = keyof typeof CALLS;

const ALL = Object.keys(CALLS) as Call[];
const DELETES: Call[] = ["delete by body", "delete by path"];

const UNKNOWN = [404, "UNKNOWN_RECEIPT_HANDLE", null] as const;
const INTERNAL = [500, "INTERNAL_ERROR", null] as const;
const THROTTLED = [429, "THROTTLED", "1"] as const;
const UNAVAILABLE = [503, "SERVICE_UNAVAILABLE", "1"] as const;

const EXPIRED = "Value AQEB for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.";
const NOT_IN_FLIGHT =
  "Value AQEB for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.";
const TOO_LONG =
  "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]";
const COUNT =
  "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.";

type Row = readonly [
  calls: readonly Call[],
  type: string,
  text: string,
  given: number,
  told: readonly [status: number, code: string, retryAfter: string | null],
];

const ROWS: Row[] = [
  [["receive"], "InvalidParameterValueException", COUNT, 400, [400, "INVALID_RECEIVE_PARAMETER", null]],
  [["receive"], "ReadCountOutOfRange", "", 400, [400, "INVALID_RECEIVE_PARAMETER", null]],
  [["receive"], "OverLimit", "Too many messages in flight", 403, [429, "TOO_MANY_IN_FLIGHT", "1"]],
  [[...DELETES, "hide"], "ReceiptHandleIsInvalid", "The input receipt handle is invalid.", 404, UNKNOWN],
  [[...DELETES, "hide"], "ReceiptHandleIsInvalid", SECRETS, 400, UNKNOWN],
  [[...DELETES, "hide"], "InvalidIdFormat", SECRETS, 400, UNKNOWN],
  [[...DELETES, "hide"], "InvalidParameterValueException", EXPIRED, 400, UNKNOWN],
  [["hide"], "MessageNotInflight", NOT_IN_FLIGHT, 400, UNKNOWN],
  [["hide"], "InvalidParameterValueException", NOT_IN_FLIGHT, 400, UNKNOWN],
  [["hide"], "InvalidParameterValueException", TOO_LONG, 400, [400, "INVALID_VISIBILITY_TIMEOUT", null]],
  [ALL, "RequestThrottled", "Rate exceeded", 403, THROTTLED],
  [ALL, "ThrottlingException", "Rate exceeded", 400, THROTTLED],
  [ALL, "KmsThrottled", "Rate exceeded", 400, THROTTLED],
  [ALL, "ServiceUnavailable", "", 503, UNAVAILABLE],
  [ALL, "InternalFailure", "", 500, UNAVAILABLE],
  [ALL, "ServiceUnavailableException", "", 400, UNAVAILABLE],
  [ALL, "AccessDeniedException", `Access to the resource ${SECRETS} is denied.`, 403, INTERNAL],
  [ALL, "QueueDoesNotExist", "The specified queue does not exist.", 400, INTERNAL],
  [ALL, "InvalidAction", "The action is not valid.", 400, INTERNAL],
  [ALL, "InvalidSecurity", "Not secure.", 403, INTERNAL],
  [ALL, "KmsAccessDenied", SECRETS, 400, INTERNAL],
  [ALL, "KmsDisabled", SECRETS, 400, INTERNAL],
  [ALL, "SomethingNew", `Who knows? ${SECRETS}`, 418, INTERNAL],
];

const EACH = ROWS.flatMap(([calls, type, text, given, told]) =>
  calls.map((call) => [call, type, text, given, ...told] as const),
);

test.each(EACH)("%s: %s %j with %d → %d %s, Retry-After %s", async (call, type, text, given, ...told) => {
  fake.answer = sqsError(type, text, given);
  const { status, retryAfter, code, message, requestId, ...others } = await CALLS[call]();
  expect([status, code, retryAfter]).toEqual(told);
  expect(others).toEqual({});
  expect(message).toMatch(/[.]$/);
  expect(message).not.toMatch(/accepted/);
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(message).not.toMatch(/arn:|amazonaws|123456789012|auth/);
});

test.each(ALL)("%s: a 2xx that is no JSON, or another status, is no success", async (call) => {
  for (const [status, body] of [
    [200, "<html/>"],
    [302, ""],
    [500, "<html>Bad Gateway</html>"],
  ] as const) {
    fake.answer = { status, body };
    expect(await CALLS[call]()).toMatchObject({ status: 503, code: expect.any(String) as string });
  }
});

test.each([
  ["null", "{}"],
  ["empty", '{"Messages":[]}'],
  ["null in SQS's JSON", '{"Messages":null}'],
])("messages that are %s are an empty list", async (_what, body) => {
  fake.answer = { status: 200, body };
  expect(await CALLS.receive()).toMatchObject({ status: 200, messages: [] });
});
