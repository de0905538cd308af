import autocannon from "autocannon";
import type { Load, LoadResult } from "./measure-load";

// The load generator's process, forked by measure-load.ts.
void main(JSON.parse(process.argv[2] ?? "{}") as Load);

async function main({ url, headers, connections, ...amountOrDuration }: Load): Promise<void> {
  const body = JSON.stringify({
    status: "ok",
    padding: "x".repeat(200 - '{"status":"ok","padding":""}'.length),
  });
  const result = await autocannon({
    url,
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body,
    connections,
    ...amountOrDuration,
  });
  const answer: LoadResult = {
    accepted: result["2xx"],
    failed: result.non2xx + result.errors,
    requestsPerSecond: result["2xx"] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
  process.send?.(answer);
}
