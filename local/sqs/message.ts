import { type JsonObject, asObject } from "./json-values";

/** A message attribute in the AWS JSON protocol; `BinaryValue` is base64. */
export interface MessageAttribute {
  DataType?: string;
  StringValue?: string;
  BinaryValue?: string;
}

/** What a producer gives SQS for one message, in the AWS JSON protocol: SendMessage's input or a batch's entry. */
export interface MessageInput {
  MessageBody?: string;
  DelaySeconds?: number;
  MessageAttributes?: Readonly<Record<string, MessageAttribute>>;
  MessageSystemAttributes?: Readonly<Record<string, MessageAttribute>>;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
}

/** An entry of SendMessageBatch's input. */
export interface BatchEntry extends MessageInput {
  Id?: string;
}

/** An entry of a batch that SQS refused. */
export interface FailedEntry {
  Id: string;
  SenderFault: boolean;
  Code: string;
  Message: string;
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

/** Characters of a body that a look shows, where nothing else is asked for. */
export const LONGEST_BODY = 16 * 1024;

/** A message that was looked at, not taken. */
export interface PeekedMessage {
  readonly id: string;
  readonly state: "visible" | "in flight" | "delayed";
  /** Its beginning, where it is longer than the look shows. */
  readonly body: string;
  /** Characters of the whole body. */
  readonly bodyLength: number;
  /** Message attributes; `BinaryValue` is base64. */
  readonly attributes: JsonObject;
  /** SQS's own attributes, such as `SentTimestamp`. */
  readonly systemAttributes: JsonObject;
}

/** How much a look shows. */
export interface PeekLimits {
  readonly messages: number;
  /** Characters of a body. @default 16,384 */
  readonly body?: number;
}

/** Reads a message in the form of ReceiveMessage's answer, with its state beside. */
export function peekedMessage(message: JsonObject, longestBody = LONGEST_BODY): PeekedMessage {
  const body = typeof message.Body === "string" ? message.Body : "";
  return {
    id: String(message.MessageId),
    state: message.state as PeekedMessage["state"],
    body: body.slice(0, longestBody),
    bodyLength: typeof message.bodyLength === "number" ? message.bodyLength : body.length,
    attributes: asObject(message.MessageAttributes),
    systemAttributes: asObject(message.Attributes),
  };
}
