import { type QueueReference, queueArn } from "../../aws/arn";
import type { Queue } from "../terraform/model/queue";

/**
 * The SQS binding of a channel: the queue as Terraform makes it, or its name where it is somebody else's.
 * @see https://github.com/asyncapi/bindings/tree/master/sqs
 */
export function queueBinding(reference: QueueReference, queues: readonly Queue[]): object {
  const arn = queueArn(reference);
  const queue = queues.find((other) => other.arn === arn);
  if (queue === undefined) {
    const { queueName: name } = reference;
    return { queue: { name, fifoQueue: name.endsWith(".fifo") }, bindingVersion: "0.2.0" };
  }
  const redrive = redrivePolicyOf(queue);
  const target = redrive && queues.find(({ arn }) => arn === redrive.deadLetterTargetArn);
  return {
    queue: {
      ...queueObject(queue),
      ...(redrive && {
        redrivePolicy: {
          deadLetterQueue:
            target === undefined ? { arn: redrive.deadLetterTargetArn } : { name: target.name },
          ...(redrive.maxReceiveCount !== undefined && { maxReceiveCount: Number(redrive.maxReceiveCount) }),
        },
      }),
    },
    ...(target && { deadLetterQueue: queueObject(target) }),
    bindingVersion: "0.2.0",
  };
}

/** The binding's name of each attribute of SQS. */
const ATTRIBUTES = {
  DelaySeconds: "deliveryDelay",
  VisibilityTimeout: "visibilityTimeout",
  ReceiveMessageWaitTimeSeconds: "receiveMessageWaitTime",
  MessageRetentionPeriod: "messageRetentionPeriod",
  DeduplicationScope: "deduplicationScope",
  FifoThroughputLimit: "fifoThroughputLimit",
} as const;

const TEXTS: ReadonlySet<string> = new Set(["DeduplicationScope", "FifoThroughputLimit"]);

function queueObject({ name, attributes }: Queue): object {
  const told = Object.entries(ATTRIBUTES).flatMap(([attribute, property]) => {
    const value = attributes[attribute];
    return value === undefined ? [] : [[property, TEXTS.has(attribute) ? value : Number(value)] as const];
  });
  return { name, fifoQueue: attributes.FifoQueue === "true", ...Object.fromEntries(told) };
}

interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount?: unknown;
}

function redrivePolicyOf({ attributes }: Queue): RedrivePolicy | undefined {
  const { RedrivePolicy: text } = attributes;
  const policy = text === undefined ? undefined : (JSON.parse(text) as Partial<RedrivePolicy>);
  const { deadLetterTargetArn, maxReceiveCount } = policy ?? {};
  return deadLetterTargetArn === undefined ? undefined : { deadLetterTargetArn, maxReceiveCount };
}
