import { type JsonObject, isObject } from "./json-values";
import type { BatchEntry, MessageInput } from "./message";
import { md5OfAttributes, md5OfBody } from "./message-digest";
import { SqsConnectionError } from "./sqs-failures";

/**
 * Reads a successful answer in the AWS JSON protocol.
 * @throws SqsConnectionError when it is no JSON object.
 */
export function readResult(body: string): JsonObject {
  let result: unknown;
  try {
    result = JSON.parse(body === "" ? "{}" : body);
  } catch (cause) {
    throw new SqsConnectionError("SQS's answer is not JSON.", { cause });
  }
  if (isObject(result)) return result;
  throw new SqsConnectionError("SQS's answer is not a JSON object.");
}

/**
 * Makes sure that an answer to SendMessage proves that SQS has this very message.
 * @throws SqsConnectionError when it does not.
 */
export function proveMessage(message: MessageInput, result: JsonObject): void {
  if (typeof result.MessageId !== "string" || result.MessageId === "") {
    throw new SqsConnectionError("SQS's answer has no message id.");
  }
  if (result.MD5OfMessageBody !== md5OfBody(message.MessageBody ?? "")) {
    throw new SqsConnectionError("SQS's digest is not that of the message body that it was sent.");
  }
  proveAttributes(message.MessageAttributes, result.MD5OfMessageAttributes);
  proveAttributes(message.MessageSystemAttributes, result.MD5OfMessageSystemAttributes);
}

/** Not every emulator gives these digests. */
function proveAttributes(attributes: MessageInput["MessageAttributes"] = {}, digest: unknown): void {
  if (typeof digest !== "string" || digest === "" || Object.keys(attributes).length === 0) return;
  if (digest === md5OfAttributes(attributes)) return;
  throw new SqsConnectionError("SQS's digest is not that of the message attributes that it was sent.");
}

/**
 * Makes sure that an answer to SendMessageBatch reports each entry once, and of the successful ones proves it.
 * @throws SqsConnectionError when it does not.
 */
export function proveBatch(entries: readonly BatchEntry[], result: JsonObject): void {
  const open = new Map(entries.map((entry) => [entry.Id, entry]));
  for (const [member, successful] of [
    ["Successful", true],
    ["Failed", false],
  ] as const) {
    for (const report of readReports(result[member])) {
      const entry = open.get(report.Id as string);
      if (entry === undefined || !open.delete(entry.Id)) {
        throw new SqsConnectionError("SQS's answer reports an entry that it was not sent, or one twice.");
      }
      if (successful) proveMessage(entry, report);
    }
  }
  if (open.size > 0) throw new SqsConnectionError("SQS's answer leaves out an entry of the batch.");
}

function readReports(list: unknown): JsonObject[] {
  if (list === undefined || list === null) return [];
  if (Array.isArray(list) && list.every(isObject)) return list;
  throw new SqsConnectionError("SQS's answer has no list where a batch's reports belong.");
}
