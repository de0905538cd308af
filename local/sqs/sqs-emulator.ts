import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { asList, asObject } from "./json-values";
import { type PeekedMessage, type PeekLimits, LONGEST_BODY, peekedMessage } from "./message";
import { SqsEndpoint } from "./sqs-endpoint";
import { SqsError } from "./sqs-error";

/** An SQS queue to create: its name, and its attributes under SQS's own names. */
export interface EmulatedQueue {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A running SQS emulator: queues in memory behind SQS's JSON protocol. */
export interface SqsEmulator {
  endpoint: string;
  /** Creates the queue, or gives the queue of this name these attributes and keeps its messages. */
  createQueue(name: string, attributes: Readonly<Record<string, string>>): Promise<void>;
  /** The same for several, whatever their order: a dead-letter queue comes before the queue that names it. */
  createQueues(queues: readonly EmulatedQueue[]): Promise<void>;
  /** Where the queue of this name is, or would be. */
  queueUrl(name: string): string;
  /** Messages of a queue, none of them received, the newest first. */
  peek(name: string, limits: PeekLimits): Promise<PeekedMessage[]>;
  stop(): Promise<void>;
}

const ACCOUNT_ID = "000000000000";

/** What changes the emulator's behaviour. Other attributes (encryption, policies, …) have no effect on it. */
const SUPPORTED_ATTRIBUTES: ReadonlySet<string> = new Set([
  "ContentBasedDeduplication",
  "DelaySeconds",
  "FifoQueue",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
  "RedrivePolicy",
  "VisibilityTimeout",
]);

/** Those of a queue's attributes that change what an emulator does. */
export function supportedAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => SUPPORTED_ATTRIBUTES.has(name)));
}

/** How an emulator starts. */
export interface EmulatorOptions {
  /** @default 0, a free one */
  readonly port?: number;
  /** @default "us-east-1" */
  readonly region?: string;
  readonly queues?: readonly EmulatedQueue[];
}

const HOST = "127.0.0.1";

/**
 * Starts an SQS emulator in a process of its own, which ends with this one.
 *
 * One name is one queue, whatever the account and region in its URL or ARN. Attributes that the emulator does not know
 * (`KmsMasterKeyId`, `RedriveAllowPolicy`, …) are left out.
 * @throws Error with one line for people when it cannot listen.
 */
export function startSqsEmulator(options: EmulatorOptions = {}): Promise<SqsEmulator> {
  return new SqsEmulatorProcess().listen(options);
}

/** The process of an emulator, which loads its modules while its options are still to come. */
export class SqsEmulatorProcess {
  private readonly child = fork(path.join(__dirname, "sqs-emulator-process.mjs"), { execArgv: [] });

  /** @throws what {@link startSqsEmulator} throws */
  public async listen(options: EmulatorOptions): Promise<SqsEmulator> {
    const { port = 0, region = "us-east-1", queues = [] } = options;
    this.child.send({ host: HOST, port, region });
    const listeningPort = await whenListening(this.child, port);
    const emulator = new ForkedSqsEmulator(this.child, `http://${HOST}:${listeningPort}`, region);
    await emulator.createQueues(queues);
    return emulator;
  }

  public end(): void {
    this.child.kill("SIGKILL");
  }
}

class ForkedSqsEmulator implements SqsEmulator {
  private readonly client: SqsEndpoint;

  constructor(
    private readonly child: ChildProcess,
    public readonly endpoint: string,
    region: string,
  ) {
    this.client = new SqsEndpoint({ endpoint, region });
  }

  public queueUrl(name: string): string {
    return `${this.endpoint}/${ACCOUNT_ID}/${name}`;
  }

  public async createQueues(queues: readonly EmulatedQueue[]): Promise<void> {
    for (const { name, attributes } of deadLetterQueuesFirst(queues)) {
      await this.createQueue(name, attributes);
    }
  }

  public async createQueue(name: string, attributes: Readonly<Record<string, string>>): Promise<void> {
    const supported = supportedAttributes(attributes);
    try {
      await this.call("CreateQueue", { QueueName: name, Attributes: supported });
    } catch (error) {
      if (!(error instanceof SqsError && error.code === "QueueAlreadyExists")) throw error;
      await this.call("SetQueueAttributes", { QueueUrl: this.queueUrl(name), Attributes: supported });
    }
  }

  public async peek(
    name: string,
    { messages, body: longestBody = LONGEST_BODY }: PeekLimits,
  ): Promise<PeekedMessage[]> {
    const url = `${this.endpoint}/_local/queues/${name}?limit=${messages}&longestBody=${longestBody}`;
    const response = await fetch(url);
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`SQS emulator: there is no queue ${name}.`);
    return asList(answer).map((message) => peekedMessage(asObject(message), longestBody));
  }

  public async stop(): Promise<void> {
    await this.client.close();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await exit;
  }

  private async call(action: string, input: object): Promise<void> {
    await this.client.call(action, input, 10_000);
  }
}

/** The first thing that the emulator's process says is its port or why it has none. */
async function whenListening(child: ChildProcess, port: number): Promise<number> {
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
      `SQS emulator: port ${port} of ${HOST} is already in use; choose another one, or 0 for a free one.`,
    );
  }
  throw new Error(`SQS emulator: cannot listen on port ${port} of ${HOST}: ${message}`);
}

/** In the order in which they can be made: a redrive policy names a queue that is there. */
export function deadLetterQueuesFirst<Made extends Pick<EmulatedQueue, "attributes">>(
  queues: readonly Made[],
): Made[] {
  const redrives = (queue: Made) => Number("RedrivePolicy" in queue.attributes);
  return [...queues].sort((a, b) => redrives(a) - redrives(b));
}
