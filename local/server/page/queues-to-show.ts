import { queueUrl } from "../../../aws/arn";
import { isFifo } from "../../sqs/queue-reference";
import { fixedQueue } from "../../terraform/sqs-target";
import type { StackModel } from "../../terraform/stack-model";
import type { PageQueue } from "./page-queue";

/** The stacks' queues, and those elsewhere to which their integrations send; one name is one queue, as in the emulator. */
export function queuesToShow(models: readonly StackModel[]): PageQueue[] {
  const own = models.flatMap(({ queues }) =>
    queues.map(({ name, url, attributes }) => ({ name, url, attributes })),
  );
  const byName = new Map<string, PageQueue>();
  for (const queue of [...own, ...models.flatMap(targetedQueues)]) {
    if (!byName.has(queue.name)) byName.set(queue.name, queue);
  }
  return [...byName.values()];
}

function targetedQueues({ restApis }: StackModel): PageQueue[] {
  const targets = restApis.flatMap((api) => {
    const methods = api.resources.flatMap((resource) => Object.values(resource.methods));
    return api.stages.flatMap((stage) =>
      methods.flatMap(({ integration }) => fixedQueue(api, integration, stage) ?? []),
    );
  });
  return targets.map((queue) => {
    const attributes: PageQueue["attributes"] = isFifo(queue) ? { FifoQueue: "true" } : {};
    return { name: queue.queueName, url: queueUrl(queue), attributes };
  });
}
