import type { EndpointAnswer } from "./sqs-endpoint";
import { SqsConnectionError } from "./sqs-failures";

/** An error answer of SQS, under the code and message of its Query protocol. */
export class SqsError extends Error {
  public override readonly name = "SqsError";
  public readonly code: string;
  public readonly status: number;
  public readonly type: "Sender" | "Receiver";

  constructor(code: string, message: string, status = 400, type: "Sender" | "Receiver" = "Sender") {
    super(message);
    this.code = code;
    this.status = status;
    this.type = type;
  }
}

const PREFIX = "AWS.SimpleQueueService.";

/** Codes that differ between the two protocols: JSON shape name → Query code. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: "AccessDenied",
  BatchEntryIdsNotDistinct: `${PREFIX}BatchEntryIdsNotDistinct`,
  BatchRequestTooLong: `${PREFIX}BatchRequestTooLong`,
  EmptyBatchRequest: `${PREFIX}EmptyBatchRequest`,
  InvalidBatchEntryId: `${PREFIX}InvalidBatchEntryId`,
  InvalidParameterValueException: "InvalidParameterValue",
  KmsAccessDenied: "KMS.AccessDeniedException",
  KmsDisabled: "KMS.DisabledException",
  KmsInvalidKeyUsage: "KMS.InvalidKeyUsageException",
  KmsInvalidState: "KMS.InvalidStateException",
  KmsNotFound: "KMS.NotFoundException",
  KmsOptInRequired: "KMS.OptInRequired",
  KmsThrottled: "KMS.ThrottlingException",
  MessageNotInflight: `${PREFIX}MessageNotInflight`,
  MissingParameterException: "MissingParameter",
  NonExistentQueue: `${PREFIX}NonExistentQueue`,
  PurgeQueueInProgress: `${PREFIX}PurgeQueueInProgress`,
  QueueDeletedRecently: `${PREFIX}QueueDeletedRecently`,
  QueueDoesNotExist: `${PREFIX}NonExistentQueue`,
  QueueNameExists: "QueueAlreadyExists",
  TooManyEntriesInBatchRequest: `${PREFIX}TooManyEntriesInBatchRequest`,
  UnsupportedOperation: `${PREFIX}UnsupportedOperation`,
};

/** The Query protocol's own wording for an error whose JSON wording differs. */
const QUERY_MESSAGES: Readonly<Record<string, string>> = {
  [`${PREFIX}NonExistentQueue`]: "The specified queue does not exist for this wsdl version.",
};

/** Emulators' wordings → SQS's. */
const EMULATOR_MESSAGES: Readonly<Record<string, string>> = {
  "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly.":
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
};

/**
 * The error code of the Query protocol for a JSON `__type` (with or without its `com.amazonaws.sqs#`) or a code of the
 * `x-amzn-query-error` header. Emulators put prefixes where SQS has none, and the other way round.
 */
export function queryErrorCode(code: string): string {
  const name = code.slice(code.lastIndexOf("#") + 1);
  const bare = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
  return QUERY_CODES[bare] ?? bare;
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
    QUERY_MESSAGES[code] ?? EMULATOR_MESSAGES[message ?? ""] ?? message ?? code,
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

const SHAPE_NAMES = new Map(Object.entries(QUERY_CODES).map(([shape, code]) => [code, shape]));

/** The `__type` of an error in the AWS JSON protocol. Errors that SQS does not define itself have another namespace. */
export function jsonErrorType({ code }: SqsError): string {
  const shape = SHAPE_NAMES.get(code) ?? code;
  const general = shape.endsWith("Exception") && !shape.startsWith("Kms");
  return general ? `com.amazon.coral.service#${shape}` : `com.amazonaws.sqs#${shape}`;
}
