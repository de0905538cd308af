import { FakeSqs, sqsError } from "../support/fake-sqs";
import { LocalStack } from "../support/local-stack";

const SECRETS =
  "arn:aws:sqs:eu-central-1:123456789012:open https://sqs.eu-central-1.amazonaws.com/123456789012/open";

const fake = new FakeSqs();
let local: LocalStack;

beforeAll(async () => {
  local = await LocalStack.start(
    { batch: true, message_group_id: { header: "X-Tenant" } },
    { sqsEndpoint: await fake.start() },
  );
});

afterAll(async () => {
  await local.close();
  await fake.close();
});

const INTERNAL = [500, "INTERNAL_ERROR", null] as const;
const THROTTLED = [429, "THROTTLED", "1"] as const;
const UNAVAILABLE = [503, "SERVICE_UNAVAILABLE", "1"] as const;

type Row = readonly [
  type: string,
  text: string,
  given: number,
  status: number,
  code: string,
  retry: string | null,
];

/** SQS's shape name, its text and its status; the caller's status, code and `Retry-After`. */
const CALLERS: Row[] = [
  [
    "InvalidParameterValueException",
    "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.",
    400,
    413,
    "MESSAGE_TOO_LONG",
    null,
  ],
  [
    "MissingParameterException",
    "The request must contain the parameter MessageBody.",
    400,
    400,
    "EMPTY_MESSAGE",
    null,
  ],
  [
    "InvalidMessageContents",
    "Invalid binary character '#x7' was found in the message body",
    400,
    400,
    "INVALID_MESSAGE",
    null,
  ],
  [
    "MissingParameterException",
    "The request must contain the parameter MessageGroupId.",
    400,
    400,
    "MISSING_MESSAGE_GROUP_ID",
    null,
  ],
  [
    "InvalidParameterValueException",
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    400,
    400,
    "MISSING_MESSAGE_DEDUPLICATION_ID",
    null,
  ],
  [
    "InvalidParameterValueException",
    "Value a b for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.",
    400,
    400,
    "INVALID_MESSAGE_GROUP_ID",
    null,
  ],
  [
    "InvalidParameterValueException",
    "Value a b for parameter MessageDeduplicationId is invalid. Reason: …",
    400,
    400,
    "INVALID_MESSAGE_DEDUPLICATION_ID",
    null,
  ],
  [
    "InvalidParameterValueException",
    "Message (user) attribute 'X' must contain a non-empty value of type 'String'.",
    400,
    400,
    "INVALID_MESSAGE_ATTRIBUTE",
    null,
  ],
  [
    "InvalidParameterValueException",
    "Something that nobody has seen yet.",
    400,
    400,
    "INVALID_MESSAGE",
    null,
  ],
];

const EMPTY_BATCHES: Row[] = [
  "EmptyBatchRequest",
  "TooManyEntriesInBatchRequest",
  "BatchEntryIdsNotDistinct",
  "InvalidBatchEntryId",
].map((type) => [type, `No good. ${SECRETS}`, 400, 400, "INVALID_BATCH", null]);

const PASSING: Row[] = [
  ["RequestThrottled", "Rate exceeded", 400, ...THROTTLED],
  ["RequestThrottled", "Rate exceeded", 403, ...THROTTLED],
  ["ThrottlingException", "Rate exceeded", 400, ...THROTTLED],
  ["ThrottlingException", "Rate exceeded", 429, ...THROTTLED],
  ["Throttling", "Rate exceeded", 400, ...THROTTLED],
  ["TooManyRequestsException", "Rate exceeded", 429, ...THROTTLED],
  ["OverLimit", "Too many", 403, ...THROTTLED],
  ["KmsThrottled", "Rate exceeded", 400, ...THROTTLED],
  ["ServiceUnavailable", "", 503, ...UNAVAILABLE],
  ["InternalFailure", "", 500, ...UNAVAILABLE],
  ["InternalError", "", 500, ...UNAVAILABLE],
  ["ServiceUnavailableException", "Try again", 400, ...UNAVAILABLE],
  ["SomethingNew", "", 502, ...UNAVAILABLE],
  ["RequestThrottled", "Slow down", 503, ...UNAVAILABLE],
];

const OPERATORS: Row[] = [
  ["AccessDeniedException", `Access to the resource ${SECRETS} is denied.`, 403],
  ["QueueDoesNotExist", "The specified queue does not exist.", 400],
  ["NonExistentQueue", "The specified queue does not exist for this wsdl version.", 400],
  ["QueueDeletedRecently", "You must wait 60 seconds.", 400],
  ["InvalidSecurity", "Not secure.", 403],
  ["InvalidAddress", `The address ${SECRETS} is not valid for this endpoint.`, 404],
  ["UnsupportedOperation", "Not supported.", 400],
  ["InvalidAction", "The action is not valid.", 400],
  ["SignatureDoesNotMatch", "The request signature we calculated does not match.", 403],
  ["InvalidClientTokenId", "The security token is invalid.", 403],
  ["ExpiredTokenException", "The security token is expired.", 400],
  ["MissingAuthenticationToken", "Missing.", 403],
  ["OptInRequired", "Subscribe.", 403],
  ["KmsAccessDenied", `User: arn:aws:sts::123456789012:assumed-role/r is not authorized to ${SECRETS}`, 400],
  ["KmsDisabled", "The key is disabled.", 400],
  ["KmsInvalidKeyUsage", "Wrong usage.", 400],
  ["KmsInvalidState", "Wrong state.", 400],
  ["KmsNotFound", "No such key.", 400],
  ["KmsOptInRequired", "Subscribe.", 400],
  ["com.amazon.coral.service#UnknownOperationException", "", 404],
  ["SomethingNew", `Who knows? ${SECRETS}`, 400],
  ["SomethingNew", "", 418],
].map(([type, text, given]) => [String(type), String(text), Number(given), ...INTERNAL]);

const ROWS = [...CALLERS, ...PASSING, ...OPERATORS];

async function post(path = "", body = "{}") {
  const response = await local.post(body, { path });
  const answer = (await response.json()) as { code: string };
  return { status: response.status, retryAfter: response.headers.get("Retry-After"), answer };
}

test.each(ROWS)("%s %j with %d → %d %s, Retry-After %s", async (type, text, given, status, code, retry) => {
  for (const name of [type, `com.amazonaws.sqs#${type.replace(/^.*#/, "")}`]) {
    fake.answer = sqsError(name, text, given);
    const { answer, ...told } = await post();
    expect(told).toEqual({ status, retryAfter: retry });
    expect(answer).toEqual({
      code,
      message: expect.stringMatching(/\.$/) as string,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    expect(JSON.stringify(answer)).not.toMatch(
      /arn:|(?<![0-9a-f-])\d{12}(?![0-9a-f])|amazonaws|assumed-role|\bopen\b/,
    );
  }
});

test.each([
  ["AWS.SimpleQueueService.NonExistentQueue;Sender", 400, INTERNAL],
  ["KMS.ThrottlingException;Sender", 400, THROTTLED],
  ["KMS.DisabledException;Sender", 400, INTERNAL],
  ["RequestThrottled;Sender", 403, THROTTLED],
  ["AccessDenied;Sender", 403, INTERNAL],
])(
  "the Query protocol's code in a header counts: %s",
  async (queryError, given, [status, code, retryAfter]) => {
    fake.answer = sqsError("com.amazonaws.sqs#Other", SECRETS, given, queryError);
    const told = await post();
    expect(told).toMatchObject({ status, retryAfter, answer: { code } });
  },
);

test.each([...EMPTY_BATCHES, ...PASSING, ...OPERATORS])(
  "a batch: %s %j with %d → %d %s, Retry-After %s",
  async (type, text, given, status, code, retryAfter) => {
    fake.answer = sqsError(type, text, given);
    const told = await post("/batch", '["a"]');
    expect(told).toMatchObject({ status, retryAfter, answer: { code } });
    expect(JSON.stringify(told)).not.toMatch(/arn:|amazonaws|assumed-role|\bopen\b/);
  },
);

test.each([
  ["success without a proof", 200, "{}"],
  [
    "success with another message's digest",
    200,
    '{"MessageId":"1","MD5OfMessageBody":"0d7ac2dec5f281678f65dcf7fe4681ba"}',
  ],
  ["success that is no JSON", 200, "<html/>"],
  ["success that is empty", 200, ""],
  ["success that is cut off", 200, '{"MessageId":"1","MD5OfMess'],
  ["another status of success", 204, ""],
  ["a redirection", 302, ""],
  ["an error that is no JSON", 500, "<html>Bad Gateway</html>"],
  ["an empty error", 503, ""],
  ["a forbidding page", 403, "<html/>"],
])("%s is no success", async (_what, status, body) => {
  fake.answer = { status, body };
  const told = await post();
  expect(told).toMatchObject({ status: 503, retryAfter: "1" });
  expect(await post("/batch", '["a"]')).toMatchObject({ status: 503, retryAfter: "1" });
});

describe("entries of a batch that SQS refuses for other reasons than the caller's", () => {
  const refused = (Id: string, Code: string, SenderFault: boolean) => ({
    Id,
    Code,
    SenderFault,
    Message: SECRETS,
  });

  test.each([
    [
      "all throttled",
      [refused("0", "RequestThrottled", false), refused("1", "RequestThrottled", false)],
      503,
    ],
    [
      "one the caller's",
      [refused("0", "InvalidMessageContents", true), refused("1", "InternalError", false)],
      503,
    ],
    [
      "all the caller's",
      [refused("0", "InvalidMessageContents", true), refused("1", "InvalidParameterValue", true)],
      400,
    ],
  ])("%s", async (_what, Failed, status) => {
    fake.answer = { status: 200, body: JSON.stringify({ Successful: [], Failed }) };
    const told = await post("/batch", '["a", "b"]');
    expect(told).toMatchObject({ status, retryAfter: status === 503 ? "1" : null });
    expect(told.answer).toMatchObject({ results: [{ index: 0 }, { index: 1 }] });
    expect(JSON.stringify(told)).not.toMatch(/arn:|(?<![0-9a-f-])\d{12}(?![0-9a-f])|amazonaws/);
  });
});
