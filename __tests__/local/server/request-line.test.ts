import { requestLine } from "../../../local/server/request-line";
import type { RequestTrace } from "../../../local/apigateway/request-trace";

const URI = "arn:aws:apigateway:eu-central-1:sqs:path/000000000000/orders";
const INTEGRATION_REQUEST = {
  uri: URI,
  httpMethod: "POST",
  headers: {},
  query: {},
  body: "",
  timeoutInMillis: 29_000,
};

function line(trace: Partial<RequestTrace>, status = 200, secrets: readonly string[] = []): string {
  return requestLine(
    "shop",
    {
      requestId: "1",
      receivedAt: "2026-01-01T12:00:00.000Z",
      request: { method: "POST", path: "/v1/open", queryString: "key=s3cret", headers: [], body: "" },
      context: {} as RequestTrace["context"],
      response: { status, headers: [], body: "" },
      timings: { answer: 3.14159 },
      ...trace,
    },
    secrets,
  ).replace(/^\d\d:\d\d:\d\d /, "");
}

const ID = "6cf1e9b5-9d3a-4b55-9d7c-5d2f2f6a8a11";
const xmlError = (code: string) =>
  `<?xml version="1.0"?><ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>The words.</Message></Error></ErrorResponse>`;

test.each<[string, string]>([
  [
    "XML",
    `<SendMessageResponse><SendMessageResult><MessageId>${ID}</MessageId></SendMessageResult></SendMessageResponse>`,
  ],
  ["JSON", `{"SendMessageResponse":{"SendMessageResult":{"MessageId":"${ID}"}}}`],
])("a message has its id, from an answer in %s", (_, body) => {
  expect(line({ integrationRequest: INTEGRATION_REQUEST, backend: { sent: {}, status: 200, body } })).toBe(
    `POST /shop/v1/open 200 3.1 ms ${ID}`,
  );
});

test("a batch has the number of its messages", () => {
  const body = `<MessageId>${ID}</MessageId><MessageId>${ID}</MessageId>`;
  expect(
    line({ integrationRequest: INTEGRATION_REQUEST, backend: { sent: {}, status: 200, body } }),
  ).toContain(" 2 messages");
});

test.each<[string, number, Partial<RequestTrace>, string]>([
  [
    "SQS can't be reached",
    504,
    {
      error: {
        responseType: "INTEGRATION_FAILURE",
        message: "INTEGRATION_FAILURE: Internal server error",
        cause: "No answer from SQS: connect ECONNREFUSED 127.0.0.1:9.",
      },
    },
    "INTEGRATION_FAILURE: Internal server error (No answer from SQS: connect ECONNREFUSED 127.0.0.1:9)",
  ],
  [
    "the queue is missing",
    500,
    {
      integrationRequest: INTEGRATION_REQUEST,
      backend: { status: 400, body: xmlError("AWS.SimpleQueueService.NonExistentQueue") },
    },
    "SQS has no queue orders",
  ],
  [
    "the queue is missing, in the AWS JSON protocol",
    500,
    {
      integrationRequest: INTEGRATION_REQUEST,
      backend: { status: 400, body: '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"x"}' },
    },
    "SQS has no queue orders",
  ],
  [
    "the role may not",
    500,
    { integrationRequest: INTEGRATION_REQUEST, backend: { status: 403, body: xmlError("AccessDenied") } },
    "SQS answered AccessDenied: The words.",
  ],
  [
    "the caller is told 200 although SQS refused",
    200,
    { integrationRequest: INTEGRATION_REQUEST, backend: { status: 400, body: xmlError("MissingParameter") } },
    "SQS answered MissingParameter: The words.",
  ],
  [
    "the response mapping made it a 5xx",
    503,
    { integrationRequest: INTEGRATION_REQUEST, backend: { sent: {}, status: 200, body: "" } },
    "SQS answered 200, which the integration response made 503",
  ],
  [
    "a mock says so",
    500,
    { integrationRequest: { ...INTEGRATION_REQUEST, uri: "" }, backend: { status: 200, body: "" } },
    "The mock integration answered 200, which the integration response made 500",
  ],
])("the cause is told where %s", (_, status, trace, cause) => {
  expect(line(trace, status)).toBe(`POST /shop/v1/open ${status} 3.1 ms ${cause}`);
});

test("what SQS quotes of a header, a query parameter or an authorizer's key is not in it", () => {
  const body = xmlError("InvalidParameterValue").replace(
    "The words.",
    "Value tenant 17 for parameter MessageGroupId is invalid. Reason: the characters.",
  );
  const shown = line({ integrationRequest: INTEGRATION_REQUEST, backend: { status: 400, body } }, 400);
  expect(shown).toContain(
    "SQS answered InvalidParameterValue: Value *** for parameter MessageGroupId is invalid.",
  );
  expect(shown).not.toContain("tenant 17");
});

test("neither query nor secrets are in it, and no control characters", () => {
  const error = {
    responseType: "AUTHORIZER_FAILURE",
    message: "failed",
    cause: "bad token t0ken\u001b[2J\n",
  };
  const shown = line({ error }, 500, ["Bearer t0ken"]);
  expect(shown).toContain("bad token ***");
  expect(shown).not.toContain("s3cret");
  expect(shown).toMatch(/^[ -~]+$/);
});
