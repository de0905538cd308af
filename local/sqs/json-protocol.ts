import { type JsonObject, isObject } from "./json-values";
import { requestedQueue } from "./queue-urls";
import { type InputShape, SQS_ACTIONS } from "./sqs-actions";
import type { AnswerFormat, SqsCall, SqsRequest } from "./sqs-call";
import { SqsError, jsonErrorType } from "./sqs-error";

/**
 * Reads a request in the AWS JSON protocol, whose action `X-Amz-Target` names.
 * @throws SqsError
 */
export function readJsonCall(target: string, request: SqsRequest): SqsCall {
  const action = target.startsWith("AmazonSQS.") ? target.slice("AmazonSQS.".length) : "";
  const shape = SQS_ACTIONS.get(action);
  if (shape === undefined) {
    throw new SqsError("UnknownOperationException", `The operation ${target} is unknown.`, 404);
  }
  const { QueueUrl, ...input } = readJsonInput(shape.input, request.body);
  if (shape.withoutQueue) return { action, shape, input };
  // The path counts in the Query protocol only.
  const queue = requestedQueue(QueueUrl as string | undefined, { region: request.region });
  return { action, shape, input, queue };
}

/**
 * Reads an action's input in the AWS JSON protocol. Members that are not known here are kept, for the endpoint to judge.
 * @throws SqsError SerializationException where a member is not of its type.
 */
function readJsonInput(shape: InputShape, body: string): JsonObject {
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    throw mismatch("a JSON document");
  }
  if (!isObject(input)) throw mismatch("a structure");
  checkMembers(shape, input);
  return input;
}

function checkMembers(shape: InputShape, input: JsonObject): void {
  for (const name of ["QueueUrl", ...(shape.strings ?? [])]) {
    if (input[name] !== undefined && typeof input[name] !== "string") throw mismatch(`a string as ${name}`);
  }
  for (const name of shape.integers ?? []) {
    if (input[name] !== undefined && !Number.isInteger(input[name])) throw mismatch(`an integer as ${name}`);
  }
  if (shape.message === true) {
    checkAttributes("MessageAttributes", input.MessageAttributes);
    checkAttributes("MessageSystemAttributes", input.MessageSystemAttributes);
  }
  if (shape.batch !== undefined) checkEntries(shape.batch.entry, input);
}

function checkAttributes(name: string, attributes: unknown): void {
  if (attributes === undefined) return;
  if (!isObject(attributes)) throw mismatch(`a map as ${name}`);
  for (const attribute of Object.values(attributes)) {
    if (!isObject(attribute)) throw mismatch(`structures in ${name}`);
    if (Object.values(attribute).some((value) => typeof value !== "string")) {
      throw mismatch(`strings in ${name}`);
    }
  }
}

function checkEntries(entryShape: InputShape, input: JsonObject): void {
  const entries = (input.Entries ??= []);
  if (!Array.isArray(entries)) throw mismatch("a list as Entries");
  for (const entry of entries) {
    if (!isObject(entry)) throw mismatch("structures in Entries");
    checkMembers(entryShape, entry);
  }
}

function mismatch(expected: string): SqsError {
  return new SqsError("SerializationException", `The request must contain ${expected}.`);
}

/**
 * SQS's answers in the AWS JSON protocol.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html
 */
export const AWS_JSON_ANSWER: AnswerFormat = {
  contentType: "application/x-amz-json-1.0",
  result: (_action, _output, result) => JSON.stringify(result),
  error(error) {
    // The Query protocol's wording speaks of a version that the JSON protocol does not have.
    const message = error.message.replace(" for this wsdl version.", ".");
    return JSON.stringify({ __type: jsonErrorType(error), message });
  },
  errorHeaders: (error) => ({ "x-amzn-query-error": `${error.code};${error.type}` }),
};
