import { type JsonObject, asObject } from "./json-values";

/** A message that was looked at, not taken. */
export interface PeekedMessage {
  readonly id: string;
  readonly state: "visible" | "in flight" | "delayed";
  /** Its beginning, where it is long. */
  readonly body: string;
  /** Characters of the whole body. */
  readonly bodyLength: number;
  /** Message attributes; `BinaryValue` is base64. */
  readonly attributes: JsonObject;
  /** SQS's own attributes, such as `SentTimestamp`. */
  readonly systemAttributes: JsonObject;
}

/** Characters of a body that are kept. */
const longestBody = 16 * 1024;

/** Reads a message in the form of ReceiveMessage's answer, with its state beside. */
export function peekedMessage(message: JsonObject): PeekedMessage {
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
