import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct } from "constructs";
import type { AwsLocation } from "../aws-location";
import type { LargeBodyBucket } from "../large-bodies/large-body-bucket";
import { literal } from "../literal";
import { policyJson } from "../policy-json";
import { QUEUE_SETTINGS } from "../queue/leveled-queue";
import { type OwnQueues, ownQueueId } from "../queue/own-queue";
import type { TargetQueue } from "../queue/target-queue";
import { checked, type Only, type Options } from "../setting";
import { ConsumerFunction, type MadeFunctionEntries } from "./consumer-function";
import { consumerStatements } from "./consumer-policy";
import { CONSUMER_RULES, consumerNotes } from "./consumer-rules";
import { CONSUMER_SETTINGS, type ConsumerEntries } from "./consumer-settings";

const SETTINGS = {
  consumer: CONSUMER_SETTINGS.consumer.wrapped,
  visibilityTimeoutSeconds: QUEUE_SETTINGS.visibilityTimeoutSeconds,
};

/** Props of {@link Consumer}. */
export interface ConsumerProps {
  readonly queue: TargetQueue;
  /** Queues beside the first, by key: the same function gets their messages. */
  readonly ownQueues?: OwnQueues;
  readonly location: AwsLocation;
  /** Where large bodies are, which the function may read. @default - the stack takes none */
  readonly largeBodyBucket?: LargeBodyBucket | undefined;
  /** Name of the function, where the stack makes it: 1 to 51 letters, digits, hyphens and underscores. */
  readonly functionName: string;
  readonly consumer: ConsumerOptions;
}

/** What may be given of a consumer. */
export type ConsumerOptions = NonNullable<Options<typeof CONSUMER_SETTINGS>["consumer"]>;

/**
 * What takes the messages out of each queue: Lambda's event source mapping, which polls it and invokes a function with a batch at a
 * time, no more often at once than `maximumConcurrency`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class Consumer extends Construct {
  public readonly functionArn: string;
  public readonly eventSourceMappingUuid: string;
  /** UUIDs of the mappings of the queues beside the first, by key. */
  public readonly ownMappingUuids: Readonly<Record<string, string>>;
  /** The policy that the role of a function that is not the stack's needs, as JSON. */
  public readonly neededPolicy: string;
  /** The function, where the stack makes it. */
  public readonly made?: ConsumerFunction["made"];
  /** What is to be told at synthesis, with the names of settings in backticks. */
  public readonly notes: readonly string[];

  constructor(scope: Construct, id: string, props: ConsumerProps) {
    super(scope, id);
    const { queue, ownQueues = {}, location, functionName, largeBodyBucket } = props;
    const queues = [queue, ...Object.values(ownQueues)] as const;
    const { visibilityTimeoutSeconds } = queue;
    const around = {
      isFifo: queue.isFifo,
      queueVisibilityTimeout: visibilityTimeoutSeconds,
      consumedQueues: queues.length,
    };
    const given = { consumer: props.consumer, visibilityTimeoutSeconds };
    const { consumer } = checked(this, SETTINGS, given, { rules: CONSUMER_RULES, around });
    const { lambdaArn, functionFolder: folder = "", ...settings } = consumer;
    const { ofMapping, ofFunction } = parts(settings);
    if (lambdaArn === undefined) {
      const ofMade = { folder, functionName, queues, location, largeBodyBucket, settings: ofFunction };
      this.made = new ConsumerFunction(this, "Function", ofMade).made;
    }
    this.functionArn = lambdaArn ?? this.made?.arn ?? "";
    const addMapping = (mappingId: string, source: TargetQueue) =>
      new LambdaEventSourceMapping(this, mappingId, {
        eventSourceArn: source.arn,
        functionName: this.functionArn,
        ...mappingConfig(ofMapping, source.isFifo),
        ...inOneRegion(location, source, lambdaArn),
      }).uuid;
    this.eventSourceMappingUuid = addMapping("EventSourceMapping", queue);
    this.ownMappingUuids = Object.fromEntries(
      Object.entries(ownQueues).map(([key, source]) => [
        key,
        addMapping(`${ownQueueId(key)}EventSourceMapping`, source),
      ]),
    );
    this.neededPolicy = policyJson(...consumerStatements(queues, location, largeBodyBucket));
    this.notes = consumerNotes(consumer, around, queue.maxReceiveCount);
  }
}

type WithoutFunction = Omit<ConsumerEntries, "lambdaArn" | "functionFolder">;

/** What is about the mapping, and what about a function that the stack makes. */
function parts(settings: WithoutFunction) {
  const { enabled, maximumConcurrency, minimumPollers, maximumPollers, ...others } = settings;
  const { batchSize, maximumBatchingWindowSeconds, filterPatterns, reportBatchItemFailures, ...ofFunction } =
    others;
  return {
    ofMapping: {
      ...{ enabled, maximumConcurrency, minimumPollers, maximumPollers },
      ...{ batchSize, maximumBatchingWindowSeconds, filterPatterns, reportBatchItemFailures },
    },
    ofFunction: ofFunction satisfies Only<keyof MadeFunctionEntries, typeof ofFunction>,
  };
}

/** A block that is taken out is empty in what the AWS provider sends: Lambda then drops what it said. */
function mappingConfig(settings: Omit<WithoutFunction, keyof MadeFunctionEntries>, isFifo: boolean) {
  const { enabled, batchSize, maximumConcurrency, minimumPollers, maximumPollers } = settings;
  const { filterPatterns = [] } = settings;
  const hasPollers = minimumPollers !== undefined || maximumPollers !== undefined;
  return {
    enabled,
    batchSize,
    ...(isFifo ? {} : { maximumBatchingWindowInSeconds: settings.maximumBatchingWindowSeconds }),
    functionResponseTypes: settings.reportBatchItemFailures ? ["ReportBatchItemFailures"] : [],
    ...(maximumConcurrency === undefined ? {} : { scalingConfig: { maximumConcurrency } }),
    ...(hasPollers ? { provisionedPollerConfig: { minimumPollers, maximumPollers } } : {}),
    ...(filterPatterns.length === 0
      ? {}
      : {
          filterCriteria: {
            filter: filterPatterns.map((pattern) => ({ pattern: literal(JSON.stringify(pattern)) })),
          },
        }),
  };
}

/** Lambda polls queues of its own Region only: Terraform checks it, since the Region may be a variable. */
function inOneRegion(location: AwsLocation, queue: TargetQueue, lambdaArn: string | undefined) {
  const precondition = [
    ...(lambdaArn === undefined
      ? []
      : [location.sameRegion(lambdaArn, "consumer.lambda_arn", { thing: "a function" })]),
    ...(queue.regionName === location.regionName
      ? []
      : [location.sameRegion(queue.arn, "existing_queue_arn", { thing: "a queue" })]),
  ];
  return precondition.length === 0 ? {} : { lifecycle: { precondition } };
}
