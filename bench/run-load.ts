import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** What the load generator sends, 200 bytes a request: for some seconds, or a number of requests in all. */
export interface Load {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  /** Seconds. */
  readonly duration?: number;
  readonly amount?: number;
}

/** What came of a load. */
export interface LoadResult {
  readonly accepted: number;
  readonly failed: number;
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  /** Milliseconds. */
  readonly p99: number;
}

/**
 * Runs autocannon in a process of its own.
 * @throws Error where any request is not answered 2xx: such figures mean nothing.
 */
export async function runLoad(load: Load): Promise<LoadResult> {
  const child = fork(path.join(__dirname, "load.ts"), [JSON.stringify(load)], {
    execArgv: ["-r", path.join(__dirname, "..", "bin", "register.js")],
  });
  const [result] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => {
      throw new Error(`The load generator ended without a result for ${load.url}.`);
    }),
  ])) as [LoadResult];
  if (result.failed === 0 && result.accepted > 0) return result;
  throw new Error(`${load.url}: ${result.failed} requests failed, ${result.accepted} were accepted.`);
}
