import path from "node:path";
import { type BenchServer, type GatewayServer, startGatewayServer } from "./bench-server";
import { median } from "./compare-servers";
import { measureLoad } from "./measure-load";
import { MeasuredProcess } from "./measured-process";

/** CPU microseconds per request of the relay and of each stack's gateway, by the stack's name. */
export interface RelayComparison {
  readonly relay: number;
  readonly gateways: ReadonlyMap<string, number>;
}

/** How much and how often. */
export interface RelayOptions {
  readonly connections: number;
  readonly rounds: number;
}

/** Counted, not timed: on a busy machine, seconds would end while V8 still compiles the larger of the two. */
const REQUESTS = { warmUp: 40_000, measured: 20_000 };

/**
 * Measures gateways beside the least that could stand in their place: `node:http` that hands the same body to the same queue of the same
 * emulator by undici, and answers. All run at once and are put under load in turns, so that a noisy minute hits all of them.
 */
export async function measureRelay(
  stacks: ReadonlyMap<string, string>,
  options: RelayOptions,
): Promise<RelayComparison> {
  const servers = new Map<string, BenchServer>();
  try {
    let first: GatewayServer | undefined;
    for (const [name, stack] of stacks) {
      const gateway = await startGatewayServer(stack, first?.sqsEndpoint);
      servers.set(name, gateway);
      first ??= gateway;
    }
    if (first === undefined) throw new Error("There is no stack to measure.");
    servers.set(RELAY, await startRelay(first));
    const medians = await measureInTurns(servers, options);
    const { [RELAY]: relay = NaN, ...gateways } = Object.fromEntries(medians);
    return { relay, gateways: new Map(Object.entries(gateways)) };
  } finally {
    for (const server of [...servers.values()].reverse()) await server.stop();
  }
}

const RELAY = "relay";

async function startRelay({ sqsEndpoint, queueUrl }: GatewayServer): Promise<BenchServer> {
  const process = new MeasuredProcess({
    file: path.join(__dirname, "relay-server.js"),
    arguments: [sqsEndpoint, queueUrl],
  });
  const { url } = (await process.firstLine()) as { url: string };
  return { process, url, headers: {}, stop: () => process.stop() };
}

async function measureInTurns(
  servers: ReadonlyMap<string, BenchServer>,
  { connections, rounds }: RelayOptions,
): Promise<ReadonlyMap<string, number>> {
  const runs = new Map<string, number[]>();
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, server] of servers) {
      process.stderr.write(round === 0 ? `Warm-up: ${name}\n` : `Round ${round} of ${rounds}: ${name}\n`);
      const amount = round === 0 ? REQUESTS.warmUp : REQUESTS.measured;
      const { cpuPerRequest } = await measureLoad(server, { connections, amount });
      if (round > 0) runs.set(name, [...(runs.get(name) ?? []), cpuPerRequest]);
    }
  }
  return new Map(Array.from(runs, ([name, values]) => [name, median(values)]));
}
