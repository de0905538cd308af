import { setTimeout } from "node:timers/promises";

const LIMIT_MILLISECONDS = 60_000;

/** Waits until `condition` holds; throws after a minute, or after `limit` milliseconds. */
export async function until(condition: () => Promise<boolean>, limit = LIMIT_MILLISECONDS): Promise<void> {
  const deadline = Date.now() + limit;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Did not become true in ${limit} ms: ${condition.toString()}`);
    await setTimeout(200);
  }
}
