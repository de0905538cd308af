import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** A running S3 emulator. */
export interface S3Emulator {
  readonly endpoint: string;
  stop(): Promise<void>;
}

const HOST = "127.0.0.1";

/**
 * Starts an S3 emulator on a free port, in a process of its own, which ends with this one. Its objects are gone then.
 * @throws Error with one line for people when it cannot listen.
 */
export async function startS3Emulator(): Promise<S3Emulator> {
  const child = fork(path.join(__dirname, "s3-emulator-process.mjs"), { execArgv: [] });
  child.send({ host: HOST, port: 0 });
  const port = await whenListening(child);
  return { endpoint: `http://${HOST}:${port}`, stop: () => stop(child) };
}

/** The first thing that the emulator's process says is its port or why it has none. */
async function whenListening(child: ChildProcess): Promise<number> {
  const outcome = await Promise.race([
    once(child, "message").then(([message]) => message as { port: number } | { error: Error }),
    once(child, "exit").then(() => ({ error: new Error("its process ended at start") })),
  ]);
  if ("port" in outcome) return outcome.port;
  throw new Error(`S3 emulator: cannot listen on ${HOST}: ${outcome.error.message}`);
}

/** It ends by itself, so that its folder is gone; one that does not is killed. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), 2000);
  child.disconnect();
  await exit;
  clearTimeout(timer);
}
