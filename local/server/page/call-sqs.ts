import { type JsonObject, asList, asObject } from "../../sqs/json-values";
import { type PeekedMessage, peekedMessage } from "../../sqs/message";
import type { SqsService } from "../../sqs/sqs-service";
import type { ServedQueue } from "../served-queues";
import { messageOf } from "../../../errors/mistake";

/**
 * Calls an action on a queue in the AWS JSON protocol.
 * @throws Error with SQS's own words; errors of the service where there is no answer.
 */
export type CallSqs = (action: string, queue: ServedQueue, input?: object) => Promise<JsonObject>;

/** The page acts for the person before it, not for the API: no role is asked. */
export function sqsCaller(service: SqsService, region: string): CallSqs {
  return async (action, { name, url }, input = {}) => {
    const { status, body } = await service.send({
      region,
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AmazonSQS.${action}` },
      body: JSON.stringify({ ...input, QueueUrl: url }),
      authorize: () => true,
      timeoutMs: 10_000,
    });
    const answer = asObject(body === "" ? {} : JSON.parse(body));
    if (status === 200) return answer;
    const { __type: type, message } = answer;
    if (typeof type === "string" && type.endsWith("QueueDoesNotExist")) {
      throw new Error(`SQS has no queue ${name}.`);
    }
    throw new Error(`${action}: ${typeof message === "string" ? message : `SQS answered ${status}.`}`);
  };
}

/** How many messages a queue holds, or why that is not known. */
export type QueueDepth =
  | { readonly name: string; readonly visible: number; readonly inFlight: number; readonly delayed: number }
  | { readonly name: string; readonly error: string };

/** Asks one queue; never fails. */
export async function queueDepth(call: CallSqs, queue: ServedQueue): Promise<QueueDepth> {
  const { name } = queue;
  try {
    const names = ["", "NotVisible", "Delayed"].map((suffix) => `ApproximateNumberOfMessages${suffix}`);
    const answer = await call("GetQueueAttributes", queue, { AttributeNames: names });
    const [visible = 0, inFlight = 0, delayed = 0] = names.map((attribute) =>
      Number(asObject(answer.Attributes)[attribute] ?? 0),
    );
    return { name, visible, inFlight, delayed };
  } catch (error) {
    return { name, error: messageOf(error) };
  }
}

/** Up to `most` messages by ReceiveMessage, with all that SQS tells of them, hidden for some seconds. */
export async function receive(
  call: CallSqs,
  queue: ServedQueue,
  most: number,
  hiding: number,
): Promise<JsonObject[]> {
  const { Messages } = await call("ReceiveMessage", queue, {
    MaxNumberOfMessages: most,
    VisibilityTimeout: hiding,
    WaitTimeSeconds: 1,
    AttributeNames: ["All"],
    MessageAttributeNames: ["All"],
  });
  return asList(Messages).map(asObject);
}

/**
 * Up to ten messages, visible again at once. Not a mere look: each one's receive count rises, and
 * where the queue has a redrive policy, one that was received too often goes to the dead-letter queue.
 */
export async function receivedMessages(call: CallSqs, queue: ServedQueue): Promise<PeekedMessage[]> {
  const messages = await receive(call, queue, 10, 0);
  return messages.map((message) => peekedMessage({ ...message, state: "visible" }));
}
