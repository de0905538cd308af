/** An error answer of SQS, under the code and message of its Query protocol. */
export class SqsError extends Error {
  public override readonly name = "SqsError";

  constructor(
    public readonly code: string,
    message: string,
    public readonly status = 400,
    public readonly type: "Sender" | "Receiver" = "Sender",
  ) {
    super(message);
  }
}

/** SQS did not answer in time: whether it has the message is unknown. */
export class SqsTimeoutError extends Error {
  public override readonly name = "SqsTimeoutError";
}

/** SQS could not be reached, broke off, or gave an answer that proves nothing: whether it has the message is unknown. */
export class SqsConnectionError extends Error {
  public override readonly name = "SqsConnectionError";
}

/** SQS's refusal of a parameter's value. */
export function invalidParameterValue(message: string): SqsError {
  return new SqsError("InvalidParameterValue", message);
}

/** SQS's refusal of a request that lacks a parameter. */
export function missingParameter(parameter: string): SqsError {
  return new SqsError("MissingParameter", `The request must contain the parameter ${parameter}.`);
}

/** What most codes of SQS's own errors start with in the Query protocol. */
export const CODE_PREFIX = "AWS.SimpleQueueService.";

/** Codes that differ between the two protocols: JSON shape name → Query code. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: "AccessDenied",
  BatchEntryIdsNotDistinct: `${CODE_PREFIX}BatchEntryIdsNotDistinct`,
  BatchRequestTooLong: `${CODE_PREFIX}BatchRequestTooLong`,
  EmptyBatchRequest: `${CODE_PREFIX}EmptyBatchRequest`,
  InvalidBatchEntryId: `${CODE_PREFIX}InvalidBatchEntryId`,
  InvalidParameterValueException: "InvalidParameterValue",
  KmsAccessDenied: "KMS.AccessDeniedException",
  KmsDisabled: "KMS.DisabledException",
  KmsInvalidKeyUsage: "KMS.InvalidKeyUsageException",
  KmsInvalidState: "KMS.InvalidStateException",
  KmsNotFound: "KMS.NotFoundException",
  KmsOptInRequired: "KMS.OptInRequired",
  KmsThrottled: "KMS.ThrottlingException",
  MessageNotInflight: `${CODE_PREFIX}MessageNotInflight`,
  MissingParameterException: "MissingParameter",
  NonExistentQueue: `${CODE_PREFIX}NonExistentQueue`,
  PurgeQueueInProgress: `${CODE_PREFIX}PurgeQueueInProgress`,
  QueueDeletedRecently: `${CODE_PREFIX}QueueDeletedRecently`,
  QueueDoesNotExist: `${CODE_PREFIX}NonExistentQueue`,
  QueueNameExists: "QueueAlreadyExists",
  TooManyEntriesInBatchRequest: `${CODE_PREFIX}TooManyEntriesInBatchRequest`,
  UnsupportedOperation: `${CODE_PREFIX}UnsupportedOperation`,
};

/**
 * The error code of the Query protocol for a JSON `__type` (with or without its `com.amazonaws.sqs#`) or a code of the
 * `x-amzn-query-error` header. Emulators put prefixes where SQS has none, and the other way round.
 */
export function queryErrorCode(code: string): string {
  const name = code.slice(code.lastIndexOf("#") + 1);
  const bare = name.startsWith(CODE_PREFIX) ? name.slice(CODE_PREFIX.length) : name;
  return QUERY_CODES[bare] ?? bare;
}

const SHAPE_NAMES = new Map(Object.entries(QUERY_CODES).map(([shape, code]) => [code, shape]));

/** The `__type` of an error in the AWS JSON protocol. Errors that SQS does not define itself have another namespace. */
export function jsonErrorType({ code }: SqsError): string {
  const shape = SHAPE_NAMES.get(code) ?? code;
  const general = shape.endsWith("Exception") && !shape.startsWith("Kms");
  return general ? `com.amazon.coral.service#${shape}` : `com.amazonaws.sqs#${shape}`;
}
