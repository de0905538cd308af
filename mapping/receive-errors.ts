import { type ErrorTable, PASSING_MAPPINGS } from "./error-mappings";

/** What a caller may ask of a receive. Each number is the largest that is allowed. */
export interface ReceiveLimits {
  readonly maxMessages: number;
  readonly maxWaitSeconds: number;
  readonly maxVisibilityTimeoutSeconds: number;
}

/** A row for a parameter, or what stands in its place, that SQS has refused. */
const REFUSED = ["InvalidParameterValue", "InvalidParameterValueException"];

const MISSING = ["MissingParameter", "MissingParameterException"];

/**
 * Errors of `ReceiveMessage`, and their answers.
 *
 * `OverLimit` says that too many messages are in flight. `ReadCountOutOfRange` is the older code for a wrong number of messages.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html#API_ReceiveMessage_Errors
 */
export function receiveErrors(limits: ReceiveLimits): ErrorTable {
  const { maxMessages, maxWaitSeconds, maxVisibilityTimeoutSeconds } = limits;
  return {
    rows: [
      {
        sqsCodes: [...REFUSED, ...MISSING, "ReadCountOutOfRange"],
        status: 400,
        code: "INVALID_RECEIVE_PARAMETER",
        message: `These are whole numbers, all optional: count from 1 to ${maxMessages}, wait from 0 to ${maxWaitSeconds} seconds, visibility from 0 to ${maxVisibilityTimeoutSeconds} seconds.`,
      },
      {
        sqsCodes: ["OverLimit"],
        status: 429,
        code: "TOO_MANY_IN_FLIGHT",
        message: "Too many messages are received and not deleted. Delete some, or retry later.",
        retryAfter: 1,
      },
      ...PASSING_MAPPINGS,
    ],
    otherwise: "No message was received.",
  };
}

/** SQS's codes for a receipt handle that is not one, no longer one, or another queue's. */
const UNKNOWN_HANDLE = {
  sqsCodes: ["ReceiptHandleIsInvalid", "InvalidIdFormat", "MessageNotInflight"],
  status: 404,
  code: "UNKNOWN_RECEIPT_HANDLE",
  message:
    "The queue has no received message of this receipt handle: it is unknown or expired, or the message is deleted or visible again.",
} as const;

const MALFORMED_HANDLE = {
  sqsCodes: MISSING,
  status: 400,
  code: "INVALID_RECEIPT_HANDLE",
  message: "A receipt handle is 1 to 1024 characters, as a receive answered it.",
} as const;

/**
 * Errors of `DeleteMessage`, and their answers. A FIFO queue refuses a handle that has expired.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html#API_DeleteMessage_Errors
 */
export const DELETE_ERRORS: ErrorTable = {
  rows: [
    { ...UNKNOWN_HANDLE, sqsCodes: [...UNKNOWN_HANDLE.sqsCodes, ...REFUSED] },
    MALFORMED_HANDLE,
    ...PASSING_MAPPINGS,
  ],
  otherwise: "The message was not deleted.",
};

/**
 * Errors of `ChangeMessageVisibility`, and their answers. A message is invisible for 12 hours at most, counted from its receive.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html#API_ChangeMessageVisibility_Errors
 */
export const VISIBILITY_ERRORS: ErrorTable = {
  rows: [
    {
      sqsCodes: REFUSED,
      whenMessageContains: "parameter VisibilityTimeout",
      status: 400,
      code: "INVALID_VISIBILITY_TIMEOUT",
      message: "The message would be invisible for more than 12 hours after it was received.",
    },
    { ...UNKNOWN_HANDLE, sqsCodes: [...UNKNOWN_HANDLE.sqsCodes, ...REFUSED] },
    MALFORMED_HANDLE,
    ...PASSING_MAPPINGS,
  ],
  otherwise: "The visibility timeout was not changed.",
};
