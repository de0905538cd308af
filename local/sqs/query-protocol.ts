import type { JsonObject } from "./json-values";
import { type QueryParameters, numberedMembers } from "./query-parameters";
import type { InputShape, PairsShape } from "./sqs-actions";
import type { MessageAttribute } from "./message";
import { SqsError } from "./sqs-error";

/**
 * Turns the parameters of a Query-protocol request into the same action's input in the AWS JSON protocol. Parameters
 * that the action does not have are ignored, as SQS ignores them.
 * @throws SqsError for a parameter that cannot be read.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
 */
export function queryToJsonInput(shape: InputShape, parameters: QueryParameters): JsonObject {
  const input: JsonObject = {};
  for (const name of shape.strings ?? []) {
    const value = parameters.get(name);
    if (value !== undefined) input[name] = value;
  }
  for (const name of shape.integers ?? []) {
    const value = parameters.get(name);
    if (value !== undefined) input[name] = readInteger(name, value);
  }
  for (const name in shape.lists) {
    const values = readList(parameters, name);
    if (values.length > 0) input[shape.lists[name] ?? name] = values;
  }
  for (const name in shape.pairs) {
    const pairs = shape.pairs[name];
    if (pairs !== undefined) addPairs(input, parameters, name, pairs);
  }
  if (shape.message === true) addMessageAttributes(input, parameters);
  if (shape.batch !== undefined) {
    const { name, entry } = shape.batch;
    input.Entries = numberedMembers(parameters, [name]).map((member) => queryToJsonInput(entry, member));
  }
  return input;
}

const INTEGER = /^[+-]?\d{1,10}$/;

function readInteger(name: string, value: string): number {
  if (INTEGER.test(value)) return Number(value);
  throw new SqsError(
    "InvalidParameterValue",
    `Value ${value} for parameter ${name} is invalid. Reason: Must be an integer.`,
  );
}

function readList(parameters: QueryParameters, name: string): string[] {
  // SQS takes a list of one without its number, too.
  const single = parameters.get(name);
  const numbered = numberedMembers(parameters, [name]).map((member) => member.get("") ?? "");
  return single === undefined ? numbered : [single, ...numbered];
}

function addPairs(input: JsonObject, parameters: QueryParameters, name: string, shape: PairsShape): void {
  const pairs = numberedMembers(parameters, [name]).map(
    (member) => [member.get(shape.key) ?? "", member.get(shape.value) ?? ""] as const,
  );
  if (pairs.length > 0) input[shape.member] = Object.fromEntries(pairs);
}

function addMessageAttributes(input: JsonObject, parameters: QueryParameters): void {
  let attributes = false;
  let systemAttributes = false;
  for (const key of parameters.keys()) {
    if (key.startsWith("MessageAttribute")) attributes = true;
    else if (key.startsWith("MessageSystemAttribute")) systemAttributes = true;
  }
  if (attributes) {
    input.MessageAttributes = readAttributes(parameters, ["MessageAttribute", "MessageAttributes"]);
  }
  if (systemAttributes) {
    const names = ["MessageSystemAttribute", "MessageSystemAttributes"];
    input.MessageSystemAttributes = readAttributes(parameters, names);
  }
}

function readAttributes(
  parameters: QueryParameters,
  names: readonly string[],
): Record<string, MessageAttribute> {
  const attributes = numberedMembers(parameters, names).map((member) => readAttribute(member));
  const seen = new Set<string>();
  for (const [name] of attributes) {
    // Keeping one of two would change the message.
    if (seen.has(name)) {
      throw new SqsError(
        "InvalidParameterValue",
        `Message (user) attribute name '${name}' is used more than once.`,
      );
    }
    seen.add(name);
  }
  return Object.fromEntries(attributes);
}

function readAttribute(member: QueryParameters): [string, MessageAttribute] {
  const attribute: MessageAttribute = {};
  for (const [key, value] of member) {
    if (key === "Value.DataType") attribute.DataType = value;
    else if (key === "Value.StringValue") attribute.StringValue = value;
    else if (key === "Value.BinaryValue") attribute.BinaryValue = value;
    else if (key.startsWith("Value.StringListValue") || key.startsWith("Value.BinaryListValue")) {
      throw new SqsError(
        "UnsupportedOperation",
        "Message attribute list values in SendMessage operation are not supported.",
      );
    }
  }
  return [member.get("Name") ?? "", attribute];
}
