import { randomUUID } from "node:crypto";
import { isAwsEndpoint } from "../../aws/aws-signer";
import { messageOf } from "../../errors/mistake";
import { oneLine } from "../../errors/printable";
import { EventSourceMapping, type HandledBatch } from "../lambda/event-source-mapping";
import { type BatchFunction, ExecutionEnvironments } from "../lambda/execution-environments";
import { LambdaEndpointInvoker } from "../lambda/lambda-endpoint-invoker";
import type { ConnectedSqs } from "./connect-sqs";
import { type ConsumerOption, type ConsumerPlan, noCode, planConsumers } from "./consumer-plans";
import type { LoadedStacks } from "./load-stacks";
import { StackError } from "../terraform/stack-error";
import type { StackModel } from "../terraform/stack-model";
import { EndpointQueue } from "./polled-queue";
import { shortened, timeOfDay } from "./request-line";

/** A queue whose messages a function gets. */
export interface ServedConsumer {
  readonly stack: string;
  readonly queue: string;
  /** The module, or the name of the function that the stack makes. */
  readonly handler: string;
  readonly batchSize: number;
  readonly maximumBatchingWindowInSeconds: number;
  /** Batches at once. */
  readonly concurrency: number;
  readonly reportsBatchItemFailures: boolean;
}

/** Where consumers read, and who is told of them. */
export interface ConsumerOptions {
  /** @default no consumer */
  readonly consumer?: ConsumerOption | undefined;
  readonly lambdaEndpoint?: string | undefined;
  readonly consumerPrintsToStandardError?: boolean | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

/** Characters of a failure that are shown. */
const LONGEST_REASON = 300;

/** What consumes on AWS, and not here, by stack. */
function idleConsumers({ models }: LoadedStacks): string[] {
  return models
    .filter(hasConsumer)
    .map(
      ({ name }) => `${name} has a consumer, which consumes nothing here: that is what --consumer is for.`,
    );
}

/** What can't run here is wrong only where it is asked to. */
function hasConsumer(model: StackModel): boolean {
  try {
    return model.eventSourceMappings().some(({ enabled }) => enabled);
  } catch (error) {
    if (error instanceof StackError) return true;
    throw error;
  }
}

/** The functions that consume the stacks' queues. */
export class Consumers {
  private mappings: readonly EventSourceMapping[] = [];

  private constructor(
    private readonly planned: readonly PreparedConsumer[],
    public readonly warnings: readonly string[],
    private readonly sqs: ConnectedSqs,
    private readonly log: (line: string) => void,
  ) {}

  /**
   * Loads the functions; nothing is received yet.
   * @param s3Endpoint where the functions find the objects of which messages tell
   * @throws StackError for a mapping that can't run as it would on AWS; UserError for code that can't
   */
  public static async prepare(
    { consumer, lambdaEndpoint, consumerPrintsToStandardError, log = () => undefined }: ConsumerOptions,
    loaded: LoadedStacks,
    sqs: ConnectedSqs,
    s3Endpoint?: string,
  ): Promise<Consumers> {
    if (consumer === undefined) return new Consumers([], idleConsumers(loaded), sqs, log);
    const endpoint = lambdaEndpoint ?? process.env.AWS_ENDPOINT_URL_LAMBDA;
    const { plans, warnings } = planConsumers(consumer, loaded, endpoint === "" ? undefined : endpoint);
    const prepared: PreparedConsumer[] = [];
    try {
      for (const plan of plans) {
        const code = plan.code && {
          ...plan.code,
          environment: { ...variablesOf(s3Endpoint), ...plan.code.environment },
          printsToStandardError: consumerPrintsToStandardError,
        };
        prepared.push({ plan, lambda: await functionOf({ ...plan, code }, endpoint) });
      }
    } catch (error) {
      for (const { lambda } of prepared) lambda.close();
      throw noCode(messageOf(error).replace(/\.$/, ""), error);
    }
    return new Consumers(prepared, warnings, sqs, log);
  }

  public get served(): readonly ServedConsumer[] {
    return this.planned.map(({ plan }) => ({
      stack: plan.stack,
      queue: plan.queue.name,
      handler: plan.label,
      batchSize: plan.batchSize,
      maximumBatchingWindowInSeconds: plan.maximumBatchingWindowInSeconds,
      concurrency: plan.concurrency,
      reportsBatchItemFailures: plan.reportsBatchItemFailures,
    }));
  }

  /** Batches under way. */
  public get batchesInFlight(): number {
    return this.mappings.reduce((sum, { batchesInFlight }) => sum + batchesInFlight, 0);
  }

  public start(): void {
    const { endpoint } = this.sqs;
    // A receive costs on AWS, and elsewhere a short one ends soon.
    const waitSeconds = isAwsEndpoint(endpoint) ? 20 : 1;
    this.mappings = this.planned.map(({ plan, lambda }) => {
      const queue = new EndpointQueue(endpoint, this.sqs.queueUrl(plan.queue), plan.source);
      return new EventSourceMapping(queue, lambda, { ...plan, waitSeconds }, this.listeners(plan));
    });
  }

  /** Lets the batches under way end; what was not begun is in the queue. */
  public async stop(): Promise<void> {
    await Promise.all(this.mappings.map((mapping) => mapping.stop()));
    for (const { lambda } of this.planned) lambda.close();
  }

  private listeners(plan: ConsumerPlan) {
    const tell = (text: string) => {
      this.log(oneLine(`${timeOfDay(new Date())} ${text}`));
    };
    const { name } = plan.queue;
    return {
      onBatch: (batch: HandledBatch) => {
        tell(batchText(plan, batch));
      },
      onFiltered: (messages: number) => {
        tell(`${counted(messages)} of ${name} match no filter and are deleted`);
      },
      onTrouble: (message: string) => {
        tell(`${name}: ${message}`);
      },
    };
  }
}

/** By these AWS's SDKs find an emulator of S3, and have something to sign with, which Lambda gives a function on AWS. */
function variablesOf(s3Endpoint: string | undefined): Readonly<Record<string, string>> {
  if (s3Endpoint === undefined || isAwsEndpoint(s3Endpoint)) return {};
  const { AWS_ACCESS_KEY_ID = "local", AWS_SECRET_ACCESS_KEY = "local" } = process.env;
  return { AWS_ENDPOINT_URL_S3: s3Endpoint, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY };
}

interface PreparedConsumer {
  readonly plan: ConsumerPlan;
  readonly lambda: BatchFunction;
}

/** A function whose code is elsewhere is invoked there; its request id is not told. */
async function functionOf(
  { code, functionArn, source }: ConsumerPlan,
  endpoint: string | undefined,
): Promise<BatchFunction> {
  if (code !== undefined) return ExecutionEnvironments.start(code);
  const invoker = new LambdaEndpointInvoker({ endpoint: endpoint ?? "", region: source.region });
  return {
    invoke: async (event) => {
      const requestId = randomUUID();
      try {
        return { requestId, result: await invoker.invoke(functionArn, event, new AbortController().signal) };
      } catch (error) {
        return { requestId, result: { ok: false, errorMessage: messageOf(error) } };
      }
    },
    close: () => undefined,
  };
}

/** One batch in one line for a terminal; the function's own lines can be found by the request id. */
function batchText({ queue, label }: ConsumerPlan, batch: HandledBatch): string {
  const { messages, failed, milliseconds, reason, ignored = 0, outOfOrder, requestId } = batch;
  const why = reason === undefined ? "" : ` (${shortened(reason, LONGEST_REASON)})`;
  const late =
    outOfOrder === 0 ? "" : `, ${counted(outOfOrder)} deleted behind a failed one of the same group`;
  const outcome = failed === 0 ? "" : `, ${failed} failed${why}`;
  const unheard =
    ignored === 0
      ? ""
      : `, ${counted(ignored)} reported as failed and deleted, without ReportBatchItemFailures`;
  return `${counted(messages)} of ${queue.name} → ${label}, ${milliseconds.toFixed(1)} ms${outcome}${late}${unheard} ${requestId}`;
}

function counted(messages: number): string {
  return messages === 1 ? "1 message" : `${messages} messages`;
}
