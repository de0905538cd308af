import type { MessageAttributeValue, SendMessageCommandInput } from "@aws-sdk/client-sqs";
import type { JsonObject } from "../local/sqs/json-values";
import type { MessageAttribute } from "../local/sqs/message";
import { proveMessage } from "../local/sqs/message-digest";
import type { Queue, Received } from "./queue";

/**
 * Sends a message of another queue to this one, with its body, its attributes, its trace and its group.
 *
 * On a FIFO queue its deduplication id is made from the message's id: sent twice within five minutes it is there once. Its
 * own deduplication id would be wrong: SQS may still know it from the first time, and would drop the message.
 * @throws Error where SQS does not say that it has this very message
 */
export async function sendOn(message: Received, to: Queue): Promise<void> {
  const copy = copyOf(message, to.isFifo);
  const answer = await to.send(copy);
  proveMessage(
    {
      MessageBody: message.Body,
      MessageAttributes: inJson(copy.MessageAttributes),
      MessageSystemAttributes: inJson(copy.MessageSystemAttributes),
    },
    { ...answer } satisfies JsonObject,
  );
}

function copyOf(
  { Body, MessageId, MessageAttributes = {}, Attributes = {} }: Received,
  toFifo: boolean,
): Omit<SendMessageCommandInput, "QueueUrl"> {
  const { AWSTraceHeader, MessageGroupId } = Attributes;
  return {
    MessageBody: Body,
    MessageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        BinaryValue === undefined ? { DataType, StringValue } : { DataType, BinaryValue },
      ]),
    ),
    ...(AWSTraceHeader === undefined
      ? {}
      : {
          MessageSystemAttributes: {
            AWSTraceHeader: { DataType: "String", StringValue: AWSTraceHeader },
          },
        }),
    ...(MessageGroupId === undefined ? {} : { MessageGroupId }),
    ...(toFifo ? { MessageDeduplicationId: `redrive-${MessageId}` } : {}),
  };
}

/** As the JSON protocol has them: bytes in base64. */
function inJson(
  attributes: Partial<Record<string, MessageAttributeValue>> = {},
): Record<string, MessageAttribute> {
  return Object.fromEntries(
    Object.entries(attributes).map(
      ([name, { DataType = "", StringValue, BinaryValue } = { DataType: "" }]) => [
        name,
        BinaryValue === undefined
          ? { DataType, StringValue: StringValue ?? "" }
          : { DataType, BinaryValue: Buffer.from(BinaryValue).toString("base64") },
      ],
    ),
  );
}
