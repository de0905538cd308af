import { asObject } from "../../sqs/json-values";
import type { CallSqs } from "./call-sqs";
import type { PageQueue } from "./page-queue";

/** How many messages a queue holds, or why that is not known. */
export type QueueDepth =
  | { readonly name: string; readonly visible: number; readonly inFlight: number; readonly delayed: number }
  | { readonly name: string; readonly error: string };

/** Asks one queue; never fails. */
export async function queueDepth(call: CallSqs, queue: PageQueue): Promise<QueueDepth> {
  const { name } = queue;
  try {
    const names = ["", "NotVisible", "Delayed"].map((suffix) => `ApproximateNumberOfMessages${suffix}`);
    const answer = await call("GetQueueAttributes", queue, { AttributeNames: names });
    const [visible = 0, inFlight = 0, delayed = 0] = names.map((attribute) =>
      Number(asObject(answer.Attributes)[attribute] ?? 0),
    );
    return { name, visible, inFlight, delayed };
  } catch (error) {
    return { name, error: error instanceof Error ? error.message : String(error) };
  }
}
