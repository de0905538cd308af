import { randomUUID } from "node:crypto";
import { type JsonObject, asObject } from "../../sqs/json-values";
import type { ServedQueue } from "../served-queues";
import { type CallSqs, queueDepth, receive } from "./call-sqs";
import { messageOf } from "../../../errors/mistake";

/** Seconds that a message is hidden while it is moved. */
const HIDING = 60;

/**
 * Moves the messages that a dead-letter queue holds now to a source queue, one by one: each is deleted only once SQS has
 * proved to have its copy, so that a failure at any point leaves it in at least one of the two.
 *
 * Stands in for SQS's StartMessageMoveTask, which emulators lack; as there, a copy has a new id and counts its receives
 * anew.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 * @returns how many were moved, and how many are left: those that SQS says came from another queue
 * @throws Error that tells where the message is that could not be moved.
 */
export async function redrive(call: CallSqs, from: ServedQueue, to: ServedQueue) {
  const depth = await queueDepth(call, from);
  if ("error" in depth) throw new Error(depth.error);
  const foreign: JsonObject[] = [];
  let moved = 0;
  try {
    // No more than there are now: what fails again meanwhile must not go round for ever.
    for (let seen = 0; seen < depth.visible; seen++) {
      const [message] = await receive(call, from, 1, HIDING);
      if (message === undefined) break;
      if (isOf(message, to)) {
        await move(call, message, from, to);
        moved += 1;
      } else foreign.push(message);
    }
  } finally {
    for (const message of foreign) await release(call, from, message);
  }
  return { moved, left: foreign.length };
}

/** SQS itself tells a message's source; emulators do not, and then it is the one that was chosen. */
function isOf(message: JsonObject, queue: ServedQueue): boolean {
  const { DeadLetterQueueSourceArn: source } = asObject(message.Attributes);
  return typeof source !== "string" || source.endsWith(`:${queue.name}`);
}

async function move(call: CallSqs, message: JsonObject, from: ServedQueue, to: ServedQueue): Promise<void> {
  try {
    await call("SendMessage", to, copyOf(message, to));
  } catch (error) {
    await release(call, from, message);
    const where = `A message stays in ${from.name}, since ${to.name} did not take it.`;
    throw new Error(`${where} ${messageOf(error)}`, { cause: error });
  }
  try {
    await call("DeleteMessage", from, { ReceiptHandle: message.ReceiptHandle });
  } catch (error) {
    const where = `A message is in ${to.name} and still in ${from.name} too.`;
    throw new Error(`${where} ${messageOf(error)}`, { cause: error });
  }
}

function copyOf(message: JsonObject, to: ServedQueue): JsonObject {
  const { MessageGroupId, AWSTraceHeader } = asObject(message.Attributes);
  return {
    MessageBody: message.Body,
    ...attributesOf(message),
    ...(MessageGroupId !== undefined && { MessageGroupId }),
    // With its first id, a FIFO queue would take it for a repetition: accept it, and drop it.
    ...(to.name.endsWith(".fifo") && { MessageDeduplicationId: randomUUID() }),
    ...(AWSTraceHeader !== undefined && {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: AWSTraceHeader } },
    }),
  };
}

function attributesOf(message: JsonObject): JsonObject {
  const attributes = Object.entries(asObject(message.MessageAttributes)).map(([name, value]) => {
    const { DataType, StringValue, BinaryValue } = asObject(value);
    return [name, { DataType, StringValue, BinaryValue }];
  });
  return attributes.length === 0 ? {} : { MessageAttributes: Object.fromEntries(attributes) as JsonObject };
}

/** Where even this fails, the message shows again by itself after `HIDING`. */
async function release(call: CallSqs, queue: ServedQueue, { ReceiptHandle }: JsonObject): Promise<void> {
  await call("ChangeMessageVisibility", queue, { ReceiptHandle, VisibilityTimeout: 0 }).catch(
    () => undefined,
  );
}
