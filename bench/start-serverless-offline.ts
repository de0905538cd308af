import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { startSqsEmulator } from "../local/sqs/sqs-emulator";
import type { BenchServer } from "./bench-server";
import { peersFolder } from "./install-peers";
import { MeasuredProcess } from "./measured-process";

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
  const { queueUrl } = await emulator.createQueue("bench", {});
  const [httpPort, lambdaPort] = [await freePort(), await freePort()];
  const process = new MeasuredProcess({
    file: path.join(peersFolder, "node_modules", "serverless", "bin", "serverless.js"),
    arguments: [
      "offline",
      "--noPrependStageInUrl",
      "--host=127.0.0.1",
      `--httpPort=${httpPort}`,
      `--lambdaPort=${lambdaPort}`,
      ...(options.inProcess === true ? ["--useInProcess"] : []),
    ],
    cwd: peersFolder,
    env: {
      SQS_ENDPOINT: emulator.endpoint,
      SQS_QUEUE_URL: queueUrl,
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
