import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type autocannon from "autocannon";
import type { BenchServer } from "./bench-server";

/** What the load generator sends, 200 bytes a request: for some seconds, or a number of requests in all. */
export type Load = Omit<Parameters<typeof autocannon>[0], "method" | "body">;

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

/** What one server did under one load. */
export interface Figures extends Pick<LoadResult, "requestsPerSecond" | "p50" | "p99"> {
  /** CPU time of the server's own process, in microseconds. */
  readonly cpuPerRequest: number;
  /** The process's peak so far, in MiB. */
  readonly peakMemory: number;
}

/** Puts a server under load for some seconds, or by a number of requests. */
export async function measureLoad(
  { process, url, headers }: BenchServer,
  load: Pick<Load, "connections" | "duration" | "amount">,
): Promise<Figures> {
  const before = await process.usage();
  const { accepted, requestsPerSecond, p50, p99 } = await runLoad({ url, headers, ...load });
  const after = await process.usage();
  return {
    requestsPerSecond,
    p50,
    p99,
    cpuPerRequest: (after.cpuMicros - before.cpuMicros) / accepted,
    peakMemory: after.peakRss / 2 ** 20,
  };
}
