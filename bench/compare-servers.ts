import type { Contender } from "./bench-server";
import { type Figures, measureLoad } from "./measure-load";

/** How long and how often. */
export interface ComparisonOptions {
  readonly connections: readonly number[];
  /** Seconds of each measurement. */
  readonly duration: number;
  /** Seconds of load before the first one. */
  readonly warmUp: number;
  readonly rounds: number;
}

/** Medians over the rounds. */
export interface Row extends Figures {
  readonly name: string;
  readonly connections: number;
}

/** Measures the servers in turns, each round with new processes, so that a noisy minute hits all of them. */
export async function compareServers(
  contenders: readonly Contender[],
  options: ComparisonOptions,
): Promise<Row[]> {
  const runs = new Map<string, Figures[]>();
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const contender of contenders) {
      process.stderr.write(`Round ${round} of ${options.rounds}: ${contender.name}\n`);
      for (const [connections, figures] of await measureOnce(contender, options)) {
        const key = `${contender.name}\n${connections}`;
        runs.set(key, [...(runs.get(key) ?? []), figures]);
      }
    }
  }
  return [...runs].map(([key, figures]) => {
    const [name = "", connections] = key.split("\n");
    return { name, connections: Number(connections), ...medians(figures) };
  });
}

async function measureOnce(
  contender: Contender,
  { connections, duration, warmUp }: ComparisonOptions,
): Promise<Map<number, Figures>> {
  const server = await contender.start();
  try {
    await measureLoad(server, { connections: Math.max(...connections), duration: warmUp });
    const measured = new Map<number, Figures>();
    for (const count of connections) {
      measured.set(count, await measureLoad(server, { connections: count, duration }));
    }
    return measured;
  } finally {
    await server.stop();
  }
}

function medians(runs: readonly Figures[]): Figures {
  const of = (read: (figures: Figures) => number) => median(runs.map(read));
  return {
    requestsPerSecond: of((run) => run.requestsPerSecond),
    p50: of((run) => run.p50),
    p99: of((run) => run.p99),
    cpuPerRequest: of((run) => run.cpuPerRequest),
    peakMemory: of((run) => run.peakMemory),
  };
}

/** The middle value; of an even number, the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
}
