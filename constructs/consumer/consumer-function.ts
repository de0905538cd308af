import { Construct } from "constructs";
import type { AwsLocation } from "../aws-location";
import { addFolderFunction, type FolderFunction } from "../lambda/folder-function";
import type { LargeBodyBucket } from "../large-bodies/large-body-bucket";
import { literal } from "../literal";
import type { TargetQueue } from "../queue/target-queue";
import { consumerStatements } from "./consumer-policy";
import { type ConsumerEntries, DEFAULT_TIMEOUT_SECONDS } from "./consumer-settings";
import { IdempotencyTable } from "./idempotency-table";

/** What of `consumer` is about the function that the stack makes. */
export type MadeFunctionEntries = Pick<
  ConsumerEntries,
  | "timeoutSeconds"
  | "memorySize"
  | "reservedConcurrentExecutions"
  | "tracing"
  | "environmentVariables"
  | "idempotency"
  | "idempotencyAttribute"
>;

/** Props of {@link ConsumerFunction}. */
export interface ConsumerFunctionProps {
  readonly folder: string;
  readonly functionName: string;
  /** The queues that it is invoked for. */
  readonly queues: readonly [TargetQueue, ...TargetQueue[]];
  readonly location: AwsLocation;
  /** Where large bodies are, which it may read. @default - the stack takes none */
  readonly largeBodyBucket?: LargeBodyBucket | undefined;
  readonly settings: MadeFunctionEntries;
}

/** The function that gets the queue's messages, made from a folder, with what its role needs and nothing else. */
export class ConsumerFunction extends Construct {
  public readonly made: FolderFunction;

  constructor(scope: Construct, id: string, props: ConsumerFunctionProps) {
    super(scope, id);
    const { folder, functionName, queues, location, largeBodyBucket, settings } = props;
    const { timeoutSeconds, memorySize = 128, reservedConcurrentExecutions, tracing } = settings;
    const table = settings.idempotency
      ? new IdempotencyTable(this, "Idempotency", `${functionName}-idempotency`)
      : undefined;
    this.made = addFolderFunction(this, {
      folder,
      functionName,
      name: "consumer-function",
      description: "Consumes the messages of a queue",
      memorySize,
      timeout: timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
      reservedConcurrentExecutions,
      statements: [
        ...consumerStatements(queues, location, largeBodyBucket),
        ...(table ? [table.statement] : []),
      ],
      xrayTracing: tracing,
      environment: {
        ...literals(settings.environmentVariables),
        IDEMPOTENCY_TABLE: table?.tableName,
        LARGE_BODIES_BUCKET: largeBodyBucket?.bucketName,
        IDEMPOTENCY_ATTRIBUTE: settings.idempotencyAttribute,
      },
    });
  }
}

function literals(variables: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, literal(value)]));
}
