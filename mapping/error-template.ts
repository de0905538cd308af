import { errorBody } from "./error-body";

interface ErrorMapping {
  /** SQS error codes, as the Query protocol names them. */
  readonly codes: readonly string[];
  /** Only where SQS's own text contains this too. */
  readonly whenMessageContains?: string;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Seconds after which a retry makes sense. */
  readonly retryAfter?: number;
}

/** What the caller can mend, and what passes by itself; everything else is the operator's to mend: 500. */
const ERROR_MAPPINGS: readonly ErrorMapping[] = [
  {
    codes: ["InvalidParameterValue"],
    whenMessageContains: "Message must be shorter than",
    status: 413,
    code: "MessageTooLong",
    message: "The message is larger than the queue allows.",
  },
  {
    codes: ["InvalidMessageContents", "InvalidParameterValue", "MissingParameter"],
    status: 400,
    code: "InvalidMessage",
    message: "The queue does not allow this message: check its characters and attributes.",
  },
  {
    codes: ["RequestThrottled", "Throttling", "ThrottlingException", "KMS.ThrottlingException"],
    status: 429,
    code: "TooManyRequests",
    message: "The queue is receiving too many requests. Retry later.",
    retryAfter: 1,
  },
];

/**
 * Mapping template of the default integration response: whatever SQS did not accept becomes an error whose body carries
 * a code, a message and the request id, and nothing of SQS's own text (which names the queue and the account).
 *
 * The status comes from SQS's error code by `$context.responseOverride.status`; an unknown code leaves the response's
 * own status, 500.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function errorTemplate(): string {
  const branches = ERROR_MAPPINGS.map((mapping) => `if(${condition(mapping)})${answer(mapping)}`);
  const unknown = errorBody("InternalError", "The message was not accepted.");
  return `#set($error = $input.path('$.Error'))#${branches.join("#else")}#else\n${unknown}#end`;
}

function condition({ codes, whenMessageContains }: ErrorMapping): string {
  const anyCode = codes.map((code) => `$error.Code == '${code}'`).join(" || ");
  return whenMessageContains === undefined
    ? anyCode
    : `(${anyCode}) && $error.Message.contains('${whenMessageContains}')`;
}

function answer({ status, code, message, retryAfter }: ErrorMapping): string {
  const overrides = [`#set($context.responseOverride.status = ${status})`];
  if (retryAfter !== undefined)
    overrides.push(`#set($context.responseOverride.header.Retry-After = "${retryAfter}")`);
  return `${overrides.join("")}${errorBody(code, message)}`;
}
