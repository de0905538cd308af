import { type JsonObject, isObject } from "./json-values";
import type { InputShape } from "./sqs-actions";
import { SqsError } from "./sqs-error";

/**
 * Reads an action's input in the AWS JSON protocol. Members that are not known here are kept, for the endpoint to judge.
 * @throws SqsError SerializationException where a member is not of its type.
 */
export function readJsonInput(shape: InputShape, body: string): JsonObject {
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
