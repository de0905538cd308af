import path from "node:path";
import type { BenchServer } from "./bench-server";
import { MeasuredProcess } from "./measured-process";

/** Starts the floor: `node:http` that answers 200 and does nothing else. */
export async function startBareServer(): Promise<BenchServer> {
  const process = new MeasuredProcess({ file: path.join(__dirname, "bare-server.js") });
  const { url } = (await process.firstLine()) as { url: string };
  return { process, url, headers: {}, stop: () => process.stop() };
}
