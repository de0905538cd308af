import type { TerraformResource, TerraformResources } from "../../local/terraform/terraform-resource";
import type { PolicyRule } from "../rule";

export const QUEUE_HAS_A_DEAD_LETTER_QUEUE: PolicyRule = {
  name: "queue-has-a-dead-letter-queue",
  asks: "A queue that is no dead-letter queue itself has one.",
  why: "A message that no consumer can work on comes back until its retention ends, and is then gone without a trace.",
  relatives: [],
  here: "`<queue>-dlq`, which keeps messages for 14 days; `dead_letter_queue` takes it away.",
  *findings({ resources }) {
    const policies = [...redrivePolicies(resources)];
    const targets = policies.map(({ target }) => target);
    for (const queue of resources.ofType("aws_sqs_queue")) {
      const isSource = policies.some(({ source }) => source === queue.text("id"));
      if (isSource || targets.includes(queue.text("arn"))) continue;
      yield { address: queue.address, wrong: "has no dead-letter queue" };
    }
  },
};

interface RedrivePolicy {
  /** URL of the queue. */
  readonly source: string;
  readonly target: unknown;
}

function* redrivePolicies(resources: TerraformResources): Iterable<RedrivePolicy> {
  for (const queue of resources.ofType("aws_sqs_queue")) yield* policyOf(queue, queue.text("id"));
  for (const apart of resources.ofType("aws_sqs_queue_redrive_policy")) {
    yield* policyOf(apart, apart.text("queue_url"));
  }
}

function* policyOf(owner: TerraformResource, source: string): Iterable<RedrivePolicy> {
  const text = owner.optionalText("redrive_policy");
  if (text === undefined) return;
  const { deadLetterTargetArn: target } = JSON.parse(text) as { deadLetterTargetArn?: unknown };
  if (target !== undefined) yield { source, target };
}
