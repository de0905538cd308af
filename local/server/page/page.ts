import type { IncomingMessage, ServerResponse } from "node:http";
import { isAwsEndpoint } from "../../../aws/aws-signer";
import { isLoopback } from "../../sqs/own-host";
import type { ConnectedSqs } from "../connect-sqs";
import { readPayload } from "../read-payload";
import type { ServedBucket } from "../served-buckets";
import { type ServedQueue, deadLetterQueueOf } from "../served-queues";
import { asyncApi, localOpenApi } from "../api-documents";
import { pathOf } from "../endpoints";
import type { MountedStacks } from "../load-stacks";
import type { RunningGateway } from "../start-gateway";
import type { ServedStack } from "../served-stacks";
import { type CallSqs, queueDepth, receivedMessages, sqsCaller } from "./call-sqs";
import { EventStream } from "./event-stream";
import { readPageFiles, refuseForeign, send, sendJson } from "./page-http";
import { redrive } from "./redrive";
import { RequestLog } from "./request-log";
import type * as WebhookSampling from "./webhook-samples";
import { messageOf } from "../../../errors/mistake";

/** What the page works on. */
export interface PageOptions {
  /** The address that the gateway was told to listen on. */
  readonly host: string;
  readonly sqs: Pick<ConnectedSqs, "endpoint" | "service" | "peek">;
  readonly region: string;
}

/** What methods can be tried with. */
type Samples = Partial<Pick<RunningGateway, "sampleToken" | "sampleCredentials">>;

/** Bytes of what the form has when it asks for a sample: more than SQS takes as a message. */
const MOST_OF_FORM = 2 * 1024 * 1024;

/** What the page tells of the stacks. */
interface ShownStacks extends MountedStacks {
  readonly queues: readonly ServedQueue[];
  readonly shownBuckets?: readonly ServedBucket[];
  /** With which handshakes show whose subscription they are, where that is known. */
  readonly webhookVerifyToken?: string | undefined;
}

/** First segment of the paths of all that the page needs, beside `/` itself. */
export const PAGE_PREFIX = "_page";

/** Messages of one queue that are shown, unless more are asked for. */
const FEW_MESSAGES = 50;

/** Messages of one queue that are shown at most: each may weigh 16 KiB here. */
const MOST_MESSAGES = 1000;

/** Where what is served answers. */
interface Origins {
  readonly gateway: string;
  readonly sqs: string;
}

/** The documents of what is served, by the first segment of their paths. */
export const DOCUMENTS: Readonly<Record<string, (stacks: MountedStacks, origins: Origins) => object>> = {
  "openapi.json": ({ apis }, { gateway }) => localOpenApi(apis, gateway),
  "asyncapi.json": (stacks, { sqs }) => asyncApi(stacks, sqs),
};

/** Milliseconds between two looks at the queues while the page is open; on AWS each of them is paid for. */
const POLL_INTERVAL = { local: 1000, aws: 5000 };

/** The gateway's page: `/` and `/_page/…`. It asks SQS nothing while nobody has it open. */
export class Page {
  public readonly log: RequestLog;
  private readonly files = readPageFiles();
  private readonly call: CallSqs;
  private readonly events: EventStream;
  private readonly pollInterval: number;
  private webhookSamples: WebhookSampling.WebhookSamples | undefined;
  private stacks: readonly ServedStack[] = [];
  private loaded: ShownStacks = { models: [], apis: [], queues: [] };
  private samples: Samples = {};
  private timer: NodeJS.Timeout | undefined;
  private open = false;

  constructor(private readonly options: PageOptions) {
    const { sqs, region } = options;
    this.call = sqsCaller(sqs.service, region);
    this.pollInterval = isAwsEndpoint(sqs.endpoint) ? POLL_INTERVAL.aws : POLL_INTERVAL.local;
    this.log = new RequestLog((request) => {
      this.events.send("request", { request, missed: this.log.missed });
    });
    this.events = new EventStream((open) => {
      this.pollWhile(open > 0);
    });
  }

  /**
   * What is served now; open pages show it at once.
   * @param samples filled into the form, as are tokens and stand-ins for API keys of the endpoints, unless others than this
   * machine's user can open the page
   */
  public show(stacks: readonly ServedStack[], loaded: ShownStacks, samples: Samples): void {
    const isPrivate = this.isPrivate();
    this.stacks = isPrivate ? stacks : stacks.map(withoutSecrets);
    this.loaded = loaded;
    this.samples = isPrivate ? samples : {};
    this.events.send("state", this.state());
  }

  /** Answers a request for `/`, below `/_page` or for one of the {@link DOCUMENTS}. */
  public async serve(request: IncomingMessage, response: ServerResponse, url: string): Promise<void> {
    const path = url.replace(/\?.*$/s, "");
    const reading = request.method === "GET" || request.method === "HEAD";
    const kind = path === "/" ? "document" : reading ? "read" : "change";
    const refusal = refuseForeign(request.headers, this.options.host, kind);
    if (refusal !== undefined) {
      request.resume();
      sendJson(response, 403, { message: refusal });
    } else if (reading) await this.read(path, limitIn(url), response);
    else if (request.method === "POST") await this.change(path, request, response);
    else sendJson(response, 405, { message: "GET and POST are allowed." });
  }

  public close(): void {
    this.pollWhile(false);
    this.events.close();
  }

  private async read(path: string, limit: number, response: ServerResponse): Promise<void> {
    const file = this.files.get(path);
    const describe = DOCUMENTS[path.slice(1)];
    if (describe !== undefined) {
      const gateway = `http://${response.req.headers.host ?? ""}`;
      sendJson(response, 200, describe(this.loaded, { gateway, sqs: this.options.sqs.endpoint }));
    } else if (file !== undefined) {
      send(response, 200, file.contentType, file.content);
    } else if (path === "/_page/events") {
      const { requests, missed } = this.log;
      this.events.open(response, [
        ["state", this.state()],
        ["requests", { requests, missed }],
      ]);
    } else {
      const queue = this.queueOf(/^\/_page\/queues\/([\w.-]+)\/messages$/.exec(path)?.[1]);
      const { peek } = this.options.sqs;
      if (queue === undefined || peek === undefined) {
        sendJson(response, 404, { message: "There is no such thing." });
      } else await answer(response, async () => ({ messages: await peek(queue.name, { messages: limit }) }));
    }
  }

  private async change(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === "/_page/sample") {
      const form = (await readPayload(request, MOST_OF_FORM))?.toString() ?? "";
      const token = this.isPrivate() ? this.loaded.webhookVerifyToken : undefined;
      this.webhookSamples ??= new (webhookSampling().WebhookSamples)();
      const sample = this.webhookSamples.fill(form, this.stacks, token);
      if (sample === undefined) sendJson(response, 400, { message: "There is no such sample." });
      else sendJson(response, 200, sample);
      return;
    }
    const [, name, action] = /^\/_page\/queues\/([\w.-]+)\/(receive|purge|redrive)$/.exec(path) ?? [];
    const queue = this.queueOf(name);
    const target = this.queueOf((await readPayload(request, 1024))?.toString());
    if (queue === undefined) sendJson(response, 404, { message: "There is no such queue." });
    else if (action === "receive") {
      await answer(response, async () => ({ messages: await receivedMessages(this.call, queue) }));
    } else if (action === "purge") await answer(response, () => this.call("PurgeQueue", queue));
    else if (target !== undefined && deadLetterQueueOf(target) === queue.name) {
      await answer(response, () => redrive(this.call, queue, target));
    } else {
      sendJson(response, 400, {
        message: `The body must name a queue whose failed messages go to ${queue.name}.`,
      });
    }
    if (this.open) void this.sendDepths();
  }

  /** Can nobody but this machine's user open the page? */
  private isPrivate(): boolean {
    return isLoopback(this.options.host);
  }

  private queueOf(name: string | undefined): ServedQueue | undefined {
    return this.loaded.queues.find((queue) => queue.name === name);
  }

  private state(): object {
    const { endpoint, peek } = this.options.sqs;
    return {
      sqsEndpoint: endpoint,
      canPeek: peek !== undefined,
      ...this.samples,
      stacks: this.stacks.map(({ stack, urls }) => ({
        stack,
        endpoints: urls.map(({ url, webhook, ...endpoint }) => ({
          ...endpoint,
          path: pathOf(url),
          ...(webhook && { webhook: { ...webhook, samples: webhookSampling().sampleChoices(webhook) } }),
        })),
      })),
      buckets: this.loaded.shownBuckets ?? [],
      queues: this.loaded.queues.map((queue) => ({
        ...queue,
        deadLetterQueue: deadLetterQueueOf(queue),
        sources: this.loaded.queues
          .filter((other) => deadLetterQueueOf(other) === queue.name)
          .map(({ name }) => name),
      })),
    };
  }

  private pollWhile(open: boolean): void {
    if (open === this.open) return;
    this.open = open;
    clearTimeout(this.timer);
    if (open) void this.poll();
  }

  private async poll(): Promise<void> {
    await this.sendDepths();
    if (!this.open) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.poll(), this.pollInterval);
  }

  private async sendDepths(): Promise<void> {
    const depths = await Promise.all(this.loaded.queues.map((queue) => queueDepth(this.call, queue)));
    this.events.send("depths", { time: Date.now(), depths });
  }
}

/** Read when a stack has senders: their presets take 25 ms. */
function webhookSampling(): typeof WebhookSampling {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a start without senders need not wait for them
  return require("./webhook-samples") as typeof WebhookSampling;
}

function withoutSecrets(stack: ServedStack): ServedStack {
  const urls = stack.urls.map(({ sampleToken: _, apiKey, ...endpoint }) => ({
    ...endpoint,
    ...(apiKey && { apiKey: {} }),
  }));
  return { ...stack, urls };
}

function limitIn(url: string): number {
  const asked = /[?&]limit=(\d+)/.exec(url)?.[1] ?? FEW_MESSAGES;
  return Math.min(Number(asked), MOST_MESSAGES);
}

/** What fails here is for the person before the page to know. */
async function answer(response: ServerResponse, work: () => Promise<unknown>): Promise<void> {
  try {
    sendJson(response, 200, await work());
  } catch (error) {
    sendJson(response, 502, { message: messageOf(error) });
  }
}
