import { checkMessageAttributes, checkMessageSystemAttributes } from "./attribute-checks";
import { ALLOWED_CHARACTERS, forbiddenCharacter } from "./character-set";
import type { MessageInput } from "./message";
import { SqsError } from "./sqs-error";

/** SQS's limit for a message with its attributes, and for all messages of a batch together, in bytes. */
export const MAXIMUM_MESSAGE_BYTES = 1_048_576;

/**
 * Refuses a message that SQS refuses, with its codes and in its words, so that emulators that take more make no
 * difference. A queue's own, smaller MaximumMessageSize is left to the endpoint.
 * @throws SqsError
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function checkMessage(message: MessageInput, fifo: boolean): void {
  const { MessageBody } = message;
  if (MessageBody === undefined || MessageBody === "") throw missing("MessageBody");
  const character = forbiddenCharacter(MessageBody);
  if (character !== undefined) {
    throw new SqsError(
      "InvalidMessageContents",
      `Invalid binary character '${character}' was found in the message body, the set of allowed characters is ${ALLOWED_CHARACTERS}.`,
    );
  }
  if (message.MessageAttributes !== undefined) checkMessageAttributes(message.MessageAttributes);
  if (message.MessageSystemAttributes !== undefined) {
    checkMessageSystemAttributes(message.MessageSystemAttributes);
  }
  if (messageBytes(message) > MAXIMUM_MESSAGE_BYTES) {
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${MAXIMUM_MESSAGE_BYTES} bytes.`,
    );
  }
  checkDelay(message.DelaySeconds, fifo);
  checkId("MessageGroupId", message.MessageGroupId);
  checkId("MessageDeduplicationId", message.MessageDeduplicationId);
  if (fifo && message.MessageGroupId === undefined) throw missing("MessageGroupId");
  if (!fifo && message.MessageDeduplicationId !== undefined) {
    throw invalid(
      "The request include parameter MessageDeduplicationId which is not valid for this queue type",
    );
  }
}

/** A message's size as SQS counts it: body, and name, type and value of each attribute, in bytes. */
export function messageBytes(message: MessageInput): number {
  let bytes = Buffer.byteLength(message.MessageBody ?? "");
  for (const [name, attribute] of Object.entries(message.MessageAttributes ?? {})) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType ?? "");
    bytes +=
      Buffer.byteLength(attribute.StringValue ?? "") +
      Buffer.byteLength(attribute.BinaryValue ?? "", "base64");
  }
  return bytes;
}

function checkDelay(seconds: number | undefined, fifo: boolean): void {
  if (seconds === undefined) return;
  const reason =
    seconds < 0 || seconds > 900
      ? "DelaySeconds must be >= 0 and <= 900."
      : fifo && seconds > 0
        ? "The request include parameter that is not valid for this queue type."
        : undefined;
  if (reason !== undefined) {
    throw invalid(`Value ${seconds} for parameter DelaySeconds is invalid. Reason: ${reason}`);
  }
}

const ID_CHARACTERS = /^[!-~]{1,128}$/;

function checkId(parameter: string, id: string | undefined): void {
  if (id === undefined || ID_CHARACTERS.test(id)) return;
  throw invalid(
    `Value ${id} for parameter ${parameter} is invalid. Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

function missing(parameter: string): SqsError {
  return new SqsError("MissingParameter", `The request must contain the parameter ${parameter}.`);
}

function invalid(message: string): SqsError {
  return new SqsError("InvalidParameterValue", message);
}
