import { queueUrl } from "../../aws/arn";
import { notifiedQueues } from "./served-buckets";
import { isFifo } from "../sqs/queue-urls";
import { fixedQueue } from "../terraform/sqs-target";
import type { Queue } from "../terraform/model/queue";
import type { StackModel } from "../terraform/stack-model";

/** A queue of the stacks, or one from elsewhere to which they send; its URL on AWS names it whatever the endpoint is. */
export type ServedQueue = Pick<Queue, "name" | "url" | "attributes">;

/** The stacks' queues, and those elsewhere to which their integrations or buckets send; one name is one queue, as in the emulator. */
export function servedQueues(models: readonly StackModel[]): ServedQueue[] {
  const own = models.flatMap(({ queues }) =>
    queues.map(({ name, url, attributes }) => ({ name, url, attributes })),
  );
  const byName = new Map<string, ServedQueue>();
  for (const queue of [...own, ...models.flatMap(targetedQueues)]) {
    if (!byName.has(queue.name)) byName.set(queue.name, queue);
  }
  return [...byName.values()];
}

function targetedQueues(model: StackModel): ServedQueue[] {
  const targets = model.restApis.flatMap((api) => {
    const methods = api.resources.flatMap((resource) => Object.values(resource.methods));
    return api.stages.flatMap((stage) =>
      methods.flatMap(({ integration }) => fixedQueue(api, integration, stage) ?? []),
    );
  });
  return [...targets, ...notifiedQueues(model)].map((queue) => {
    const attributes: ServedQueue["attributes"] = isFifo(queue) ? { FifoQueue: "true" } : {};
    return { name: queue.queueName, url: queueUrl(queue), attributes };
  });
}

/** Name of the queue to which this one's failed messages go. */
export function deadLetterQueueOf({ attributes }: ServedQueue): string | undefined {
  try {
    const policy = JSON.parse(attributes.RedrivePolicy ?? "{}") as { deadLetterTargetArn?: unknown };
    return typeof policy.deadLetterTargetArn === "string"
      ? policy.deadLetterTargetArn.replace(/^.*:/, "")
      : undefined;
  } catch {
    return undefined;
  }
}
