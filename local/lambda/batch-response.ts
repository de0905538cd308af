import type { InvocationResult } from "./function-invoker";

/** What a batch came to. */
export interface BatchOutcome {
  /** Ids of the messages that stay in the queue. */
  readonly failed: ReadonlySet<string>;
  /** Why all of them stay, where the function did not choose so itself. */
  readonly reason?: string;
  /** Failures that the function reports without `ReportBatchItemFailures`: those messages are deleted. */
  readonly ignored?: number;
}

/**
 * Which messages of a batch failed. Without `ReportBatchItemFailures` the answer itself means nothing: an error fails all, and all
 * else none.
 *
 * What is no object, and a list that is none, fail the whole batch: AWS's documents don't tell it of them, and nothing is lost so.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function batchOutcome(
  result: InvocationResult,
  messageIds: readonly string[],
  reportsBatchItemFailures: boolean,
): BatchOutcome {
  const all = (reason: string): BatchOutcome => ({ failed: new Set(messageIds), reason });
  if (!result.ok) return all(result.errorMessage ?? "an error without a message");
  const { payload } = result;
  if (!reportsBatchItemFailures) return { failed: new Set(), ...ignoredFailures(payload) };
  // An empty text is an empty answer, too.
  if (payload === null || payload === "") return { failed: new Set() };
  if (typeof payload !== "object" || Array.isArray(payload)) return all("the answer is not an object");
  const list = (payload as { batchItemFailures?: unknown }).batchItemFailures ?? [];
  if (!Array.isArray(list)) return all("batchItemFailures is not a list");
  const failed = new Set<string>();
  for (const id of list.map(itemIdentifier)) {
    if (id === undefined || !messageIds.includes(id)) {
      return all(`batchItemFailures has an itemIdentifier that is no message's: ${id ?? "none"}`);
    }
    failed.add(id);
  }
  return { failed };
}

/** Whoever wrote such a function takes it that the messages stay. */
function ignoredFailures(payload: unknown): Pick<BatchOutcome, "ignored"> {
  const list = (payload as { batchItemFailures?: unknown } | null)?.batchItemFailures;
  return Array.isArray(list) && list.length > 0 ? { ignored: list.length } : {};
}

function itemIdentifier(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null || !("itemIdentifier" in item)) return undefined;
  return typeof item.itemIdentifier === "string" ? item.itemIdentifier : undefined;
}

/**
 * Messages of a FIFO queue that are deleted although one before them in their group failed: the function had to report them, too.
 * @param groups of the batch's messages, in the batch's order
 */
export function outOfOrder(
  groups: readonly (readonly [messageId: string, group: string | undefined])[],
  failed: ReadonlySet<string>,
): number {
  const stopped = new Set<string>();
  let late = 0;
  for (const [id, group] of groups) {
    if (group === undefined) continue;
    if (failed.has(id)) stopped.add(group);
    else if (stopped.has(group)) late += 1;
  }
  return late;
}
