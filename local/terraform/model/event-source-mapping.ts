import { parseArn } from "../../../aws/arn";
import { type Problem, StackError } from "../stack-error";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { type LambdaFunction, readLambdaFunction } from "./lambda-function";

/** Lambda's event source mapping of a queue. */
export interface EventSourceMapping {
  readonly address: string;
  /** The queue's ARN. */
  readonly eventSourceArn: string;
  /** Name or ARN of the function as it is given, with its qualifier. */
  readonly functionName: string;
  /** The function, where the stack makes it. */
  readonly lambda?: LambdaFunction;
  readonly enabled: boolean;
  /** 1 to 10,000, default 10. */
  readonly batchSize: number;
  /** 0 to 300. */
  readonly maximumBatchingWindowInSeconds: number;
  /** 2 to 1,000; absent: as far as Lambda scales. */
  readonly maximumConcurrency?: number;
  /** 2 to 2,000, of provisioned pollers; absent: not provisioned. */
  readonly maximumPollers?: number;
  readonly reportsBatchItemFailures: boolean;
  /** JSON text of each filter's pattern. */
  readonly filterPatterns: readonly string[];
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
const RANGES = {
  batch_size: [1, 10_000],
  maximum_batching_window_in_seconds: [0, 300],
} as const;
const CONCURRENCY = { maximum_concurrency: [2, 1000] } as const;
const POLLERS = { minimum_pollers: [1, 200], maximum_pollers: [1, 2000] } as const;

/** Messages of a batch at most, where no time to gather them is given, and of a FIFO queue's. */
const PLAIN_BATCH = 10;

/**
 * The stack's `aws_lambda_event_source_mapping`s that read a queue.
 * @param folder where a function's relative `filename` starts
 * @throws StackError for one that Lambda refuses
 */
export function readEventSourceMappings(
  resources: TerraformResources,
  folder: string,
): readonly EventSourceMapping[] {
  return resources
    .ofType("aws_lambda_event_source_mapping")
    .filter((mapping) => isQueue(mapping.optionalText("event_source_arn")))
    .map((mapping) => readMapping(mapping, resources, folder));
}

function isQueue(arn = ""): boolean {
  return parseArn(arn)?.service === "sqs";
}

function readMapping(
  mapping: TerraformResource,
  resources: TerraformResources,
  folder: string,
): EventSourceMapping {
  const [scaling] = mapping.blocks("scaling_config");
  const [pollers] = mapping.blocks("provisioned_poller_config");
  mapping.refuseOutOfRange(RANGES);
  scaling?.refuseOutOfRange(CONCURRENCY);
  pollers?.refuseOutOfRange(POLLERS);
  const types = mapping.textList("function_response_types");
  const read: EventSourceMapping = {
    address: mapping.address,
    eventSourceArn: mapping.text("event_source_arn"),
    functionName: mapping.text("function_name"),
    ...functionOf(mapping, resources, folder),
    enabled: mapping.given("enabled") === undefined || mapping.flag("enabled"),
    batchSize: mapping.optionalNumber("batch_size") ?? 10,
    maximumBatchingWindowInSeconds: mapping.optionalNumber("maximum_batching_window_in_seconds") ?? 0,
    maximumConcurrency: scaling?.optionalNumber("maximum_concurrency"),
    // What a state holds of a mapping without provisioned pollers is an empty list.
    maximumPollers: pollers && (pollers.optionalNumber("maximum_pollers") ?? 200),
    reportsBatchItemFailures: types.includes("ReportBatchItemFailures"),
    filterPatterns: mapping
      .blocks("filter_criteria")
      .flatMap((criteria) => criteria.blocks("filter"))
      .flatMap((filter) => filter.optionalText("pattern") ?? []),
  };
  const problems = problemsOf(read, resources);
  if (problems.length > 0) throw new StackError(...problems);
  return read;
}

/** The function is named by its name or its ARN, both perhaps with a version or an alias. */
function functionOf(
  mapping: TerraformResource,
  resources: TerraformResources,
  folder: string,
): Pick<EventSourceMapping, "lambda"> {
  const name = mapping.text("function_name");
  const made = resources.ofType("aws_lambda_function").find((lambda) => {
    const names = [lambda.text("function_name"), lambda.text("arn")];
    return names.some((one) => name === one || name.startsWith(`${one}:`));
  });
  return made === undefined ? {} : { lambda: readLambdaFunction(made, folder) };
}

/** What Lambda refuses of settings that are allowed one by one. */
function problemsOf(mapping: EventSourceMapping, resources: TerraformResources): Problem[] {
  const { address, eventSourceArn, batchSize, maximumBatchingWindowInSeconds: window, lambda } = mapping;
  const isFifo = eventSourceArn.endsWith(".fifo");
  const visibility = visibilityTimeoutOf(eventSourceArn, resources);
  const problems: Problem[] = [];
  const refuse = (attribute: string, problem: Omit<Problem, "address">) =>
    problems.push({ address: `${address}.${attribute}`, ...problem });
  if (isFifo && batchSize > PLAIN_BATCH) {
    refuse("batch_size", { wrong: "is too many for a FIFO queue", got: batchSize, allowed: "1 to 10 are" });
  }
  if (isFifo && window > 0) {
    refuse("maximum_batching_window_in_seconds", {
      wrong: "is for standard queues only",
      got: window,
      allowed: "0 is",
    });
  }
  if (batchSize > PLAIN_BATCH && window < 1) {
    refuse("batch_size", { wrong: "over 10 needs a batching window of at least 1 second", got: batchSize });
  }
  if (mapping.maximumConcurrency !== undefined && mapping.maximumPollers !== undefined) {
    refuse("provisioned_poller_config", { wrong: "can't stand beside scaling_config.maximum_concurrency" });
  }
  if (lambda !== undefined && visibility !== undefined && lambda.timeout > visibility) {
    refuse("event_source_arn", {
      wrong: `is a queue whose visibility timeout is less than the timeout of ${lambda.address}`,
      got: `${visibility} and ${lambda.timeout} seconds`,
      mend: "Make it six times the function's",
    });
  }
  return problems;
}

/** Seconds; undefined for a queue of another stack. */
function visibilityTimeoutOf(arn: string, resources: TerraformResources): number | undefined {
  const queue = resources.ofType("aws_sqs_queue").find((one) => one.text("arn") === arn);
  return queue && (queue.optionalNumber("visibility_timeout_seconds") ?? 30);
}
