import { type MessageAttribute, type MessageInput, messageBytes } from "./message";
import { SqsError, invalidParameterValue, missingParameter } from "./sqs-error";

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
  if (MessageBody === undefined || MessageBody === "") throw missingParameter("MessageBody");
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
    throw invalidParameterValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${MAXIMUM_MESSAGE_BYTES} bytes.`,
    );
  }
  checkDelay(message.DelaySeconds, fifo);
  checkId("MessageGroupId", message.MessageGroupId);
  checkId("MessageDeduplicationId", message.MessageDeduplicationId);
  if (fifo && message.MessageGroupId === undefined) throw missingParameter("MessageGroupId");
  if (!fifo && message.MessageDeduplicationId !== undefined) {
    throw invalidParameterValue(
      "The request include parameter MessageDeduplicationId which is not valid for this queue type",
    );
  }
}

/** The characters that SQS takes in a message, in the words of its error message. */
const ALLOWED_CHARACTERS = "#x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]";

const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/**
 * The first character that SQS does not take, as its error message writes it (`#x7`), or `undefined`.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function forbiddenCharacter(text: string): string | undefined {
  if (!FORBIDDEN.test(text)) return undefined;
  const codePoint = FORBIDDEN.exec(text)?.[0].codePointAt(0) ?? 0;
  return `#x${codePoint.toString(16).toUpperCase()}`;
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
    throw invalidParameterValue(`Value ${seconds} for parameter DelaySeconds is invalid. Reason: ${reason}`);
  }
}

const ID_CHARACTERS = /^[!-~]{1,128}$/;

function checkId(parameter: string, id: string | undefined): void {
  if (id === undefined || ID_CHARACTERS.test(id)) return;
  throw invalidParameterValue(
    `Value ${id} for parameter ${parameter} is invalid. Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

type Attributes = Readonly<Record<string, MessageAttribute>>;

/**
 * Refuses message attributes that SQS refuses, in its words: more than ten, names, types, empty or unfit values.
 * @throws SqsError
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
function checkMessageAttributes(attributes: Attributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > 10) {
    throw invalidParameterValue(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [10].`,
    );
  }
  for (const [name, attribute] of entries) {
    checkName(name);
    checkType(name, attribute);
    checkValue(name, attribute);
  }
}

/** Refuses system attributes other than `AWSTraceHeader` of type `String`, the only one that SQS takes; its words for the type are not recorded. */
export function checkMessageSystemAttributes(attributes: Attributes): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    if (name !== "AWSTraceHeader") {
      throw invalidParameterValue(`Message system attribute name '${name}' is invalid.`);
    }
    if (attribute.DataType !== "String") {
      throw invalidParameterValue(`The type of message system attribute '${name}' is invalid.`);
    }
    checkValue(name, attribute);
  }
}

// Letters beyond ASCII are SQS's practice, not its documentation.
const NAME_CHARACTERS = /^[\p{L}\p{N}_.-]*$/u;

function checkName(name: string): void {
  if (name === "") {
    throw invalidParameterValue("The request must contain non-empty message (user) attribute names.");
  }
  if (Buffer.byteLength(name) > 256) {
    throw invalidParameterValue("Message (user) attribute name must be shorter than 256 bytes.");
  }
  if (!NAME_CHARACTERS.test(name)) {
    throw invalidParameterValue(
      "Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. ",
    );
  }
  const lowerCase = name.toLowerCase();
  if (/^(?:aws\.|amazon\.|\.)|\.$|\.\./.test(lowerCase)) {
    throw invalidParameterValue(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or end with '.'.",
    );
  }
}

function checkType(name: string, { DataType }: MessageAttribute): void {
  if (DataType === undefined || DataType === "") {
    throw invalidParameterValue(
      `The message (user) attribute '${name}' must contain a non-empty message attribute type.`,
    );
  }
  if (!/^(?:String|Number|Binary)(?:\.|$)/.test(DataType)) {
    throw invalidParameterValue(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  if (Buffer.byteLength(DataType) > 256) {
    throw invalidParameterValue("Message (user) attribute type must be shorter than 256 bytes.");
  }
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function checkValue(name: string, attribute: MessageAttribute): void {
  const { DataType = "", StringValue, BinaryValue } = attribute;
  const base = DataType.split(".", 1)[0] ?? "";
  const [value, other] = base === "Binary" ? [BinaryValue, StringValue] : [StringValue, BinaryValue];
  if (value === undefined || value === "") {
    throw invalidParameterValue(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${base}'.`,
    );
  }
  if (other !== undefined) {
    throw invalidParameterValue(
      `Message (user) attribute '${name}' of type '${base}' must not contain another value.`,
    );
  }
  if (base === "Number" && !DECIMAL.test(value)) {
    throw invalidParameterValue(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  if (base === "Binary" && Buffer.from(value, "base64").toString("base64") !== value) {
    throw invalidParameterValue(`The value of message (user) attribute '${name}' is not base64.`);
  }
  const character = forbiddenCharacter(value);
  if (character !== undefined) {
    throw invalidParameterValue(
      `Invalid binary character '${character}' was found in the message attribute '${name}' value, the set of allowed characters is ${ALLOWED_CHARACTERS}.`,
    );
  }
}
