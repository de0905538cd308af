import { ALLOWED_CHARACTERS, forbiddenCharacter } from "./character-set";
import type { MessageAttribute } from "./message";
import { SqsError } from "./sqs-error";

type Attributes = Readonly<Record<string, MessageAttribute>>;

function invalid(message: string): SqsError {
  return new SqsError("InvalidParameterValue", message);
}

/**
 * Refuses message attributes that SQS refuses, in its words: more than ten, names, types, empty or unfit values.
 * @throws SqsError
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function checkMessageAttributes(attributes: Attributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > 10) {
    throw invalid(`Number of message attributes [${entries.length}] exceeds the allowed maximum [10].`);
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
    if (name !== "AWSTraceHeader") throw invalid(`Message system attribute name '${name}' is invalid.`);
    if (attribute.DataType !== "String") {
      throw invalid(`The type of message system attribute '${name}' is invalid.`);
    }
    checkValue(name, attribute);
  }
}

// Letters beyond ASCII are SQS's practice, not its documentation.
const NAME_CHARACTERS = /^[\p{L}\p{N}_.-]*$/u;

function checkName(name: string): void {
  if (name === "") throw invalid("The request must contain non-empty message (user) attribute names.");
  if (Buffer.byteLength(name) > 256) {
    throw invalid("Message (user) attribute name must be shorter than 256 bytes.");
  }
  if (!NAME_CHARACTERS.test(name)) {
    throw invalid(
      "Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. ",
    );
  }
  const lowerCase = name.toLowerCase();
  if (/^(?:aws\.|amazon\.|\.)|\.$|\.\./.test(lowerCase)) {
    throw invalid(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or end with '.'.",
    );
  }
}

function checkType(name: string, { DataType }: MessageAttribute): void {
  if (DataType === undefined || DataType === "") {
    throw invalid(`The message (user) attribute '${name}' must contain a non-empty message attribute type.`);
  }
  if (!/^(?:String|Number|Binary)(?:\.|$)/.test(DataType)) {
    throw invalid(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  if (Buffer.byteLength(DataType) > 256) {
    throw invalid("Message (user) attribute type must be shorter than 256 bytes.");
  }
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function checkValue(name: string, attribute: MessageAttribute): void {
  const { DataType = "", StringValue, BinaryValue } = attribute;
  const base = DataType.split(".", 1)[0] ?? "";
  const [value, other] = base === "Binary" ? [BinaryValue, StringValue] : [StringValue, BinaryValue];
  if (value === undefined || value === "") {
    throw invalid(`Message (user) attribute '${name}' must contain a non-empty value of type '${base}'.`);
  }
  if (other !== undefined) {
    throw invalid(`Message (user) attribute '${name}' of type '${base}' must not contain another value.`);
  }
  if (base === "Number" && !DECIMAL.test(value)) {
    throw invalid(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  if (base === "Binary" && Buffer.from(value, "base64").toString("base64") !== value) {
    throw invalid(`The value of message (user) attribute '${name}' is not base64.`);
  }
  const character = forbiddenCharacter(value);
  if (character !== undefined) {
    throw invalid(
      `Invalid binary character '${character}' was found in the message attribute '${name}' value, the set of allowed characters is ${ALLOWED_CHARACTERS}.`,
    );
  }
}
