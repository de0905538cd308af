import { isAwsEndpoint } from "../../aws/aws-signer";
import { type ConnectedSqs, type SqsOptions, connectSqs } from "./connect-sqs";
import { type Endpoint, endpointsOf } from "./endpoints";
import { Gateway, type GatewayServices } from "../apigateway/gateway";
import { type LoadOptions, type LoadedStacks, loadStacks } from "./load-stacks";
import { Page } from "./page/page";
import { requestLine } from "./request-line";
import type { RequestTrace } from "../apigateway/request-trace";
import { type Gateways, startServer } from "./server";

export { sampleAuthorizer } from "./load-stacks";

/** What to serve, and how. */
export interface GatewayOptions extends LoadOptions, SqsOptions {
  /** Each a `cdk.tf.json`, its folder, a folder of such folders, or the output of `terraform show -json`. */
  readonly stacks: readonly string[];
  /** @default 0, a free port */
  readonly port?: number | undefined;
  /** @default "127.0.0.1" */
  readonly host?: string | undefined;
  /** Is told of every request once it is answered. */
  readonly onTrace?: ((trace: RequestTrace) => void) | undefined;
  /** Is told of every request in one line for a terminal, with the cause of each 5xx and without tokens and keys. */
  readonly log?: ((line: string) => void) | undefined;
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
  /** The token that the authorizers accept, where the sample authorizer is theirs. */
  readonly sampleToken: string | undefined;
  /** What is served otherwise than its author may think, one line each. */
  readonly warnings: readonly string[];
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
  let loaded = loadStacks(options, options.stacks);
  const { region } = loaded;
  const sqs = await connectSqs(options, region);
  // Node.js would take an empty host for every interface.
  const host = options.host === undefined || options.host === "" ? "127.0.0.1" : options.host;
  const page = options.page ? createPage(sqs, region, host) : undefined;
  try {
    await sqs.addQueues(loaded.queues, loaded.sentTo);
    let gateways = createGateways(loaded, sqs, options, page);
    const server = await startServer({ gateways, page, host, port: options.port ?? 0 });
    let stacks = servedStacks(server.origin, loaded, sqs);
    page?.show(stacks, loaded.queues, loaded.sampleToken);
    return {
      get stacks() {
        return stacks;
      },
      sqsEndpoint: sqs.endpoint,
      ...(page && { pageUrl: `${server.origin}/` }),
      get sampleToken() {
        return loaded.sampleToken;
      },
      get warnings() {
        return [...gateways.values()].flatMap(({ startWarnings }) => startWarnings);
      },
      reload: async (locations) => {
        const changed = loadStacks(options, locations);
        await sqs.addQueues(changed.queues, changed.sentTo);
        gateways = createGateways(changed, sqs, options, page);
        server.replace(gateways);
        loaded = changed;
        stacks = servedStacks(server.origin, loaded, sqs);
        page?.show(stacks, loaded.queues, loaded.sampleToken);
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

function createGateways(
  { apis, invoker }: LoadedStacks,
  sqs: ConnectedSqs,
  options: GatewayOptions,
  page: Page | undefined,
): Gateways {
  return new Map(
    apis.map(({ name, prefix, stack, api }) => [
      prefix,
      new Gateway(stack, api, { sqs: sqs.client, invoker, ...tracing(options, page, name) }),
    ]),
  );
}

/** Milliseconds between two looks at the queues while the page is open; on AWS each of them is paid for. */
const POLL_INTERVAL = { local: 1000, aws: 5000 };

function createPage(sqs: ConnectedSqs, region: string, host: string): Page {
  return new Page({
    host,
    sqs: sqs.client,
    sqsEndpoint: sqs.endpoint,
    region,
    peek: sqs.peek,
    pollInterval: isAwsEndpoint(sqs.endpoint) ? POLL_INTERVAL.aws : POLL_INTERVAL.local,
  });
}

/** The caller is told of every request; the page, of as many as it wants. */
function tracing(
  { onTrace, log }: GatewayOptions,
  page: Page | undefined,
  stack: string,
): Pick<GatewayServices, "onTrace" | "wantsTrace"> {
  const wantsAll = onTrace !== undefined || log !== undefined;
  if (!wantsAll && page === undefined) return {};
  return {
    onTrace: (trace, secrets) => {
      onTrace?.(trace);
      log?.(requestLine(stack, trace, secrets));
      if (!wantsAll || page?.log.wants()) page?.record(stack, trace, secrets);
    },
    wantsTrace: wantsAll ? undefined : page?.log.wants,
  };
}

function servedStacks(origin: string, { apis, queues }: LoadedStacks, sqs: ConnectedSqs): ServedStack[] {
  return apis.map(({ name, prefix, api }) => {
    const urls = endpointsOf(api, `${origin}/${prefix}`);
    const sending = urls.find(({ queueName }) => queueName !== undefined) ?? urls[0];
    const queue = queues.find(({ name }) => name === sending?.queueName);
    return {
      stack: name,
      url: sending?.url ?? `${origin}/${prefix}`,
      queueUrl: queue === undefined ? "" : sqs.queueUrl(queue),
      urls,
    };
  });
}
