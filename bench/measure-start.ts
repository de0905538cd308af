import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startGatewayServer } from "./bench-server";
import { median } from "./compare-servers";
import { largeStack, type Writing, WRITINGS } from "./large-stack";

/** How long a gateway takes from the start of its process to its ready line. */
export interface StartTime {
  readonly stack: string;
  /** Seconds. */
  readonly seconds: number;
  /** Seconds of CPU time of the gateway's own process until then. */
  readonly cpu: number;
}

const SIZES = [500, 1000, 2000];

/** Starts the gateway with large stacks of several sizes, written in every way; medians of `rounds` starts, taken in turns. */
export async function measureStarts(rounds: number): Promise<StartTime[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "queue-leveling-bench-"));
  try {
    const files = SIZES.flatMap((size) => WRITINGS.map((writing) => writeStack(folder, size, writing)));
    const runs: StartTime[][] = files.map(() => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, file] of files.entries()) runs[index]?.push(await startOnce(file));
    }
    return runs.map((times, index) => ({
      stack: files[index]?.name ?? "",
      seconds: median(times.map(({ seconds }) => seconds)),
      cpu: median(times.map(({ cpu }) => cpu)),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface StackFile {
  readonly name: string;
  readonly path: string;
}

function writeStack(folder: string, size: number, writing: Writing): StackFile {
  const { document, resources } = largeStack(size, writing);
  const file = path.join(folder, `${writing.replaceAll(" ", "-")}-${size}.tf.json`);
  writeFileSync(file, JSON.stringify(document));
  return { name: `${resources} resources, ${writing}`, path: file };
}

async function startOnce(file: StackFile): Promise<StartTime> {
  const started = performance.now();
  const gateway = await startGatewayServer(file.path);
  const seconds = (performance.now() - started) / 1000;
  const { cpuMicros } = await gateway.process.usage();
  await gateway.stop();
  return { stack: file.name, seconds, cpu: cpuMicros / 1e6 };
}
