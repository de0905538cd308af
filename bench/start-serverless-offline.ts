import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { startSqsEmulator } from "../local/sqs/sqs-emulator";
import type { BenchServer } from "./bench-server";
import { MeasuredProcess } from "./measured-process";

/** The peers' own project. */
const PEERS_FOLDER = path.join(__dirname, "serverless-offline");

/**
 * Installs serverless-offline into its own folder, from a lock file of its own: the project does not depend on it.
 * @throws Error that says why it can't be.
 */
export function installPeers(): void {
  if (existsSync(path.join(PEERS_FOLDER, "node_modules", "serverless-offline"))) return;
  process.stderr.write("Installing serverless-offline into bench/serverless-offline (about 280 MB)\n");
  const command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status, stderr, error } = spawnSync("npm", command, { cwd: PEERS_FOLDER, encoding: "utf8" });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim();
  throw new Error(
    `serverless-offline can't be installed into bench/serverless-offline:\n${reason}\nWithout --peers the rest is measured.`,
  );
}

/** How serverless-offline runs, and what. */
export interface ServerlessOptions {
  /** Runs the function in its own thread, with `--useInProcess`; by default it does so in a worker thread. */
  readonly inProcess?: boolean;
  /** Takes the function that forwards without the AWS SDK. */
  readonly lean?: boolean;
}

/** Starts serverless-offline, whose function forwards to an SQS emulator like the gateway's. */
export async function startServerlessOffline(options: ServerlessOptions): Promise<BenchServer> {
  const emulator = await startSqsEmulator();
  await emulator.createQueue("bench", {});
  const [httpPort, lambdaPort] = [await freePort(), await freePort()];
  const process = new MeasuredProcess({
    file: path.join(PEERS_FOLDER, "node_modules", "serverless", "bin", "serverless.js"),
    arguments: [
      "offline",
      "--noPrependStageInUrl",
      "--host=127.0.0.1",
      `--httpPort=${httpPort}`,
      `--lambdaPort=${lambdaPort}`,
      ...(options.inProcess === true ? ["--useInProcess"] : []),
    ],
    cwd: PEERS_FOLDER,
    env: {
      SQS_ENDPOINT: emulator.endpoint,
      SQS_QUEUE_URL: emulator.queueUrl("bench"),
      SLS_TELEMETRY_DISABLED: "1",
      SLS_NOTIFICATIONS_MODE: "off",
      SLS_LOG_LEVEL: "error",
    },
    silent: true,
  });
  const stop = async () => {
    await process.stop();
    await emulator.stop();
  };
  const url = `http://127.0.0.1:${httpPort}/${options.lean === true ? "lean" : "sqs"}`;
  await untilReady(url).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { process, url, headers: {}, stop };
}

/** serverless-offline takes no 0 for a free port. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: "{}" }).catch(() => undefined);
    if (response?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("serverless-offline did not get ready within a minute.");
}
