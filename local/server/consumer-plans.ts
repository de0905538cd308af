import { parseQueueUrl, queueArn } from "../../aws/arn";
import { messageOf } from "../../errors/mistake";
import type { FunctionCode } from "../lambda/execution-environment";
import { functionName } from "../lambda/function-invoker";
import { type RecordFilter, recordFilter } from "../lambda/filter-pattern";
import type { EventSource } from "../lambda/sqs-event";
import { unpackFunction } from "../lambda/unpack-function";
import { StackError } from "../terraform/stack-error";
import type { EventSourceMapping } from "../terraform/model/event-source-mapping";
import type { LambdaFunction } from "../terraform/model/lambda-function";
import type { StackModel } from "../terraform/stack-model";
import { endpointsOf } from "./endpoints";
import { sentTo } from "./reach";
import type { LoadedStacks } from "./load-stacks";
import { notifiedQueues } from "./served-buckets";
import type { ServedQueue } from "./served-queues";
import { UserError } from "./user-error";

/** Which code consumes: a module that exports a `handler`, or `true`: the functions of the stacks' event source mappings. */
export type ConsumerOption = string | true;

/** One queue and the function that its messages are for. */
export interface ConsumerPlan {
  readonly stack: string;
  readonly queue: ServedQueue;
  readonly source: EventSource;
  /** What people call the code. */
  readonly label: string;
  /** Absent where the function is invoked at a Lambda endpoint. */
  readonly code: FunctionCode | undefined;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly maximumBatchingWindowInSeconds: number;
  readonly concurrency: number;
  readonly reportsBatchItemFailures: boolean;
  readonly filters: readonly RecordFilter[];
}

/** What is to run, and what is left out or done otherwise, one line each. */
export interface ConsumerPlans {
  readonly plans: readonly ConsumerPlan[];
  readonly warnings: readonly string[];
}

/** Batches at once where the mapping sets no limit: Lambda's first five, which grow there. */
const FIRST_CONCURRENCY = 5;

/** Batches at once of one queue at most, each in a process of its own: this is one machine. */
const MOST_CONCURRENCY = 20;

/** A mapping that nobody wrote has Lambda's defaults. */
const DEFAULTS = { batchSize: 10, maximumBatchingWindowInSeconds: 0, reportsBatchItemFailures: false };

/** Seconds that Lambda gives a function at most, and by default. */
const TIMEOUTS = { longest: 900, byDefault: 3 };

/**
 * One plan for each enabled event source mapping, and for each queue that a stack without any sends to.
 * @param lambdaEndpoint where functions without a module are invoked
 * @throws StackError for a mapping that can't run as it would on AWS; UserError where there is no code
 */
export function planConsumers(
  option: ConsumerOption,
  loaded: LoadedStacks,
  lambdaEndpoint: string | undefined,
): ConsumerPlans {
  const warnings: string[] = [];
  const plans = loaded.models.flatMap((model) => {
    const mappings = model.eventSourceMappings();
    if (mappings.length === 0) return unmapped(option, model, loaded, warnings);
    return mappings.flatMap((mapping) => {
      const queue = queueOf(mapping, loaded);
      const reason = mapping.enabled
        ? queue === undefined && "its queue is of no stack that is served"
        : "it is not enabled";
      if (queue !== undefined && reason === false) {
        return mappedPlan({ option, model, mapping, queue, lambdaEndpoint }, warnings);
      }
      warnings.push(`${mapping.address} of ${model.name} consumes nothing: ${String(reason)}.`);
      return [];
    });
  });
  if (plans.length === 0) throw nothingToConsume(option, warnings);
  return { plans: plans.filter(isFirst), warnings };
}

/** Two stacks without a mapping may send to one queue. */
function isFirst(
  { queue, functionArn }: ConsumerPlan,
  index: number,
  plans: readonly ConsumerPlan[],
): boolean {
  const same = plans.findIndex((one) => one.queue.name === queue.name && one.functionArn === functionArn);
  return same === index;
}

function queueOf({ eventSourceArn }: EventSourceMapping, { queues }: LoadedStacks): ServedQueue | undefined {
  return queues.find(({ name }) => eventSourceArn.endsWith(`:${name}`));
}

interface Mapped {
  readonly option: ConsumerOption;
  readonly model: StackModel;
  readonly mapping: EventSourceMapping;
  readonly queue: ServedQueue;
  readonly lambdaEndpoint: string | undefined;
}

function mappedPlan(
  { option, model, mapping, queue, lambdaEndpoint }: Mapped,
  warnings: string[],
): ConsumerPlan {
  const { address, eventSourceArn, lambda, batchSize, maximumBatchingWindowInSeconds } = mapping;
  const region = eventSourceArn.split(":")[3] ?? "us-east-1";
  const functionArn = lambda?.arn ?? mapping.functionName;
  const wanted = mapping.maximumConcurrency ?? pollersConcurrency(mapping) ?? FIRST_CONCURRENCY;
  const concurrency = Math.min(wanted, MOST_CONCURRENCY);
  if (concurrency < wanted) {
    warnings.push(
      `${address} of ${model.name} may run ${wanted} batches at once, here at most ${concurrency}.`,
    );
  }
  const module = option === true ? archivedModule(mapping, lambdaEndpoint) : option;
  return {
    stack: model.name,
    queue,
    source: { arn: eventSourceArn, region },
    label: option === true ? functionName(functionArn) : option,
    functionArn,
    code: module === undefined ? undefined : codeOf({ module, functionArn, region, lambda, queue }),
    batchSize,
    maximumBatchingWindowInSeconds,
    concurrency,
    reportsBatchItemFailures: mapping.reportsBatchItemFailures,
    filters: mapping.filterPatterns.map((pattern) => filterOf(pattern, address)),
  };
}

/** A provisioned poller runs up to ten invocations at once. */
function pollersConcurrency({ maximumPollers }: EventSourceMapping): number | undefined {
  return maximumPollers === undefined ? undefined : maximumPollers * 10;
}

function filterOf(pattern: string, address: string): RecordFilter {
  try {
    return recordFilter(pattern);
  } catch (error) {
    throw new StackError({
      address: `${address}.filter_criteria.filter.pattern`,
      wrong: `can't be evaluated by the local gateway: ${messageOf(error)}`,
      got: pattern,
    });
  }
}

/** The module in the archive that the stack deploys. */
function archivedModule(
  { address, lambda, functionName: name }: EventSourceMapping,
  lambdaEndpoint: string | undefined,
): string | undefined {
  if (lambdaEndpoint !== undefined) return undefined;
  if (lambda?.archive === undefined) {
    throw noCode(`no code of ${name}, which ${address} names: the stack does not make it from an archive`);
  }
  try {
    return unpackFunction(lambda.archive, lambda.handler);
  } catch (error) {
    throw noCode(messageOf(error).replace(/\.$/, ""));
  }
}

/** Queues that a stack without a mapping sends to, or that its buckets notify. */
function unmapped(
  option: ConsumerOption,
  model: StackModel,
  { apis, queues }: LoadedStacks,
  warnings: string[],
): ConsumerPlan[] {
  if (option === true) {
    warnings.push(
      `${model.name} has no aws_lambda_event_source_mapping of a queue: nothing of it is consumed.`,
    );
    return [];
  }
  const regions = new Map<string, string>();
  for (const { api, stack } of apis) {
    if (stack !== model) continue;
    for (const name of endpointsOf(api, () => "").flatMap(({ reaches = [] }) => sentTo(reaches))) {
      regions.set(name, api.region);
    }
  }
  for (const { queueName, region } of notifiedQueues(model)) regions.set(queueName, region);
  return [...regions].flatMap(([name, region]) => {
    const queue = queues.find((one) => one.name === name);
    return queue === undefined ? [] : unmappedPlan(option, model, queue, region);
  });
}

function unmappedPlan(module: string, model: StackModel, queue: ServedQueue, region: string): ConsumerPlan {
  const { accountId = "", queueName = queue.name } = parseQueueUrl(queue.url) ?? {};
  const arn = queueArn({ region, accountId, queueName });
  const functionArn = arn.replace(/:sqs:(.*):[^:]+$/, ":lambda:$1:function:consumer");
  return {
    stack: model.name,
    queue,
    source: { arn, region },
    label: module,
    functionArn,
    code: codeOf({ module, functionArn, region, queue }),
    ...DEFAULTS,
    concurrency: FIRST_CONCURRENCY,
    filters: [],
  };
}

interface Code extends Pick<FunctionCode, "module" | "functionArn" | "region"> {
  readonly lambda?: LambdaFunction | undefined;
  readonly queue: ServedQueue;
}

/** A function that is unknown may take as long as its messages are hidden: Lambda refuses more. */
function codeOf({ lambda, queue, ...code }: Code): FunctionCode {
  const hidden = Number(queue.attributes.VisibilityTimeout ?? 30);
  const most = Math.max(TIMEOUTS.byDefault, Math.min(TIMEOUTS.longest, hidden));
  return { ...code, timeoutSeconds: lambda?.timeout ?? most, environment: lambda?.environment() ?? {} };
}

function nothingToConsume(option: ConsumerOption, warnings: readonly string[]): UserError {
  return new UserError((name) => ({
    where: name("consumer"),
    wrong: `finds nothing to consume${warnings.length === 0 ? "" : ` (${warnings.join(" ").replace(/\.$/, "")})`}`,
    got: option === true ? "no module" : JSON.stringify(option),
    allowed:
      "stacks with an enabled event source mapping are allowed, and with a module all that send to a queue",
    mend: `Write ${name("consumer")} with the path of a module that exports a handler, or serve such a stack.`,
  }));
}

/** Where the code of a consumer can't run. */
export function noCode(reason: string, cause?: unknown): UserError {
  return new UserError(
    (name) => ({
      where: name("consumer"),
      wrong: "can't run the consumer",
      got: reason,
      allowed:
        "a JavaScript or TypeScript module, or its folder, that exports a function named handler is allowed",
      mend: "Correct the path, or set AWS_ENDPOINT_URL_LAMBDA and leave the path out to invoke the functions elsewhere.",
    }),
    { cause },
  );
}
