import { asList, asObject } from "../../sqs/json-values";
import { type PeekedMessage, peekedMessage } from "../../sqs/peeked-message";
import type { CallSqs } from "./call-sqs";
import type { PageQueue } from "./page-queue";

/**
 * Up to ten messages by ReceiveMessage, visible again at once. Not a mere look: each one's receive count rises, and
 * where the queue has a redrive policy, one that was received too often goes to the dead-letter queue.
 */
export async function receivedMessages(call: CallSqs, queue: PageQueue): Promise<PeekedMessage[]> {
  const { Messages } = await call("ReceiveMessage", queue, {
    MaxNumberOfMessages: 10,
    VisibilityTimeout: 0,
    WaitTimeSeconds: 1,
    AttributeNames: ["All"],
    MessageAttributeNames: ["All"],
  });
  return asList(Messages).map((message) => peekedMessage({ ...asObject(message), state: "visible" }));
}
