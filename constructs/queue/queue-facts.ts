import { deduplicatesByContent, knownRetention, type QueueOptions } from "./leveled-queue";

/** Settings that decide which queue takes the messages. */
interface QueueSettings extends QueueOptions {
  readonly existingQueueArn?: string | undefined;
}

/** What settings of messages have to know of a queue. */
export interface QueueFacts {
  readonly isFifo: boolean;
  /** Does SQS tell repeated messages by their bodies? Undefined: nobody here knows. */
  readonly deduplicatesByContent: boolean | undefined;
  /** How long it keeps a message. Undefined: nobody here knows. */
  readonly messageRetention: number | undefined;
}

/** What the settings tell of the queue, before there is one. */
export function queueFacts({ existingQueueArn, fifo = false, ...queue }: QueueSettings): QueueFacts {
  return existingQueueArn === undefined
    ? {
        isFifo: fifo,
        deduplicatesByContent: deduplicatesByContent(queue),
        messageRetention: knownRetention(queue),
      }
    : {
        isFifo: existingQueueArn.endsWith(".fifo"),
        deduplicatesByContent: undefined,
        messageRetention: undefined,
      };
}

/** The same of a queue beside the first one: what it has of its own decides, and for all else the first one does. */
export function factsBeside(own: QueueOptions, first: QueueFacts): QueueFacts {
  const { fifo, contentBasedDeduplication, messageRetentionSeconds } = own;
  return {
    isFifo: fifo ?? first.isFifo,
    deduplicatesByContent: contentBasedDeduplication ?? first.deduplicatesByContent,
    messageRetention:
      messageRetentionSeconds === undefined
        ? first.messageRetention
        : knownRetention({ messageRetentionSeconds }),
  };
}
