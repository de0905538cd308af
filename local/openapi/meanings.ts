/** What answers of a backend mean to the caller: half sentences. */
export interface Meanings {
  /** It did what it was asked for. */
  readonly done: string;
  /** The caller can mend it. */
  readonly refused: string;
  readonly failed: string;
}

/** What SQS's answers to an action mean; `undefined` for one that can't be told, or for one of several. */
export function meaningsOf(action: string | undefined): Meanings {
  return OF_ACTIONS[action ?? ""] ?? OF_ANY_ACTION;
}

/** What S3's answers mean, by the method with which it is called. */
export function meaningsOfS3(httpMethod: string): Meanings {
  return httpMethod === "PUT"
    ? { done: "S3 has the body", refused: "S3 does not allow the body", failed: "S3 did not take the body" }
    : {
        done: "S3 did what it was asked for",
        refused: "S3 refuses the call",
        failed: "S3 did not do what it was asked for",
      };
}

const OF_ANY_ACTION: Meanings = {
  done: "SQS did what it was asked for",
  refused: "SQS refuses the call",
  failed: "SQS did not do what it was asked for",
};

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html */
const OF_ACTIONS: Readonly<Record<string, Meanings>> = {
  SendMessage: {
    done: "SQS has the message",
    refused: "SQS does not allow the message",
    failed: "SQS did not take the message",
  },
  SendMessageBatch: {
    done: "SQS has the messages that the body says it has",
    refused: "SQS does not allow the messages",
    failed: "SQS did not take all of the messages",
  },
  ReceiveMessage: {
    done: "SQS has given the messages that it found, perhaps none",
    refused: "SQS refuses the call",
    failed: "SQS gave no messages",
  },
  DeleteMessage: {
    done: "SQS has deleted the message, unless it was received again since the receipt handle was given",
    refused: "the receipt handle is none of the queue's",
    failed: "SQS did not delete the message",
  },
  ChangeMessageVisibility: {
    done: "SQS shows the message to nobody else until the visibility timeout is over",
    refused:
      "the receipt handle is none of the queue's, the message is not being received, or the time is out of its range",
    failed: "SQS did not change the visibility timeout",
  },
};
