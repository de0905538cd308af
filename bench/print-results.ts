import os from "node:os";
import Table from "cli-table3";
import type { Row } from "./compare-servers";
import type { Endurance } from "./measure-endurance";
import type { RelayComparison } from "./measure-relay";
import type { StartTime } from "./measure-start";
import { type Results, type Target, isMet } from "./targets";

/** Which machine the figures are from, and how busy it is with other things. */
export function describeMachine(): string {
  const cpus = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const [load = 0] = os.loadavg();
  const machine = `${cpus.length} × ${cpus[0]?.model.trim() ?? "unknown CPU"}, ${memory} GiB, Node.js ${process.version}, ${os.platform()} ${os.arch()}, load ${load.toFixed(1)} before the run`;
  if (load < cpus.length / 2) return machine;
  return `${machine}\nThis machine is busy with other work: requests per second and p99 are worse than they need be.`;
}

/** The servers side by side. */
export function serverTable(rows: readonly Row[], bareName: string): string {
  const head = [
    "Server",
    "Connections",
    "req/s",
    "p50 ms",
    "p99 ms",
    "CPU µs/req",
    "× node:http",
    "Peak MiB",
  ];
  const table = plainTable(head);
  for (const row of rows) {
    const bare = rows.find(({ name, connections }) => name === bareName && connections === row.connections);
    table.push([
      row.name,
      row.connections,
      Math.round(row.requestsPerSecond),
      row.p50,
      row.p99,
      row.cpuPerRequest.toFixed(1),
      (row.cpuPerRequest / (bare?.cpuPerRequest ?? NaN)).toFixed(2),
      Math.round(row.peakMemory),
    ]);
  }
  return table.toString();
}

/** The gateways beside the relay that hands its requests to the same emulator. */
export function relayTable({ relay, gateways }: RelayComparison): string {
  const table = plainTable(["Same emulator, in turns", "CPU µs/req", "× relay"]);
  for (const [name, cpu] of [["node:http and undici, relays", relay] as const, ...gateways]) {
    table.push([name, cpu.toFixed(1), (cpu / relay).toFixed(2)]);
  }
  return table.toString();
}

/** Starts with large stacks. */
export function startTable(starts: readonly StartTime[]): string {
  const table = plainTable(["Start with", "s to the ready line", "s of CPU"]);
  for (const { stack, seconds, cpu } of starts) table.push([stack, seconds.toFixed(2), cpu.toFixed(2)]);
  return table.toString();
}

/** The gateway's memory over many requests. */
export function enduranceTable({ marks, messages }: Endurance): string {
  const table = plainTable(["Requests", "RSS MiB", "Heap MiB after a collection"]);
  for (const { requests, rss, heap } of marks) table.push([requests, Math.round(rss), heap.toFixed(1)]);
  return `${table.toString()}\nMessages in the queue at the end: ${messages}`;
}

/** Each target that was measured, and whether it is met. */
export function targetTable(targets: readonly Target[], results: Results): string {
  const table = plainTable(["Target", "", "Measured", "Limit", ""]);
  for (const target of targets) {
    const value = target.measure(results);
    const limit = `${target.atLeast === true ? "≥" : "≤"} ${target.limit}`;
    const verdict = value === undefined ? "not measured" : isMet(target, value) ? "met" : "MISSED";
    table.push([
      target.name,
      target.says,
      value === undefined ? "" : Number(value.toFixed(2)),
      limit,
      verdict,
    ]);
  }
  return table.toString();
}

function plainTable(head: string[]): Table.Table {
  return new Table({ head, style: { head: [], border: [] } });
}
