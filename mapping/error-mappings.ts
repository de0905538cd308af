/** What the caller is told about some of SQS's errors. */
export interface ErrorMapping {
  /** SQS error codes, without the prefix `AWS.SimpleQueueService.`. */
  readonly sqsCodes: readonly string[];
  /** Only where SQS's own text contains this, too. */
  readonly whenMessageContains?: string;
  readonly status: number;
  readonly code: string;
  /** Letters, digits and plain punctuation: it stands in a VTL string and in JSON. */
  readonly message: string;
  /** The value that is missing, or wrong: where to send it follows the message, where that is known. */
  readonly missing?: "messageGroupId" | "messageDeduplicationId" | "messageDelaySeconds";
  /** Seconds after which a retry makes sense. */
  readonly retryAfter?: number;
}

const MISSING = ["MissingParameter", "MissingParameterException", "InvalidParameterValue"];
const INVALID = ["InvalidParameterValue", "InvalidParameterValueException"];

/** Errors and their answers, of one thing that is asked of the queue. */
export interface ErrorTable {
  /** The first row that fits counts. */
  readonly rows: readonly ErrorMapping[];
  /** Message of the 500 that answers whatever no row is about. */
  readonly otherwise: string;
}

/** The answer to every error that is not told apart: the operator's to mend. */
export const INTERNAL_ERROR = {
  status: 500,
  code: "INTERNAL_ERROR",
  message: "The message was not accepted.",
} as const;

/** The answer where SQS refuses a message's own delay; only methods whose messages have one tell it. */
export const INVALID_DELAY: ErrorMapping = {
  sqsCodes: INVALID,
  whenMessageContains: "parameter DelaySeconds",
  status: 400,
  code: "INVALID_DELAY",
  message: "The delay must be a whole number of seconds from 0 to 900.",
  missing: "messageDelaySeconds",
};
/** Errors that pass by themselves, whatever was asked of the queue. */
export const PASSING_MAPPINGS: readonly ErrorMapping[] = [
  {
    sqsCodes: [
      "RequestThrottled",
      "RequestThrottledException",
      "RequestLimitExceeded",
      "Throttling",
      "ThrottlingException",
      "Throttled",
      "ThrottledException",
      "TooManyRequestsException",
      "OverLimit",
      "KmsThrottled",
      "KMS.ThrottlingException",
    ],
    status: 429,
    code: "THROTTLED",
    message: "The queue is receiving too many requests. Retry later.",
    retryAfter: 1,
  },
  {
    sqsCodes: [
      "ServiceUnavailable",
      "ServiceUnavailableException",
      "Unavailable",
      "InternalError",
      "InternalFailure",
      "InternalServerError",
      "InternalServiceError",
    ],
    status: 503,
    code: "SERVICE_UNAVAILABLE",
    message: "The queue is not available. Retry later.",
    retryAfter: 1,
  },
];

/**
 * SQS's errors and the answers to them; the first row that fits counts. 4xx is what the caller can mend, 429 and 503
 * pass by themselves, 500 is the operator's to mend, like every code that is not listed.
 *
 * SQS uses one code for many mistakes, which only its text tells apart. The text may quote what the caller sent, so it
 * never decides between a 4xx and another answer.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Errors
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
 */
export const ERROR_MAPPINGS: readonly ErrorMapping[] = [
  {
    sqsCodes: ["BatchRequestTooLong"],
    status: 413,
    code: "MESSAGE_TOO_LONG",
    message: "The messages together are larger than the queue allows.",
  },
  {
    sqsCodes: INVALID,
    whenMessageContains: "Message must be shorter than",
    status: 413,
    code: "MESSAGE_TOO_LONG",
    message: "The message is larger than the queue allows.",
  },
  {
    sqsCodes: MISSING,
    whenMessageContains: "must contain the parameter MessageGroupId",
    status: 400,
    code: "MISSING_MESSAGE_GROUP_ID",
    message: "The message group id is missing.",
    missing: "messageGroupId",
  },
  {
    sqsCodes: INVALID,
    whenMessageContains: "either have ContentBasedDeduplication enabled",
    status: 400,
    code: "MISSING_MESSAGE_DEDUPLICATION_ID",
    message: "The message deduplication id is missing.",
    missing: "messageDeduplicationId",
  },
  {
    sqsCodes: MISSING,
    whenMessageContains: "must contain the parameter MessageDeduplicationId",
    status: 400,
    code: "MISSING_MESSAGE_DEDUPLICATION_ID",
    message: "The message deduplication id is missing.",
    missing: "messageDeduplicationId",
  },
  {
    sqsCodes: ["MissingParameter", "MissingParameterException"],
    whenMessageContains: "MessageBody",
    status: 400,
    code: "EMPTY_MESSAGE",
    message: "The message is empty.",
  },
  {
    sqsCodes: INVALID,
    whenMessageContains: "parameter MessageGroupId",
    status: 400,
    code: "INVALID_MESSAGE_GROUP_ID",
    message: "The message group id must be 1 to 128 letters, digits and punctuation characters.",
  },
  {
    sqsCodes: INVALID,
    whenMessageContains: "parameter MessageDeduplicationId",
    status: 400,
    code: "INVALID_MESSAGE_DEDUPLICATION_ID",
    message: "The message deduplication id must be 1 to 128 letters, digits and punctuation characters.",
  },
  {
    sqsCodes: INVALID,
    whenMessageContains: "attribute",
    status: 400,
    code: "INVALID_MESSAGE_ATTRIBUTE",
    message:
      "The queue does not allow a value that the request carries besides its body: check its characters.",
  },
  {
    sqsCodes: ["InvalidMessageContents"],
    status: 400,
    code: "INVALID_MESSAGE",
    message: "The message contains characters that the queue does not allow.",
  },
  {
    sqsCodes: [...INVALID, "MissingParameter", "MissingParameterException"],
    status: 400,
    code: "INVALID_MESSAGE",
    message: "The queue does not allow this message.",
  },
  {
    sqsCodes: [
      "EmptyBatchRequest",
      "TooManyEntriesInBatchRequest",
      "BatchEntryIdsNotDistinct",
      "InvalidBatchEntryId",
    ],
    status: 400,
    code: "INVALID_BATCH",
    message: "A batch has 1 to 10 messages.",
  },
  ...PASSING_MAPPINGS,
  {
    sqsCodes: [
      "AccessDenied",
      "AccessDeniedException",
      "AuthFailure",
      "ExpiredToken",
      "ExpiredTokenException",
      "IncompleteSignature",
      "InvalidAction",
      "InvalidAddress",
      "InvalidClientTokenId",
      "InvalidSecurity",
      "MalformedQueryString",
      "MissingAction",
      "MissingAuthenticationToken",
      "NotAuthorized",
      "OptInRequired",
      "RequestExpired",
      "SignatureDoesNotMatch",
      "UnsupportedOperation",
      "ValidationError",
      "NonExistentQueue",
      "QueueDoesNotExist",
      "QueueDeletedRecently",
      "KmsAccessDenied",
      "KmsDisabled",
      "KmsInvalidKeyUsage",
      "KmsInvalidState",
      "KmsNotFound",
      "KmsOptInRequired",
      "KMS.AccessDeniedException",
      "KMS.DisabledException",
      "KMS.InvalidKeyUsageException",
      "KMS.InvalidStateException",
      "KMS.NotFoundException",
      "KMS.OptInRequired",
    ],
    ...INTERNAL_ERROR,
  },
];

/** Of messages that are sent. */
export const SENDING_ERRORS: ErrorTable = { rows: ERROR_MAPPINGS, otherwise: INTERNAL_ERROR.message };
