import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { request } from "undici";
import { asList, asObject } from "./json-values";
import { type PeekedMessage, peekedMessage } from "./peeked-message";
import { SqsEndpoint } from "./sqs-endpoint";
import { endpointError } from "./sqs-error";

/** An SQS queue to create: its name, and its attributes under SQS's own names. */
export interface EmulatedQueue {
  name: string;
  attributes: Record<string, string>;
}

/** A running SQS emulator: queues in memory behind SQS's JSON protocol. */
export interface SqsEmulator {
  endpoint: string;
  /** Creates the queue, or gives the queue of this name these attributes and keeps its messages. */
  createQueue(name: string, attributes: Record<string, string>): Promise<{ queueUrl: string }>;
  /** The same for several, whatever their order: a dead-letter queue comes before the queue that names it. */
  createQueues(queues: readonly EmulatedQueue[]): Promise<void>;
  /** Where the queue of this name is, or would be. */
  queueUrl(name: string): string;
  /** Up to `limit` messages of a queue, none of them received, the newest first. */
  peek(name: string, limit: number): Promise<PeekedMessage[]>;
  stop(): Promise<void>;
}

const ACCOUNT_ID = "000000000000";

/** What changes the emulator's behaviour. Other attributes (encryption, policies, …) have no effect on it. */
export const SUPPORTED_ATTRIBUTES: ReadonlySet<string> = new Set([
  "ContentBasedDeduplication",
  "DelaySeconds",
  "FifoQueue",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
  "RedrivePolicy",
  "VisibilityTimeout",
]);

/**
 * Starts an SQS emulator in a process of its own, which ends with this one.
 *
 * By default on 127.0.0.1, a free port and us-east-1. One name is one queue, whatever the account and region in
 * its URL or ARN. Attributes that the emulator does not know (`KmsMasterKeyId`, `RedriveAllowPolicy`, …) are left out.
 * @throws Error with one line for people when it cannot listen.
 */
export async function startSqsEmulator(
  options: { host?: string; port?: number; region?: string; queues?: readonly EmulatedQueue[] } = {},
): Promise<SqsEmulator> {
  const { host = "127.0.0.1", port = 0, region = "us-east-1", queues = [] } = options;
  const file = path.join(__dirname, "sqs-emulator-process.mjs");
  const child = fork(file, [JSON.stringify({ host, port, region })], { execArgv: [] });
  const listeningPort = await whenListening(child, host, port);
  const endpoint = `http://${host.includes(":") ? `[${host}]` : host}:${listeningPort}`;
  const emulator = new ForkedSqsEmulator(child, endpoint, region);
  await emulator.createQueues(queues);
  return emulator;
}

class ForkedSqsEmulator implements SqsEmulator {
  public readonly endpoint: string;
  private readonly child: ChildProcess;
  private readonly client: SqsEndpoint;
  private readonly region: string;

  constructor(child: ChildProcess, endpoint: string, region: string) {
    this.child = child;
    this.endpoint = endpoint;
    this.region = region;
    this.client = new SqsEndpoint(endpoint);
  }

  public queueUrl(name: string): string {
    return `${this.endpoint}/${ACCOUNT_ID}/${name}`;
  }

  public async createQueues(queues: readonly EmulatedQueue[]): Promise<void> {
    for (const { name, attributes } of deadLetterQueuesFirst(queues)) {
      await this.createQueue(name, attributes);
    }
  }

  public async createQueue(name: string, attributes: Record<string, string>): Promise<{ queueUrl: string }> {
    const supported = Object.fromEntries(
      Object.entries(attributes).filter(([attribute]) => SUPPORTED_ATTRIBUTES.has(attribute)),
    );
    const queueUrl = this.queueUrl(name);
    const refusal = await this.call("CreateQueue", { QueueName: name, Attributes: supported });
    if (refusal === undefined) return { queueUrl };
    if (refusal.code !== "QueueAlreadyExists") throw refusal;
    const update = await this.call("SetQueueAttributes", { QueueUrl: queueUrl, Attributes: supported });
    if (update !== undefined) throw update;
    return { queueUrl };
  }

  public async peek(name: string, limit: number): Promise<PeekedMessage[]> {
    const { statusCode, body } = await request(`${this.endpoint}/_local/queues/${name}?limit=${limit}`);
    const answer = await body.json();
    if (statusCode !== 200) throw new Error(`SQS emulator: there is no queue ${name}.`);
    return asList(answer).map((message) => peekedMessage(asObject(message)));
  }

  public async stop(): Promise<void> {
    await this.client.close();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await exit;
  }

  private async call(action: string, input: object) {
    const body = JSON.stringify(input);
    const answer = await this.client.post({ action, region: this.region, body, timeoutMs: 10_000 });
    return answer.status === 200 ? undefined : endpointError(answer);
  }
}

/** The first thing that the emulator's process says is its port or why it has none. */
async function whenListening(child: ChildProcess, host: string, port: number): Promise<number> {
  const outcome = await Promise.race([
    once(child, "message").then(
      ([message]) => message as { port: number } | { error: NodeJS.ErrnoException },
    ),
    once(child, "exit").then(() => ({ error: new Error("its process ended at start") })),
  ]);
  if ("port" in outcome) return outcome.port;
  const { code, message } = outcome.error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") {
    throw new Error(
      `SQS emulator: port ${port} of ${host} is already in use; choose another one, or 0 for a free one.`,
    );
  }
  throw new Error(`SQS emulator: cannot listen on port ${port} of ${host}: ${message}`);
}

export function deadLetterQueuesFirst<Made extends Pick<EmulatedQueue, "attributes">>(
  queues: readonly Made[],
): Made[] {
  const redrives = (queue: Made) => Number("RedrivePolicy" in queue.attributes);
  return [...queues].sort((a, b) => redrives(a) - redrives(b));
}
