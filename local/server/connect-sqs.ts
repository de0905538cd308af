import { isAwsEndpoint } from "../../aws/aws-signer";
import { type SqsEmulator, SqsEmulatorProcess } from "../sqs/sqs-emulator";
import { SqsService } from "../sqs/sqs-service";
import { requireUrl } from "./endpoint-mistakes";
import { EndpointQueues } from "./endpoint-queues";
import type { ServedQueue } from "./served-queues";
import { UserError } from "./user-error";

/** The SQS behind the gateway. */
export interface ConnectedSqs {
  readonly endpoint: string;
  readonly service: SqsService;
  queueUrl(queue: ServedQueue): string;
  /**
   * Makes the queues that are not there yet, where that is ours to do.
   * @param sentTo names of those that can't be missing
   * @throws UserError where the endpoint is not SQS, or lacks one of `sentTo`
   */
  addQueues(queues: readonly ServedQueue[], sentTo: ReadonlySet<string>): Promise<void>;
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

/** An SQS whose Region is still to come: an emulator loads its modules meanwhile. */
export interface PreparedSqs {
  /** Starts the emulator, or takes the given endpoint; `addQueues` then asks it. */
  connect(region: string): Promise<ConnectedSqs>;
  /** Instead of `connect`. */
  abandon(): void;
}

/** @throws UserError for an endpoint that is none, or at which no queues may be made */
export function prepareSqs({ sqsEndpoint, createQueues = false }: SqsOptions): PreparedSqs {
  if (sqsEndpoint === undefined) return preparedEmulator();
  requireUrl("sqsEndpoint", sqsEndpoint, "http://127.0.0.1:9324");
  if (createQueues && isAwsEndpoint(sqsEndpoint)) throw noQueuesOnAws(sqsEndpoint);
  return {
    connect: (region) => Promise.resolve(sqsAt(sqsEndpoint, createQueues, region)),
    abandon: () => undefined,
  };
}

function preparedEmulator(): PreparedSqs {
  const emulator = new SqsEmulatorProcess();
  return {
    connect: async (region) => emulatedSqs(await emulator.listen({ region }), region),
    abandon: () => {
      emulator.end();
    },
  };
}

function sqsAt(endpoint: string, createQueues: boolean, region: string): ConnectedSqs {
  const queues = new EndpointQueues(endpoint, region);
  const service = new SqsService({ endpoint, region });
  return {
    endpoint,
    service,
    queueUrl: (queue) => queues.urlOf(queue),
    addQueues: (wanted, sentTo) =>
      createQueues
        ? queues.createMissing(wanted)
        : queues.require(wanted.filter(({ name }) => sentTo.has(name))),
    close: async () => {
      await service.close();
      await queues.close();
    },
  };
}

function emulatedSqs(emulator: SqsEmulator, region: string): ConnectedSqs {
  const service = new SqsService({
    endpoint: emulator.endpoint,
    region,
    resolveQueueUrl: ({ queueName }) => emulator.queueUrl(queueName),
  });
  return {
    endpoint: emulator.endpoint,
    service,
    queueUrl: ({ name }) => emulator.queueUrl(name),
    addQueues: (queues) => emulator.createQueues(queues),
    peek: (name, limits) => emulator.peek(name, limits),
    close: async () => {
      await service.close();
      await emulator.stop();
    },
  };
}

function noQueuesOnAws(endpoint: string): UserError {
  return new UserError((option) => ({
    where: option("createQueues"),
    wrong: "would make queues on AWS that no Terraform state knows",
    got: endpoint,
    allowed: "emulators are allowed",
    mend: "Deploy the stacks first.",
  }));
}
