import { readResult } from "../sqs/answer-proof";
import { isAwsEndpoint } from "../../aws/aws-signer";
import { type JsonObject, asObject } from "../sqs/json-values";
import { SqsClient } from "../sqs/sqs-client";
import {
  type EmulatedQueue,
  type SqsEmulator,
  deadLetterQueuesFirst,
  startSqsEmulator,
  SUPPORTED_ATTRIBUTES,
} from "../sqs/sqs-emulator";
import { SqsEndpoint } from "../sqs/sqs-endpoint";
import { SqsError, endpointError } from "../sqs/sqs-error";
import { SqsConnectionError } from "../sqs/sqs-failures";
import type { Queue } from "../terraform/stack-model";
import { UserError } from "./user-error";

/** A queue of the stacks, or one from elsewhere to which they send. */
export type TargetedQueue = Pick<Queue, "name" | "url" | "attributes">;

/** The SQS behind the gateway. */
export interface ConnectedSqs {
  readonly endpoint: string;
  readonly client: SqsClient;
  queueUrl(queue: TargetedQueue): string;
  /**
   * Makes the queues that are not there yet, where that is ours to do.
   * @param sentTo names of those that can't be missing
   * @throws UserError where the endpoint is not SQS, or lacks one of `sentTo`
   */
  addQueues(queues: readonly TargetedQueue[], sentTo: ReadonlySet<string>): Promise<void>;
  /** Only the emulator of its own can show messages without receiving them. */
  readonly peek?: SqsEmulator["peek"];
  close(): Promise<void>;
}

/** Where SQS is, and whether what lacks there is made. */
export interface SqsOptions {
  /** @default an emulator of its own */
  readonly sqsEndpoint?: string | undefined;
  readonly createQueues?: boolean | undefined;
}

/** Starts an emulator, or takes the given endpoint; `addQueues` then asks it. */
export async function connectSqs(
  { sqsEndpoint, createQueues = false }: SqsOptions,
  region: string,
): Promise<ConnectedSqs> {
  if (sqsEndpoint === undefined) return emulatedSqs(await startSqsEmulator({ region }), region);
  requireUrl(sqsEndpoint);
  if (createQueues && isAwsEndpoint(sqsEndpoint)) throw noQueuesOnAws(sqsEndpoint);
  const queues = new EndpointQueues(sqsEndpoint, region);
  const client = new SqsClient({ endpoint: sqsEndpoint, region });
  return {
    endpoint: sqsEndpoint,
    client,
    queueUrl: (queue) => queues.urlOf(queue),
    addQueues: (wanted, sentTo) => queues.require(wanted, sentTo, createQueues),
    close: async () => {
      await client.close();
      await queues.close();
    },
  };
}

function emulatedSqs(emulator: SqsEmulator, region: string): ConnectedSqs {
  const client = new SqsClient({
    endpoint: emulator.endpoint,
    region,
    resolveQueueUrl: ({ queueName }) => emulator.queueUrl(queueName),
  });
  return {
    endpoint: emulator.endpoint,
    client,
    queueUrl: ({ name }) => emulator.queueUrl(name),
    addQueues: (queues) => emulator.createQueues(queues.map(emulatedQueue)),
    peek: (name, limit) => emulator.peek(name, limit),
    close: async () => {
      await client.close();
      await emulator.stop();
    },
  };
}

function emulatedQueue({ name, attributes }: TargetedQueue): EmulatedQueue {
  return { name, attributes: { ...attributes } };
}

/** Milliseconds that an endpoint has to answer at start. */
const ANSWER_TIME = 5000;

/** The queues behind an SQS endpoint that runs elsewhere. */
class EndpointQueues {
  private readonly endpoint: string;
  private readonly region: string;
  private readonly sqs: SqsEndpoint;
  /** By name, as the endpoint tells them. */
  private readonly urls = new Map<string, string>();

  constructor(endpoint: string, region: string) {
    this.endpoint = endpoint;
    this.region = region;
    this.sqs = new SqsEndpoint(endpoint);
  }

  public urlOf({ name, url }: TargetedQueue): string {
    if (isAwsEndpoint(this.endpoint)) return url;
    return this.urls.get(name) ?? new URL(new URL(url).pathname, this.endpoint).href;
  }

  public async require(
    queues: readonly TargetedQueue[],
    sentTo: ReadonlySet<string>,
    create: boolean,
  ): Promise<void> {
    const missing: TargetedQueue[] = [];
    for (const queue of create
      ? deadLetterQueuesFirst(queues)
      : queues.filter(({ name }) => sentTo.has(name))) {
      if (!(await this.has(queue))) missing.push(queue);
    }
    if (!create && missing.length > 0) throw noQueues(this.endpoint, missing);
    for (const queue of missing) await this.create(queue);
  }

  public async close(): Promise<void> {
    await this.sqs.close();
  }

  /** One that we may not ask about is taken to be there. */
  private async has({ name, url }: TargetedQueue): Promise<boolean> {
    const owner = /^\/(\d+)\//.exec(new URL(url).pathname)?.[1];
    const onAws = isAwsEndpoint(this.endpoint) && owner !== undefined;
    try {
      const { QueueUrl } = await this.call("GetQueueUrl", {
        QueueName: name,
        ...(onAws && { QueueOwnerAWSAccountId: owner }),
      });
      if (typeof QueueUrl !== "string") throw new SqsConnectionError("its answer has no queue URL");
      this.urls.set(name, QueueUrl);
      return true;
    } catch (error) {
      if (error instanceof SqsError && error.code.startsWith("AccessDenied")) return true;
      if (error instanceof SqsError && error.code.endsWith("NonExistentQueue")) return false;
      throw noSqs(this.endpoint, error as Error);
    }
  }

  private async create(queue: TargetedQueue): Promise<void> {
    try {
      const { QueueUrl } = await this.call("CreateQueue", {
        QueueName: queue.name,
        Attributes: await this.attributesOf(queue),
      });
      this.urls.set(queue.name, String(QueueUrl));
    } catch (error) {
      throw noSqs(this.endpoint, error as Error);
    }
  }

  /** Those that change what a queue does; accounts and keys of the stack are not the endpoint's. */
  private async attributesOf({ attributes }: TargetedQueue): Promise<JsonObject> {
    const entries = Object.entries(attributes).filter(([name]) => SUPPORTED_ATTRIBUTES.has(name));
    const chosen: JsonObject = Object.fromEntries(entries);
    if (typeof chosen.RedrivePolicy !== "string") return chosen;
    const policy = asObject(JSON.parse(chosen.RedrivePolicy));
    const name = String(policy.deadLetterTargetArn).replace(/^.*:/, "");
    const { Attributes } = await this.call("GetQueueAttributes", {
      QueueUrl: this.urls.get(name) ?? name,
      AttributeNames: ["QueueArn"],
    });
    const deadLetterTargetArn = asObject(Attributes).QueueArn;
    return { ...chosen, RedrivePolicy: JSON.stringify({ ...policy, deadLetterTargetArn }) };
  }

  private async call(action: string, input: JsonObject): Promise<JsonObject> {
    const answer = await this.sqs.post({
      action,
      region: this.region,
      body: JSON.stringify(input),
      timeoutMs: ANSWER_TIME,
    });
    if (answer.status !== 200) throw endpointError(answer);
    return readResult(answer.body);
  }
}

function requireUrl(endpoint: string): void {
  if (URL.canParse(endpoint) && /^https?:/.test(endpoint)) return;
  throw new UserError({
    what: "--sqs-endpoint",
    wrong: "is not a URL",
    got: JSON.stringify(endpoint),
    allowed: "URLs such as http://127.0.0.1:9324 are allowed",
    mend: "Correct it, or leave it out to use the emulator",
  });
}

function noQueuesOnAws(endpoint: string): UserError {
  return new UserError({
    what: "--create-queues",
    wrong: "would make queues on AWS that no Terraform state knows",
    got: endpoint,
    allowed: "emulators are allowed",
    mend: "Deploy the stacks first",
  });
}

function noQueues(endpoint: string, missing: readonly TargetedQueue[]): UserError {
  const names = missing.map(({ name }) => name).join(", ");
  const [verb, them] = missing.length === 1 ? ["is", "it"] : ["are", "them"];
  return new UserError({
    what: "--sqs-endpoint",
    wrong: `${names} ${verb} not there`,
    got: endpoint,
    allowed: "an endpoint that has every queue that the stacks send to is allowed",
    mend: isAwsEndpoint(endpoint)
      ? "Deploy the stacks first"
      : `Make ${them}, or have ${them} made with --create-queues`,
  });
}

function noSqs(endpoint: string, error: Error): UserError {
  return new UserError({
    what: "--sqs-endpoint",
    wrong: `${isUnreachable(error) ? "nothing answers" : "what answers is not a working SQS"} (${reasonOf(error)})`,
    got: endpoint,
    allowed: "SQS, or an emulator that speaks its AWS JSON protocol, is allowed",
    mend: "Start it, or correct the address, http or https; leave the flag out to use the emulator",
    cause: error,
  });
}

function isUnreachable(error: Error): boolean {
  return /CONN|ENOTFOUND|EAI_AGAIN|UNREACH|TIMEDOUT/.test(codeOf(error)) || error.name === "SqsTimeoutError";
}

/** Errors of TLS tell places in OpenSSL's sources, and an error for several addresses has no words at all. */
function reasonOf(error: Error): string {
  if (error instanceof SqsError) return `${error.code}: ${error.message}`;
  const code = codeOf(error);
  if (/^ERR_SSL|^EPROTO/.test(code)) return "it does not speak https";
  if (/^UND_ERR_SOCKET|ECONNRESET/.test(code) || causeOf(error).name === "HTTPParserError") {
    return "it does not speak http";
  }
  const message = code === "" ? error.message : (causeOf(error).message ?? "");
  return message === "" ? code : message.replace(/\.$/, "");
}

function codeOf(error: Error): string {
  return causeOf(error).code ?? "";
}

/** What the system said. */
function causeOf({ cause }: Error): {
  readonly code?: string;
  readonly name?: string;
  readonly message?: string;
} {
  return cause ?? {};
}
