import { setTimeout } from "node:timers/promises";

const LIMIT_MILLISECONDS = 60_000;

/** Waits until `condition` holds; throws after a minute. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + LIMIT_MILLISECONDS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Did not become true in a minute: ${condition.toString()}`);
    await setTimeout(200);
  }
}
