import { createHash } from "node:crypto";
import type { MessageAttribute } from "./message";

/** MD5 of a message body, as SQS gives it in MD5OfMessageBody. */
export function md5OfBody(body: string): string {
  return createHash("md5").update(body, "utf8").digest("hex");
}

/**
 * MD5 of message attributes, as SQS gives it in MD5OfMessageAttributes.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function md5OfAttributes(attributes: Readonly<Record<string, MessageAttribute>>): string {
  const hash = createHash("md5");
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  const sorted = Object.entries(attributes).sort(([a], [b]) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  for (const [name, { DataType = "", StringValue, BinaryValue }] of sorted) {
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    hash.update(Buffer.of(DataType.startsWith("Binary") ? 2 : 1));
    add(BinaryValue === undefined ? Buffer.from(StringValue ?? "") : Buffer.from(BinaryValue, "base64"));
  }
  return hash.digest("hex");
}
