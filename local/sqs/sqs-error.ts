import type { EndpointAnswer } from "./sqs-endpoint";
import { SqsConnectionError } from "./sqs-failures";

/** An error answer of SQS, under the code and message of its Query protocol. */
export class SqsError extends Error {
  override readonly name = "SqsError";
  readonly code: string;
  readonly status: number;
  readonly type: "Sender" | "Receiver";

  constructor(code: string, message: string, status = 400, type: "Sender" | "Receiver" = "Sender") {
    super(message);
    this.code = code;
    this.status = status;
    this.type = type;
  }
}

const prefix = "AWS.SimpleQueueService.";

/** Codes that differ between the two protocols: JSON shape name → Query code. */
const queryCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: "AccessDenied",
  BatchEntryIdsNotDistinct: `${prefix}BatchEntryIdsNotDistinct`,
  BatchRequestTooLong: `${prefix}BatchRequestTooLong`,
  EmptyBatchRequest: `${prefix}EmptyBatchRequest`,
  InvalidBatchEntryId: `${prefix}InvalidBatchEntryId`,
  InvalidParameterValueException: "InvalidParameterValue",
  KmsAccessDenied: "KMS.AccessDeniedException",
  KmsDisabled: "KMS.DisabledException",
  KmsInvalidKeyUsage: "KMS.InvalidKeyUsageException",
  KmsInvalidState: "KMS.InvalidStateException",
  KmsNotFound: "KMS.NotFoundException",
  KmsOptInRequired: "KMS.OptInRequired",
  KmsThrottled: "KMS.ThrottlingException",
  MessageNotInflight: `${prefix}MessageNotInflight`,
  MissingParameterException: "MissingParameter",
  NonExistentQueue: `${prefix}NonExistentQueue`,
  PurgeQueueInProgress: `${prefix}PurgeQueueInProgress`,
  QueueDeletedRecently: `${prefix}QueueDeletedRecently`,
  QueueDoesNotExist: `${prefix}NonExistentQueue`,
  QueueNameExists: "QueueAlreadyExists",
  TooManyEntriesInBatchRequest: `${prefix}TooManyEntriesInBatchRequest`,
  UnsupportedOperation: `${prefix}UnsupportedOperation`,
};

/** The Query protocol's own wording for an error whose JSON wording differs. */
const queryMessages: Readonly<Record<string, string>> = {
  [`${prefix}NonExistentQueue`]: "The specified queue does not exist for this wsdl version.",
};

/** Emulators' wordings → SQS's. */
const emulatorMessages: Readonly<Record<string, string>> = {
  "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly.":
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
};

/**
 * The error code of the Query protocol for a JSON `__type` (with or without its `com.amazonaws.sqs#`) or a code of the
 * `x-amzn-query-error` header. Emulators put prefixes where SQS has none, and the other way round.
 */
export function queryErrorCode(code: string): string {
  const name = code.slice(code.lastIndexOf("#") + 1);
  const bare = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return queryCodes[bare] ?? bare;
}

/**
 * The error that an endpoint answered in the AWS JSON protocol.
 * @throws SqsConnectionError when the answer is not an error of that protocol.
 */
export function endpointError(answer: EndpointAnswer): SqsError {
  const { type, message } = readJsonError(answer.body);
  const header = answer.headers["x-amzn-query-error"];
  const [headerCode, fault] = typeof header === "string" ? header.split(";") : [];
  const code = queryErrorCode(headerCode ?? type ?? "");
  if (answer.status < 400 || code === "") {
    throw new SqsConnectionError(
      `SQS's answer (status ${answer.status}) is not one of the AWS JSON protocol.`,
    );
  }
  const receiver = fault === "Receiver" || (fault === undefined && answer.status >= 500);
  return new SqsError(
    code,
    queryMessages[code] ?? emulatorMessages[message ?? ""] ?? message ?? code,
    answer.status,
    receiver ? "Receiver" : "Sender",
  );
}

function readJsonError(body: string): { type?: string; message?: string } {
  try {
    const error = JSON.parse(body) as { __type?: unknown; message?: unknown; Message?: unknown } | null;
    const message = error?.message ?? error?.Message;
    return {
      ...(typeof error?.__type === "string" && { type: error.__type }),
      ...(typeof message === "string" && { message }),
    };
  } catch {
    return {};
  }
}

const shapeNames = new Map(Object.entries(queryCodes).map(([shape, code]) => [code, shape]));

/** The `__type` of an error in the AWS JSON protocol. Errors that SQS does not define itself have another namespace. */
export function jsonErrorType({ code }: SqsError): string {
  const shape = shapeNames.get(code) ?? code;
  const general = shape.endsWith("Exception") && !shape.startsWith("Kms");
  return general ? `com.amazon.coral.service#${shape}` : `com.amazonaws.sqs#${shape}`;
}
