import { type BatchEntry, type FailedEntry, messageBytes } from "./message";
import { checkMessage, MAXIMUM_MESSAGE_BYTES } from "./message-checks";
import { CODE_PREFIX, SqsError, invalidParameterValue, missingParameter } from "./sqs-error";

const ID_CHARACTERS = /^[\w-]{1,80}$/;

/**
 * Refuses a batch that SQS refuses as a whole, in its words.
 * @throws SqsError
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export function checkBatch(entries: readonly BatchEntry[]): void {
  if (entries.length === 0) {
    throw batchError(
      "EmptyBatchRequest",
      "There should be at least one SendMessageBatchRequestEntry in the request.",
    );
  }
  if (entries.length > 10) {
    throw batchError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  const ids = new Set<string>();
  for (const [index, { Id, MessageBody }] of entries.entries()) {
    if (Id === undefined) throw missing(index, "Id");
    if (MessageBody === undefined || MessageBody === "") throw missing(index, "MessageBody");
    if (!ID_CHARACTERS.test(Id)) {
      throw batchError(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
      );
    }
    if (ids.has(Id)) throw batchError("BatchEntryIdsNotDistinct", `Id ${Id} repeated.`);
    ids.add(Id);
  }
  const bytes = entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
  if (bytes > MAXIMUM_MESSAGE_BYTES) {
    throw batchError(
      "BatchRequestTooLong",
      `Batch requests cannot be longer than ${MAXIMUM_MESSAGE_BYTES} bytes. You have sent ${bytes} bytes.`,
    );
  }
}

/** Parts a batch's entries into those to send and those that SQS refuses each for itself, as it reports them. */
export function partitionBatch(entries: readonly BatchEntry[], fifo: boolean) {
  const accepted: BatchEntry[] = [];
  const failed: FailedEntry[] = [];
  for (const entry of entries) {
    const error = entryError(entry, fifo);
    if (error === undefined) accepted.push(entry);
    else failed.push({ Id: entry.Id ?? "", SenderFault: true, Code: error.code, Message: error.message });
  }
  return { accepted, failed };
}

function entryError(entry: BatchEntry, fifo: boolean): SqsError | undefined {
  try {
    checkMessage(entry, fifo);
    return undefined;
  } catch (error) {
    if (!(error instanceof SqsError)) throw error;
    // SQS's code for a missing group differs between the two actions.
    return error.code === "MissingParameter" ? invalidParameterValue(error.message) : error;
  }
}

function missing(index: number, parameter: string): SqsError {
  return missingParameter(`SendMessageBatchRequestEntry.${index + 1}.${parameter}`);
}

function batchError(code: string, message: string): SqsError {
  return new SqsError(CODE_PREFIX + code, message);
}
