import * as crypto from "node:crypto";
import { type JsonObject, isObject } from "./json-values";
import { type BatchEntry, type MessageAttribute, type MessageInput, messageBytes } from "./message";
import { SqsConnectionError } from "./sqs-error";

/** Without a hash object, which costs more than hashing a short text. Node.js has this from 20.12 on. */
const md5: (data: string | Buffer) => string =
  typeof crypto.hash === "function"
    ? (data) => crypto.hash("md5", data)
    : (data) => crypto.createHash("md5").update(data).digest("hex");

/**
 * MD5 of message attributes, as SQS gives it in MD5OfMessageAttributes.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function md5OfAttributes(attributes: Readonly<Record<string, MessageAttribute>>): string {
  const entries = Object.entries(attributes);
  if (entries.length > 1) entries.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const digested = new DigestedBytes(messageBytes({ MessageAttributes: attributes }) + 13 * entries.length);
  for (const [name, { DataType = "", StringValue = "", BinaryValue }] of entries) {
    digested.add(name);
    digested.add(DataType);
    digested.addByte(DataType.startsWith("Binary") ? BINARY : TEXT);
    if (BinaryValue === undefined) digested.add(StringValue);
    else digested.add(BinaryValue, "base64");
  }
  return md5(digested.bytes());
}

const TEXT = 1;
const BINARY = 2;

/** Texts in a row, each behind its length in bytes. */
class DigestedBytes {
  private readonly buffer: Buffer;
  private length = 0;

  /** @param capacity at least what will be added */
  constructor(capacity: number) {
    this.buffer = Buffer.allocUnsafe(capacity);
  }

  public add(text: string, encoding: "utf8" | "base64" = "utf8"): void {
    const size = this.buffer.write(text, this.length + 4, encoding);
    this.buffer.writeUInt32BE(size, this.length);
    this.length += 4 + size;
  }

  public addByte(byte: number): void {
    this.length = this.buffer.writeUInt8(byte, this.length);
  }

  public bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }
}

/**
 * Makes sure that an answer to SendMessage proves that SQS has this very message.
 * @throws SqsConnectionError when it does not.
 */
export function proveMessage(message: MessageInput, result: JsonObject): void {
  if (typeof result.MessageId !== "string" || result.MessageId === "") {
    throw new SqsConnectionError("SQS's answer has no message id.");
  }
  if (result.MD5OfMessageBody !== md5(message.MessageBody ?? "")) {
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
