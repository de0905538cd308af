import type { MessageAttributeValue, SendMessageBatchRequestEntry } from "@aws-sdk/client-sqs";
import { mistakeText } from "../errors/mistake";
import { type MessageAttribute, type MessageInput, messageBytes } from "../local/sqs/message";
import { proveBatch } from "../local/sqs/message-digest";
import { LARGEST_BATCH, type Queue, type Received } from "./queue";

/** Bytes of all messages of one call; SQS takes four times as many by now, emulators don't. */
const LARGEST_CALL = 262_144;

/** What SQS said about messages that were sent. */
export interface Sent {
  /** Those that SQS has, each the very same. */
  readonly sent: readonly Received[];
  readonly failure?: Error;
}

/**
 * Sends messages of another queue to this one, with their bodies, attributes, traces and groups, in as few calls as SQS allows.
 * Of what SQS refuses, the first is told.
 *
 * On a FIFO queue a deduplication id is made from the message's id: sent twice within five minutes it is there once. Its
 * own deduplication id would be wrong: SQS may still know it from the first time, and would drop the message.
 */
export async function sendCopies(messages: readonly Received[], to: Queue): Promise<Sent> {
  const sent: Received[] = [];
  try {
    for (const call of calls(messages)) {
      const entries = call.map((message, index) => ({ ...copyOf(message, to.isFifo), Id: String(index) }));
      const answer = await to.sendBatch(entries);
      proveBatch(entries.map(inJson), { ...answer });
      sent.push(...(answer.Successful ?? []).flatMap(({ Id }) => call[Number(Id)] ?? []));
      const [failed] = answer.Failed ?? [];
      if (failed !== undefined) {
        return { sent, failure: refusal(to, `${failed.Code ?? ""}: ${failed.Message ?? ""}`) };
      }
    }
  } catch (failure) {
    return { sent, failure: failure as Error };
  }
  return { sent };
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
function* calls(messages: readonly Received[]): Generator<readonly Received[]> {
  let call: Received[] = [];
  let bytes = 0;
  for (const message of messages) {
    const more = messageBytes(inJson(copyOf(message, false)));
    if (call.length === LARGEST_BATCH || (call.length > 0 && bytes + more > LARGEST_CALL)) {
      yield call;
      [call, bytes] = [[], 0];
    }
    call.push(message);
    bytes += more;
  }
  yield call;
}

type Copy = Omit<SendMessageBatchRequestEntry, "Id">;

function copyOf(
  { Body, MessageId, MessageAttributes = {}, Attributes = {} }: Received,
  toFifo: boolean,
): Copy {
  const { AWSTraceHeader: StringValue, MessageGroupId } = Attributes;
  return {
    MessageBody: Body,
    MessageAttributes: mapped(MessageAttributes, ({ DataType, StringValue, BinaryValue }) =>
      BinaryValue === undefined ? { DataType, StringValue } : { DataType, BinaryValue },
    ),
    ...(StringValue === undefined
      ? {}
      : { MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue } } }),
    ...(MessageGroupId === undefined ? {} : { MessageGroupId }),
    ...(toFifo ? { MessageDeduplicationId: `redrive-${MessageId}` } : {}),
  };
}

/** As the JSON protocol has it: bytes in base64. */
function inJson<Entry extends Copy>({ MessageAttributes, MessageSystemAttributes, ...entry }: Entry) {
  return {
    ...entry,
    MessageAttributes: mapped(MessageAttributes ?? {}, attributeInJson),
    MessageSystemAttributes: mapped(MessageSystemAttributes ?? {}, attributeInJson),
  } as Omit<Entry, keyof Copy> & MessageInput;
}

function attributeInJson({
  DataType = "",
  StringValue = "",
  BinaryValue,
}: MessageAttributeValue): MessageAttribute {
  return BinaryValue === undefined
    ? { DataType, StringValue }
    : { DataType, BinaryValue: Buffer.from(BinaryValue).toString("base64") };
}

function mapped<From, To>(
  record: Readonly<Partial<Record<string, From>>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(record as Record<string, From>).map(([name, value]) => [name, change(value)]),
  );
}

function refusal({ name }: Queue, got: string): Error {
  return new Error(
    mistakeText({
      where: name,
      wrong: "refuses a message of the dead-letter queue",
      got,
      allowed: "messages that fit its max_message_size and its kind",
      mend: "Mend the queue, or leave such messages out by --filter; they stay where they are.",
    }),
  );
}
