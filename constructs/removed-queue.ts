import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { Construct } from "constructs";

/**
 * Stands where a guarded queue stood: no queue, but if one is still deployed, Terraform refuses to destroy it.
 * `prevent_destroy` protects only as long as a block says it; with the block gone, the messages would go without a word.
 */
export function guardRemovedQueue(scope: Construct, id: string): void {
  new SqsQueue(scope, id, { count: 0, lifecycle: { preventDestroy: true } });
}
