import { type CallerOptions, Callers, type SampleCredentials } from "./callers";
import type { Claims } from "../cognito/user-pool-keys";
import { ConnectedS3, type S3Options } from "./connect-s3";
import { type ConnectedSqs, type PreparedSqs, prepareSqs, type SqsOptions } from "./connect-sqs";
import { type ConsumerOptions, Consumers, type ServedConsumer } from "./consumers";
import { type Listeners, createGateways } from "./create-gateways";
import { type LoadOptions, type LoadedStacks, loadStacks } from "./load-stacks";
import { Page } from "./page/page";
import { queuedMessages } from "./queued-messages";
import { bucketsAt, type ServedBucket } from "./served-buckets";
import { type ServedStack, servedStacks } from "./served-stacks";
import type { PeekedMessage } from "../sqs/message";
import { type GatewayServer, type Gateways, startServer } from "./server";

/** What to serve, and how. */
export interface GatewayOptions
  extends LoadOptions, CallerOptions, SqsOptions, S3Options, Omit<Listeners, "page"> {
  /**
   * Feeds the queues' messages to a function, as Lambda's event source mapping would: to the `handler` of this module, or, if true, to
   * the functions that the stacks' mappings name. @default none, so that messages stay where they can be looked at
   */
  readonly consumer?: ConsumerOptions["consumer"];
  /** What the function prints on standard output goes to standard error, for whoever prints something else there. @default false */
  readonly consumerPrintsToStandardError?: ConsumerOptions["consumerPrintsToStandardError"];
  /**
   * Each a root module's folder or file, a folder of CDKTF's output, or the output of `terraform show -json` for a state or a plan.
   * While a promise of them is waited for, the emulator starts.
   */
  readonly stacks: readonly string[] | Promise<readonly string[]>;
  /** @default 0, a free port */
  readonly port?: number | undefined;
  /** @default "127.0.0.1" */
  readonly host?: string | undefined;
}

/** A gateway that runs. */
export interface RunningGateway {
  readonly stacks: readonly ServedStack[];
  readonly sqsEndpoint: string;
  /** Where objects are, with the bucket in the path; undefined where no stack's integration calls S3. */
  readonly s3Endpoint: string | undefined;
  /** Of the stacks whose integrations call S3. */
  readonly buckets: readonly ServedBucket[];
  /** The queues whose messages a function gets. */
  readonly consumers: readonly ServedConsumer[];
  /** Folders of the modules that the stacks call. */
  readonly moduleFolders: readonly string[];
  /** Batches that functions are at work on. */
  readonly batchesInFlight: number;
  /** The page that shows requests and queues, where there is one. */
  readonly pageUrl: string | undefined;
  /** The token that the authorizers accept, where the sample authorizer is theirs. */
  readonly sampleToken: string | undefined;
  /** The access key that may call methods of type `AWS_IAM`, unless others were given. */
  readonly sampleCredentials: SampleCredentials | undefined;
  /** What is served otherwise than its author may think, one line each. */
  readonly warnings: readonly string[];
  /**
   * What a queue of the stacks holds, the oldest message first. Nothing is received: messages stay as they are.
   * @param queue its name; may be left out where the stacks' methods send to one queue only
   * @throws UserError for a queue that the stacks don't have, and where SQS is another than the gateway's own emulator
   */
  messages(queue?: string): Promise<readonly PeekedMessage[]>;
  /**
   * A token as Cognito signs them, for methods of type `COGNITO_USER_POOLS`: of the stacks' first user pool, an ID token, good
   * for a day, unless the claims say otherwise. A claim that is undefined is left out.
   * @throws UserError where no stack has such a method, and where the keys that were given are public ones
   */
  cognitoToken(claims?: Claims): string;
  /**
   * Serves these stacks from now on; queues keep their messages, connections stay open.
   * @throws what startGateway throws; then the stacks so far are served on
   */
  reload(stacks: readonly string[]): Promise<void>;
  /** Ends the gateway, once the batches under way have ended, and the emulators that it started. */
  close(): Promise<void>;
}

/**
 * Serves synthesized stacks on this machine. In a test suite:
 *
 *     const gateway = await startGateway({ stacks: ["cdktf.out/stacks/no-auth-stack"] });
 *     await fetch(gateway.stacks[0].url, { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
 *     await gateway.close();
 *
 * @throws StackError for a stack that can't be served; UserError for a port in use and the like.
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const prepared = prepareSqs(options);
  const { loaded, callers } = await loadMeanwhile(prepared, options);
  const { region } = loaded;
  const sqs = await prepared.connect(region);
  // Node.js would take an empty host for every interface.
  const host = options.host === undefined || options.host === "" ? "127.0.0.1" : options.host;
  const page = options.page ? new Page({ host, sqs, region }) : undefined;
  let s3: ConnectedS3 | undefined;
  let consumers: Consumers | undefined;
  try {
    s3 = new ConnectedS3(options, region, sqs);
    await sqs.addQueues(loaded.queues, loaded.sentTo);
    const notifications = await s3.prepare(loaded);
    consumers = await Consumers.prepare(options, loaded, sqs, s3.endpoint);
    const services = { sqs: sqs.service, s3: s3.service, callers };
    const gateways = createGateways(loaded, services, { ...options, page });
    const server = await startServer({ gateways, page, host, port: options.port ?? 0 });
    await s3.notifyBy(notifications);
    consumers.start();
    return new LocalGateway({ options, sqs, s3, callers, page, server }, loaded, gateways, consumers);
  } catch (error) {
    await consumers?.stop();
    await s3?.close();
    await sqs.close();
    throw error;
  }
}

interface Loaded {
  readonly loaded: LoadedStacks;
  readonly callers: Callers;
}

async function loadMeanwhile(prepared: PreparedSqs, options: GatewayOptions): Promise<Loaded> {
  try {
    const stacks = await options.stacks;
    return { callers: new Callers(options), loaded: await loadStacks(options, stacks) };
  } catch (error) {
    prepared.abandon();
    throw error;
  }
}

/** What runs as long as the gateway, whatever stacks it serves. */
interface RunningParts {
  readonly options: GatewayOptions;
  readonly sqs: ConnectedSqs;
  readonly s3: ConnectedS3;
  readonly callers: Callers;
  readonly page: Page | undefined;
  readonly server: GatewayServer;
}

class LocalGateway implements RunningGateway {
  public readonly sqsEndpoint: string;
  public readonly pageUrl: string | undefined;
  public readonly sampleCredentials: SampleCredentials | undefined;
  public stacks: readonly ServedStack[] = [];
  public sampleToken: string | undefined;
  public warnings: readonly string[] = [];

  constructor(
    private readonly parts: RunningParts,
    private loaded: LoadedStacks,
    gateways: Gateways,
    private running: Consumers,
  ) {
    const { sqs, callers, page, server } = parts;
    this.sqsEndpoint = sqs.endpoint;
    this.sampleCredentials = callers.sampleCredentials;
    this.pageUrl = page && `${server.origin}/`;
    this.show(loaded, gateways);
  }

  public get s3Endpoint(): string | undefined {
    return this.parts.s3.endpoint;
  }

  public get buckets(): readonly ServedBucket[] {
    return bucketsAt(this.s3Endpoint, this.loaded.models);
  }

  public get consumers(): readonly ServedConsumer[] {
    return this.running.served;
  }

  public get moduleFolders(): readonly string[] {
    return this.loaded.moduleFolders;
  }

  public get batchesInFlight(): number {
    return this.running.batchesInFlight;
  }

  public async reload(locations: readonly string[]): Promise<void> {
    const { options, sqs, s3, callers, page, server } = this.parts;
    const loaded = await loadStacks(options, locations, this.loaded.apis);
    await sqs.addQueues(loaded.queues, loaded.sentTo);
    const notifications = await s3.prepare(loaded);
    const services = { sqs: sqs.service, s3: s3.service, callers };
    const gateways = createGateways(loaded, services, { ...options, page });
    const consumers = await Consumers.prepare(options, loaded, sqs, s3.endpoint);
    server.replace(gateways);
    await s3.notifyBy(notifications);
    // One after the other: together they would be more at once than the mappings allow.
    await this.running.stop();
    consumers.start();
    this.running = consumers;
    this.show(loaded, gateways);
  }

  public messages(queue?: string): Promise<readonly PeekedMessage[]> {
    return queuedMessages(this.parts.sqs, this.loaded, queue);
  }

  public cognitoToken(claims: Claims = {}): string {
    const apis = this.loaded.apis.map(({ api }) => api);
    return this.parts.callers.sign(apis, claims);
  }

  public async close(): Promise<void> {
    const { page, server, sqs, s3 } = this.parts;
    page?.close();
    await Promise.all([server.close(), this.running.stop()]);
    await s3.close();
    await sqs.close();
  }

  private show(loaded: LoadedStacks, gateways: Gateways): void {
    const { server, sqs, s3, callers, page } = this.parts;
    this.loaded = loaded;
    this.stacks = servedStacks(server.origin, loaded, sqs, callers);
    this.sampleToken = loaded.sampleToken;
    this.warnings = [
      ...loaded.models.flatMap(({ notes }) => notes()),
      ...loaded.authorizerNotes,
      ...[...gateways.values()].flatMap(({ startWarnings }) => startWarnings),
      ...s3.warnings,
      ...this.running.warnings,
    ];
    const { sampleToken, sampleCredentials, buckets: shownBuckets } = this;
    page?.show(this.stacks, { ...loaded, shownBuckets }, { sampleToken, sampleCredentials });
  }
}
