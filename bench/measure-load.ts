import type { BenchServer } from "./bench-server";
import { type LoadResult, runLoad } from "./run-load";

/** What one server did under one load. */
export interface Figures extends Pick<LoadResult, "requestsPerSecond" | "p50" | "p99"> {
  /** CPU time of the server's own process, in microseconds. */
  readonly cpuPerRequest: number;
  /** The process's peak so far, in MiB. */
  readonly peakMemory: number;
}

/** Puts a server under load for some seconds. */
export async function measureLoad(
  { process, url, headers }: BenchServer,
  load: { readonly connections: number; readonly duration: number },
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
