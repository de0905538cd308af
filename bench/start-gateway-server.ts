import path from "node:path";
import type { BenchServer } from "./bench-server";
import { MeasuredProcess } from "./measured-process";

/** The local gateway with one stack. */
export interface GatewayServer extends BenchServer {
  readonly sqsEndpoint: string;
  readonly queueUrl: string;
}

/** Starts the local gateway just as `npm start -- --stack <path>` does; its SQS emulator is a process of its own. */
export async function startGatewayServer(stack: string): Promise<GatewayServer> {
  const root = path.join(__dirname, "..");
  const process = new MeasuredProcess({
    file: path.join(root, "local", "cli.ts"),
    arguments: ["--stack", stack, "--port", "0", "--json"],
    preload: [path.join(root, "bin", "register.js")],
  });
  const { stacks, sqsEndpoint } = (await process.firstLine()) as {
    stacks: [{ url: string; queueUrl: string }];
    sqsEndpoint: string;
  };
  const [{ url, queueUrl }] = stacks;
  // Only the stack with an authorizer reads it; both are sent the same.
  const headers = { Authorization: "testtoken" };
  return { process, url, headers, sqsEndpoint, queueUrl, stop: () => process.stop() };
}
