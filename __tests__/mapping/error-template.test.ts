import fc from "fast-check";
import { ERROR_MAPPINGS } from "../../mapping/error-mappings";
import { errorTemplate, gatewayResponseTemplate, unavailableTemplate } from "../../mapping/error-template";
import { anyText } from "../support/hostile-texts";
import { renderedAnswer } from "../support/rendered-answer";
import { tries } from "../support/tries";

const PREFIX = "AWS.SimpleQueueService.";

function sqsError(code: unknown, message: unknown = ""): string {
  return JSON.stringify({ Error: { Code: code, Message: message, Type: "Sender" }, RequestId: "sqs-1" });
}

function answer(body: string, template = errorTemplate()) {
  const { status, headers, text } = renderedAnswer(template, body);
  return { status, headers, ...(JSON.parse(text) as { code: string; message: string; requestId: string }) };
}

const RETRY = { "Retry-After": "1" };

/** SQS's own words, and what a caller is told. No status: the response's own 500. */
const ERRORS: readonly [code: string, message: string, status: number | undefined, told: string][] = [
  [
    "InvalidParameterValue",
    "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.",
    413,
    "MESSAGE_TOO_LONG",
  ],
  [
    "AWS.SimpleQueueService.BatchRequestTooLong",
    "Batch requests cannot be longer than 1048576 bytes. You have sent 2000000 bytes.",
    413,
    "MESSAGE_TOO_LONG",
  ],
  ["MissingParameter", "The request must contain the parameter MessageBody.", 400, "EMPTY_MESSAGE"],
  [
    "MissingParameter",
    "The request must contain the parameter SendMessageBatchRequestEntry.1.MessageBody.",
    400,
    "EMPTY_MESSAGE",
  ],
  [
    "InvalidMessageContents",
    "Invalid binary character '#x7' was found in the message body, the set of allowed characters is …",
    400,
    "INVALID_MESSAGE",
  ],
  [
    "InvalidParameterValue",
    "Message (user) attribute 'X' must contain a non-empty value of type 'String'.",
    400,
    "INVALID_MESSAGE_ATTRIBUTE",
  ],
  [
    "InvalidParameterValue",
    "Invalid binary character '#x7' was found in the message attribute 'X' value, the set of allowed …",
    400,
    "INVALID_MESSAGE_ATTRIBUTE",
  ],
  [
    "InvalidParameterValue",
    "Message (user) attribute name must be shorter than 256 bytes.",
    400,
    "INVALID_MESSAGE_ATTRIBUTE",
  ],
  [
    "InvalidParameterValue",
    "Number of message attributes [11] exceeds the allowed maximum [10].",
    400,
    "INVALID_MESSAGE_ATTRIBUTE",
  ],
  [
    "MissingParameter",
    "The request must contain the parameter MessageGroupId.",
    400,
    "MISSING_MESSAGE_GROUP_ID",
  ],
  [
    "InvalidParameterValue",
    "The request must contain the parameter MessageGroupId.",
    400,
    "MISSING_MESSAGE_GROUP_ID",
  ],
  [
    "InvalidParameterValue",
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    400,
    "MISSING_MESSAGE_DEDUPLICATION_ID",
  ],
  [
    "InvalidParameterValue",
    "Value group 123 for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.",
    400,
    "INVALID_MESSAGE_GROUP_ID",
  ],
  [
    "InvalidParameterValue",
    "Value a b for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.",
    400,
    "INVALID_MESSAGE_DEDUPLICATION_ID",
  ],
  [
    "InvalidParameterValue",
    "The request include parameter MessageDeduplicationId which is not valid for this queue type",
    400,
    "INVALID_MESSAGE_DEDUPLICATION_ID",
  ],
  [
    "InvalidParameterValue",
    "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
    400,
    "INVALID_MESSAGE",
  ],
  [
    "AWS.SimpleQueueService.EmptyBatchRequest",
    "There should be at least one SendMessageBatchRequestEntry in the request.",
    400,
    "INVALID_BATCH",
  ],
  [
    "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
    "Maximum number of entries per request are 10. You have sent 11.",
    400,
    "INVALID_BATCH",
  ],
  ["AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "Id 0 repeated.", 400, "INVALID_BATCH"],
  ["AWS.SimpleQueueService.InvalidBatchEntryId", "", 400, "INVALID_BATCH"],
  ["RequestThrottled", "Rate exceeded", 429, "THROTTLED"],
  ["ThrottlingException", "Rate exceeded", 429, "THROTTLED"],
  ["Throttling", "", 429, "THROTTLED"],
  ["AWS.SimpleQueueService.RequestThrottled", "", 429, "THROTTLED"],
  ["OverLimit", "", 429, "THROTTLED"],
  ["KMS.ThrottlingException", "", 429, "THROTTLED"],
  ["KmsThrottled", "", 429, "THROTTLED"],
  ["ServiceUnavailable", "", 503, "SERVICE_UNAVAILABLE"],
  ["InternalFailure", "", 503, "SERVICE_UNAVAILABLE"],
  ["InternalError", "", 503, "SERVICE_UNAVAILABLE"],
  [
    "AccessDenied",
    "Access to the resource https://sqs.eu-west-1.amazonaws.com/123456789012/orders is denied.",
    undefined,
    "INTERNAL_ERROR",
  ],
  [
    "AWS.SimpleQueueService.NonExistentQueue",
    "The specified queue does not exist for this wsdl version.",
    undefined,
    "INTERNAL_ERROR",
  ],
  ["QueueDoesNotExist", "", undefined, "INTERNAL_ERROR"],
  ["AWS.SimpleQueueService.QueueDeletedRecently", "", undefined, "INTERNAL_ERROR"],
  ["InvalidSecurity", "", undefined, "INTERNAL_ERROR"],
  ["InvalidAddress", "", undefined, "INTERNAL_ERROR"],
  ["AWS.SimpleQueueService.UnsupportedOperation", "", undefined, "INTERNAL_ERROR"],
  ["InvalidAction", "", undefined, "INTERNAL_ERROR"],
  ["SignatureDoesNotMatch", "", undefined, "INTERNAL_ERROR"],
  [
    "KMS.AccessDeniedException",
    "User: arn:aws:sts::123456789012:assumed-role/r/s is not authorized to perform: kms:GenerateDataKey",
    undefined,
    "INTERNAL_ERROR",
  ],
  ["KMS.DisabledException", "", undefined, "INTERNAL_ERROR"],
  ["KMS.InvalidKeyUsageException", "", undefined, "INTERNAL_ERROR"],
  ["KMS.InvalidStateException", "", undefined, "INTERNAL_ERROR"],
  ["KMS.NotFoundException", "", undefined, "INTERNAL_ERROR"],
  ["KMS.OptInRequired", "", undefined, "INTERNAL_ERROR"],
  ["KmsAccessDenied", "", undefined, "INTERNAL_ERROR"],
  ["KmsDisabled", "", undefined, "INTERNAL_ERROR"],
  ["KmsInvalidKeyUsage", "", undefined, "INTERNAL_ERROR"],
  ["KmsInvalidState", "", undefined, "INTERNAL_ERROR"],
  ["KmsNotFound", "", undefined, "INTERNAL_ERROR"],
  ["KmsOptInRequired", "", undefined, "INTERNAL_ERROR"],
  ["SomethingNew", "Message must be shorter than 1 byte.", undefined, "INTERNAL_ERROR"],
];

test.each(ERRORS)("%s %j → %p %s", (code, message, status, told) => {
  const given = answer(sqsError(code, message));
  expect(given).toMatchObject({ status, code: told, requestId: "request-1" });
  expect(given.headers).toEqual(status === 429 || status === 503 ? RETRY : {});
  // A queue's, account's or role's name could be in there.
  if (message !== "") expect(JSON.stringify(given)).not.toContain(message);
});

describe.each(
  ERROR_MAPPINGS.flatMap((mapping) => mapping.sqsCodes.map((sqsCode) => ({ ...mapping, sqsCode }))),
)(
  "$sqsCode with '$whenMessageContains'",
  ({ sqsCode, whenMessageContains = "", status, code, message, retryAfter }) => {
    const told = {
      status: status === 500 ? undefined : status,
      headers: retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) },
      code,
      message,
      requestId: "request-1",
    };

    test.each([sqsCode, `${PREFIX}${sqsCode}`])("%s is answered as the table says", (name) => {
      expect(answer(sqsError(name, `before ${whenMessageContains} after`))).toEqual(told);
    });
  },
);

test.each([
  ["XML", "<UnknownOperationException/>"],
  ["nothing, which a template sees as {}", "{}"],
  ["a JSON string", '"AccessDenied"'],
  ["null", "null"],
  ["a list", "[]"],
  ["an error without a code", '{"Error":{"Message":"x"}}'],
  ["a null error", '{"Error":null}'],
  ["an error that is a text", '{"Error":"InvalidMessageContents"}'],
  ["a success", '{"SendMessageResponse":{"SendMessageResult":{"MessageId":"1"}}}'],
  ["a truncated answer", '{"Error":{"Code":"InvalidMess'],
])("%s is an internal error", (_what, body) => {
  expect(answer(body)).toMatchObject({ status: undefined, headers: {}, code: "INTERNAL_ERROR" });
});

test.each([null, 7, true, {}, [], { a: 1 }])("a code or text that is no text is no success: %j", (odd) => {
  expect(answer(sqsError(odd, odd))).toMatchObject({ status: undefined, code: "INTERNAL_ERROR" });
  expect(answer(sqsError("InvalidParameterValue", odd))).toMatchObject({
    status: 400,
    code: "INVALID_MESSAGE",
  });
});

test("whatever SQS says, the answer is an error in the one shape, and tells nothing of it", () => {
  const codes = ERROR_MAPPINGS.flatMap(({ sqsCodes }) => sqsCodes);
  const code = fc.oneof(fc.constantFrom(...codes), anyText);
  const template = errorTemplate();
  const bodies = new Set([...ERROR_MAPPINGS.map((mapping) => `${mapping.code} ${mapping.message}`)]);
  fc.assert(
    fc.property(code, anyText, (sqsCode, message) => {
      const given = answer(sqsError(sqsCode, message), template);
      expect([undefined, 400, 413, 429, 503]).toContain(given.status);
      expect(Object.keys(given).sort()).toEqual(["code", "headers", "message", "requestId", "status"]);
      expect(bodies).toContain(`${given.code} ${given.message}`);
    }),
    { numRuns: tries(500) },
  );
});

test.each([
  [{ header: "X-Tenant" }, "Send the message group id in the header X-Tenant."],
  [{ query: "tenant" }, "Send the message group id in the query parameter tenant."],
  [{ jsonPath: "$.tenant[0].id" }, "Send the message group id in the body at $.tenant[0].id."],
  [{ authorizer: "principalId" }, "The authorizer has to give the message group id as principalId."],
  [{ context: "requestId" }, ""],
  [{ constant: "'\"$#" }, ""],
])("a missing message group id from %j: %s", (messageGroupId, remedy) => {
  const template = errorTemplate({ messageGroupId, messageDeduplicationId: { header: "Idempotency-Key" } });
  const message = "The request must contain the parameter MessageGroupId.";
  expect(answer(sqsError("MissingParameter", message), template).message).toBe(
    `The message group id is missing. ${remedy}`.trim(),
  );
});

test("a missing deduplication id names its own place", () => {
  const template = errorTemplate({
    messageGroupId: { header: "X-Tenant" },
    messageDeduplicationId: { header: "Idempotency-Key" },
  });
  const message =
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly";
  expect(answer(sqsError("InvalidParameterValue", message), template).message).toBe(
    "The message deduplication id is missing. Send the message deduplication id in the header Idempotency-Key.",
  );
});

describe("a delay that SQS refuses", () => {
  const message =
    "Value -1 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.";

  test.each([
    [{ header: "X-Delay" }, "Send the delay in the header X-Delay."],
    [{ query: "delay" }, "Send the delay in the query parameter delay."],
    [{ jsonPath: "$.delay" }, "Send the delay in the body at $.delay."],
    [{ authorizer: "delay" }, "The authorizer has to give the delay as delay."],
  ])("from %j: %s", (messageDelaySeconds, remedy) => {
    const template = errorTemplate({ messageDelaySeconds });
    expect(answer(sqsError("InvalidParameterValue", message), template)).toEqual({
      status: 400,
      headers: {},
      code: "INVALID_DELAY",
      message: `The delay must be a whole number of seconds from 0 to 900. ${remedy}`,
      requestId: "request-1",
    });
    expect(answer(sqsError("AccessDenied", message), template)).toMatchObject({ status: undefined });
  });

  test("is told so only where messages have delays of their own", () => {
    expect(answer(sqsError("InvalidParameterValue", message)).code).toBe("INVALID_MESSAGE");
  });
});

test.each(["X'Y", 'X"Y', "X\\Y", "X\nY"])("a name that could end a string is refused: %j", (header) => {
  expect(() => errorTemplate({ messageGroupId: { header } })).toThrow("can't hold");
});

test.each(["", "{}", "<ServiceUnavailable/>", '{"Error":{"Code":"AccessDenied"}}'])(
  "whatever SQS says with a 5xx, the queue is unavailable: %s",
  (body) => {
    const { text, ...overrides } = renderedAnswer(unavailableTemplate(), body);
    expect(overrides).toEqual({ headers: {} });
    expect(JSON.parse(text)).toEqual({
      code: "SERVICE_UNAVAILABLE",
      message: "The queue is not available. Retry later.",
      requestId: "request-1",
    });
  },
);

/** Gateway responses substitute variables and nothing else. */
function substitute(template: string, variables: Record<string, string>): unknown {
  return JSON.parse(template.replace(/\$context\.[\w.]+/g, (name) => variables[name] ?? ""));
}

const VARIABLES = {
  "$context.error.responseType": "ACCESS_DENIED",
  "$context.error.messageString": '"User is \\"denied\\""',
  "$context.requestId": "request-1",
};

test.each([
  [undefined, 'User is "denied"'],
  ["Access is denied.", "Access is denied."],
  ['"quoted"\n', '"quoted"\n'],
])("with the text %j", (message, told) => {
  const template = gatewayResponseTemplate(message);
  expect(template).not.toMatch(/#|\$(?!context\.)/);
  expect(substitute(template, VARIABLES)).toEqual({
    code: "ACCESS_DENIED",
    message: told,
    requestId: "request-1",
  });
});
