import path from "node:path";
import { MeasuredProcess } from "./measured-process";

/** A server that is measured: `url` takes POST. */
export interface BenchServer {
  readonly process: MeasuredProcess;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** A server under the name that the tables give it. */
export interface Contender {
  readonly name: string;
  start(): Promise<BenchServer>;
}

/** Starts the floor: `node:http` that answers 200 and does nothing else. */
export async function startBareServer(): Promise<BenchServer> {
  const process = new MeasuredProcess({ file: path.join(__dirname, "bare-server.js") });
  const { url } = (await process.firstLine()) as { url: string };
  return { process, url, headers: {}, stop: () => process.stop() };
}

/** The local gateway with one stack. */
export interface GatewayServer extends BenchServer {
  readonly sqsEndpoint: string;
  readonly queueUrl: string;
}

/**
 * Starts the local gateway just as `npm start -- --stack <path>` does; its SQS emulator is a process of its own.
 * @param sqs another gateway's emulator, to share it
 */
export async function startGatewayServer(stack: string, sqs?: string): Promise<GatewayServer> {
  const root = path.join(__dirname, "..");
  const shared = sqs === undefined ? [] : ["--sqs-endpoint", sqs, "--create-queues"];
  const process = new MeasuredProcess({
    file: path.join(root, "local", "server", "cli.ts"),
    arguments: ["--stack", stack, "--port", "0", "--json", ...shared],
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
