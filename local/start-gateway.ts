import path from "node:path";
import { isAwsEndpoint } from "./aws/aws-signer";
import { HandlerModuleInvoker } from "./aws/handler-module-invoker";
import { type FunctionInvoker, functionName } from "./aws/lambda";
import { LambdaEndpointInvoker } from "./aws/lambda-endpoint-invoker";
import { SqsClient } from "./aws/sqs-client";
import { type EmulatedQueue, type SqsEmulator, startSqsEmulator } from "./aws/sqs-emulator";
import { type Endpoint, endpointsOf } from "./endpoints";
import { Gateway, type GatewayServices } from "./gateway";
import { Page, pagePrefix } from "./page/page";
import { queuesToShow } from "./page/queues-to-show";
import type { RequestTrace } from "./request-trace";
import { type Gateways, startServer } from "./server";
import { readStack } from "./terraform/read-stack";
import type { Authorizer, Queue, RestApi, StackModel } from "./terraform/stack-model";
import { UserError } from "./user-error";

/** What to serve, and how. */
export interface GatewayOptions {
  /** Each a `cdk.tf.json`, its folder, or the output of `terraform show -json`. */
  readonly stacks: readonly string[];
  /** @default an SQS emulator of its own, with the stacks' queues */
  readonly sqsEndpoint?: string | undefined;
  /** @default 0, a free port */
  readonly port?: number | undefined;
  /** @default "127.0.0.1" */
  readonly host?: string | undefined;
  /** Module that exports the `handler` of every authorizer without one in `authorizers`. */
  readonly authorizer?: string | undefined;
  /** Modules that export a `handler`, by the ARN or the name of the Lambda function. */
  readonly authorizers?: Readonly<Record<string, string>> | undefined;
  /** Where Lambda functions are invoked, instead of in modules. @default the environment's AWS_ENDPOINT_URL_LAMBDA */
  readonly lambdaEndpoint?: string | undefined;
  /** Values of Terraform variables. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Is told of every request once it is answered. */
  readonly onTrace?: ((trace: RequestTrace) => void) | undefined;
  /** Whether `/` shows a page with requests and queues. @default false */
  readonly page?: boolean | undefined;
}

/** One stack that is served. */
export interface ServedStack {
  readonly stack: string;
  /** The whole URL of its first method that sends to a queue. */
  readonly url: string;
  /** Where the messages of that method arrive. */
  readonly queueUrl: string;
  /** All its methods. */
  readonly urls: readonly Endpoint[];
}

/** A gateway that runs. */
export interface RunningGateway {
  readonly stacks: readonly ServedStack[];
  readonly sqsEndpoint: string;
  /** The page that shows requests and queues, where there is one. */
  readonly pageUrl?: string;
  /**
   * Serves these stacks from now on; queues keep their messages, connections stay open.
   * @throws what startGateway throws; then the stacks so far are served on
   */
  reload(stacks: readonly string[]): Promise<void>;
  /** Ends the gateway, and the SQS emulator that it started. */
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
  const loaded = load(options, options.stacks);
  const { region } = loaded;
  const sqs = await connectSqs(options.sqsEndpoint, region, loaded.queues);
  // Node.js would take an empty host for every interface.
  const host = options.host === undefined || options.host === "" ? "127.0.0.1" : options.host;
  const page = options.page ? createPage(sqs, region, host) : undefined;
  try {
    const gateways = createGateways(loaded, sqs, options.onTrace, page);
    const server = await startServer({ gateways, page, host, port: options.port ?? 0 });
    let stacks = servedStacks(server.origin, loaded, sqs);
    page?.show(stacks, loaded.queues);
    return {
      get stacks() {
        return stacks;
      },
      sqsEndpoint: sqs.endpoint,
      ...(page && { pageUrl: `${server.origin}/` }),
      reload: async (locations) => {
        const changed = load(options, locations);
        await sqs.addQueues(changed.queues);
        server.replace(createGateways(changed, sqs, options.onTrace, page));
        stacks = servedStacks(server.origin, changed, sqs);
        page?.show(stacks, changed.queues);
      },
      close: async () => {
        page?.close();
        await server.close();
        await sqs.close();
      },
    };
  } catch (error) {
    await sqs.close();
    throw error;
  }
}

/** The stacks as they stand on disk now. */
interface LoadedStacks {
  readonly models: readonly StackModel[];
  readonly apis: readonly MountedApi[];
  /** Region of the first API. */
  readonly region: string;
  readonly queues: readonly TargetedQueue[];
  readonly invoker: FunctionInvoker;
}

function load(options: GatewayOptions, locations: readonly string[]): LoadedStacks {
  const models = locations.map((location) =>
    readStack({ path: location, ...(options.variables && { variables: options.variables }) }),
  );
  const apis = mountApis(models);
  if (options.page) refusePagePrefix(apis);
  const region = apis[0]?.api.region ?? "us-east-1";
  return {
    models,
    apis,
    region,
    queues: queuesToShow(models),
    invoker: chooseInvoker(options, apis, region),
  };
}

function createGateways(
  { apis, invoker }: LoadedStacks,
  sqs: ConnectedSqs,
  onTrace: GatewayOptions["onTrace"],
  page: Page | undefined,
): Gateways {
  return new Map(
    apis.map(({ prefix, stack, api }) => [
      prefix,
      new Gateway(stack, api, { sqs: sqs.client, invoker, ...tracing(onTrace, page, prefix) }),
    ]),
  );
}

interface MountedApi {
  /** First segment of its URLs' path. */
  readonly prefix: string;
  readonly stack: StackModel;
  readonly api: RestApi;
}

/** An API is found under its stack's name; where a stack has several, under `<stack>.<name of the resource>`. */
function mountApis(models: readonly StackModel[]): MountedApi[] {
  const mounted = models.flatMap((stack) =>
    stack.restApis.map((api) => ({
      prefix: stack.restApis.length === 1 ? stack.name : `${stack.name}.${api.address.replace(/^.*\./, "")}`,
      stack,
      api,
    })),
  );
  const names = mounted.map(({ prefix }) => prefix);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined && mounted.length > 0) return mounted;
  throw new UserError({
    what: "stacks",
    wrong: twice === undefined ? "hold no REST API" : "have the same name",
    got: twice ?? `${models.length} stacks without one`,
    allowed: "stacks of different names with a REST API each can be served together",
    mend: "Name others with --stack",
  });
}

function refusePagePrefix(apis: readonly MountedApi[]): void {
  if (!apis.some(({ prefix }) => prefix === pagePrefix)) return;
  throw new UserError({
    what: "stacks",
    wrong: "would hide the page's own files",
    got: `a stack ${pagePrefix}`,
    allowed: "any other name is",
    mend: "Rename it, or switch the page off with --no-page",
  });
}

/** Milliseconds between two looks at the queues while the page is open; on AWS each of them is paid for. */
const pollInterval = { local: 1000, aws: 5000 };

function createPage(sqs: ConnectedSqs, region: string, host: string): Page {
  return new Page({
    host,
    sqs: sqs.client,
    sqsEndpoint: sqs.endpoint,
    region,
    peek: sqs.peek,
    pollInterval: isAwsEndpoint(sqs.endpoint) ? pollInterval.aws : pollInterval.local,
  });
}

/** The caller is told of every request; the page alone, of as many as it wants. */
function tracing(
  onTrace: GatewayOptions["onTrace"],
  page: Page | undefined,
  stack: string,
): Pick<GatewayServices, "onTrace" | "wantsTrace"> {
  if (page === undefined) return onTrace === undefined ? {} : { onTrace };
  return {
    onTrace: (trace, secrets) => {
      onTrace?.(trace);
      page.record(stack, trace, secrets);
    },
    wantsTrace: onTrace === undefined ? page.log.wants : undefined,
  };
}

function chooseInvoker(
  options: GatewayOptions,
  apis: readonly MountedApi[],
  region: string,
): FunctionInvoker {
  const endpoint = options.lambdaEndpoint ?? process.env.AWS_ENDPOINT_URL_LAMBDA;
  if (endpoint !== undefined && endpoint !== "") return new LambdaEndpointInvoker({ endpoint, region });
  const needed = apis.flatMap(({ api }) => authorizersOf(api));
  if (needed.length === 0) return new HandlerModuleInvoker({});
  try {
    requireModules(options, needed);
    return new HandlerModuleInvoker(options.authorizers ?? {}, options.authorizer);
  } catch (error) {
    throw new UserError({
      what: "--authorizer",
      wrong: "can't run the stacks' authorizers",
      got: error instanceof Error ? error.message.replace(/\.$/, "") : String(error),
      allowed: "a JavaScript or TypeScript module, or its folder, that exports a function named handler",
      mend: "Correct the path, or set AWS_ENDPOINT_URL_LAMBDA to invoke the functions elsewhere",
      cause: error,
    });
  }
}

/** Every function needs a module; that a request finds none would be too late. */
function requireModules(
  { authorizer, authorizers = {} }: GatewayOptions,
  needed: readonly Authorizer[],
): void {
  if (authorizer !== undefined) return;
  const without = needed.find(
    ({ functionArn }) =>
      authorizers[functionArn] === undefined && authorizers[functionName(functionArn)] === undefined,
  );
  if (without !== undefined) throw new Error(`no module for ${without.functionArn}`);
}

function authorizersOf(api: RestApi): Authorizer[] {
  const methods = api.resources.flatMap((resource) => Object.values(resource.methods));
  return [...new Set(methods.flatMap(({ authorizer }) => authorizer ?? []))];
}

/** A queue of the stacks, or one from elsewhere to which they send. */
type TargetedQueue = Pick<Queue, "name" | "url" | "attributes">;

interface ConnectedSqs {
  readonly endpoint: string;
  readonly client: SqsClient;
  queueUrl(queue: TargetedQueue): string;
  /** Makes the queues that are not there yet, where that is ours to do. */
  addQueues(queues: readonly TargetedQueue[]): Promise<void>;
  /** Only the emulator of its own can show messages without receiving them. */
  readonly peek?: SqsEmulator["peek"];
  close(): Promise<void>;
}

async function connectSqs(
  endpoint: string | undefined,
  region: string,
  queues: readonly TargetedQueue[],
): Promise<ConnectedSqs> {
  if (endpoint === undefined) return emulatedSqs(await emulate(region, queues), region);
  requireUrl(endpoint);
  const client = new SqsClient({ endpoint, region });
  const queueUrl = ({ url }: TargetedQueue) =>
    isAwsEndpoint(endpoint) ? url : new URL(new URL(url).pathname, endpoint).href;
  return { endpoint, client, queueUrl, addQueues: () => Promise.resolve(), close: () => client.close() };
}

function emulate(region: string, queues: readonly TargetedQueue[]): Promise<SqsEmulator> {
  return startSqsEmulator({ region, queues: queues.map(emulatedQueue) });
}

function emulatedQueue({ name, attributes }: TargetedQueue): EmulatedQueue {
  return { name, attributes: { ...attributes } };
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

function requireUrl(endpoint: string): void {
  if (URL.canParse(endpoint) && /^https?:/.test(endpoint)) return;
  throw new UserError({
    what: "--sqs-endpoint",
    wrong: "is not a URL",
    got: JSON.stringify(endpoint),
    allowed: "URLs such as http://127.0.0.1:9324",
    mend: "Correct it, or leave it out to use the emulator",
  });
}

function servedStacks(origin: string, { apis, queues }: LoadedStacks, sqs: ConnectedSqs): ServedStack[] {
  return apis.map(({ prefix, api }) => {
    const urls = endpointsOf(api, `${origin}/${prefix}`);
    const sending = urls.find(({ queueName }) => queueName !== undefined) ?? urls[0];
    const queue = queues.find(({ name }) => name === sending?.queueName);
    return {
      stack: prefix,
      url: sending?.url ?? `${origin}/${prefix}`,
      queueUrl: queue === undefined ? "" : sqs.queueUrl(queue),
      urls,
    };
  });
}

/** The sample authorizer of this project. */
export const sampleAuthorizer = path.join(__dirname, "..", "lambda", "token-authorizer");
