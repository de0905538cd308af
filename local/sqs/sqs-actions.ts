/** A list of pairs in the Query protocol that is an object in JSON: `Attribute.1.Name=…&Attribute.1.Value=…`. */
export interface PairsShape {
  member: string;
  key: string;
  value: string;
}

/** What goes into one SQS action: names as in the Query protocol, `member`s as in the AWS JSON protocol. */
export interface InputShape {
  strings?: readonly string[];
  integers?: readonly string[];
  /** Query name → JSON member. */
  lists?: Readonly<Record<string, string>>;
  pairs?: Readonly<Record<string, PairsShape>>;
  /** Whether it carries a message with its attributes. */
  message?: boolean;
  /** The Query name of a batch's entries, and what goes into one. */
  batch?: { name: string; entry: InputShape };
}

/** What comes out of one SQS action: members as in the AWS JSON protocol → elements as in XML. */
export interface OutputShape {
  /** In the order of SQS's XML. */
  strings?: readonly string[];
  lists?: Readonly<Record<string, { element: string; item: OutputShape | "text" }>>;
  pairs?: Readonly<Record<string, { element: string; key: string; value: string }>>;
  messageAttributes?: boolean;
}

/** One SQS action in both protocols. */
export interface ActionShape {
  /** Whether it works on no queue that the path or `QueueUrl` names. */
  withoutQueue?: true;
  input: InputShape;
  /** Absent where SQS answers with no result. */
  output?: OutputShape;
}

const ATTRIBUTE_PAIRS = { Attribute: { member: "Attributes", key: "Name", value: "Value" } };
const ATTRIBUTE_PAIRS_OUT = { Attributes: { element: "Attribute", key: "Name", value: "Value" } };
const SENT_MESSAGE: OutputShape = {
  strings: [
    "MessageId",
    "MD5OfMessageBody",
    "MD5OfMessageAttributes",
    "MD5OfMessageSystemAttributes",
    "SequenceNumber",
  ],
};
const RECEIVED_MESSAGE: OutputShape = {
  strings: ["MessageId", "ReceiptHandle", "MD5OfBody", "Body", "MD5OfMessageAttributes"],
  pairs: ATTRIBUTE_PAIRS_OUT,
  messageAttributes: true,
};
const RECEIPT: InputShape = { strings: ["ReceiptHandle"] };
const VISIBILITY: InputShape = { ...RECEIPT, integers: ["VisibilityTimeout"] };
const MESSAGE: InputShape = {
  strings: ["MessageBody", "MessageGroupId", "MessageDeduplicationId"],
  integers: ["DelaySeconds"],
  message: true,
};

const FAILED_ENTRY: OutputShape = { strings: ["Id", "SenderFault", "Code", "Message"] };

function batch(action: string, entry: InputShape, item: OutputShape = {}): ActionShape {
  const withId = <Shape extends InputShape | OutputShape>(shape: Shape): Shape => ({
    ...shape,
    strings: ["Id", ...(shape.strings ?? [])],
  });
  return {
    input: { batch: { name: `${action}RequestEntry`, entry: withId(entry) } },
    output: {
      lists: {
        Successful: { element: `${action}ResultEntry`, item: withId(item) },
        Failed: { element: "BatchResultErrorEntry", item: FAILED_ENTRY },
      },
    },
  };
}

/**
 * The actions of SQS that the Query protocol can carry here. Left out: the message move tasks and the permissions.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html
 */
export const SQS_ACTIONS: ReadonlyMap<string, ActionShape> = new Map(
  Object.entries<ActionShape>({
    SendMessage: { input: MESSAGE, output: SENT_MESSAGE },
    SendMessageBatch: batch("SendMessageBatch", MESSAGE, SENT_MESSAGE),
    ReceiveMessage: {
      input: {
        strings: ["ReceiveRequestAttemptId"],
        integers: ["MaxNumberOfMessages", "VisibilityTimeout", "WaitTimeSeconds"],
        lists: {
          AttributeName: "AttributeNames",
          MessageAttributeName: "MessageAttributeNames",
          MessageSystemAttributeName: "MessageSystemAttributeNames",
        },
      },
      output: { lists: { Messages: { element: "Message", item: RECEIVED_MESSAGE } } },
    },
    DeleteMessage: { input: RECEIPT },
    DeleteMessageBatch: batch("DeleteMessageBatch", RECEIPT),
    ChangeMessageVisibility: { input: VISIBILITY },
    ChangeMessageVisibilityBatch: batch("ChangeMessageVisibilityBatch", VISIBILITY),
    GetQueueAttributes: {
      input: { lists: { AttributeName: "AttributeNames" } },
      output: { pairs: ATTRIBUTE_PAIRS_OUT },
    },
    SetQueueAttributes: { input: { pairs: ATTRIBUTE_PAIRS } },
    PurgeQueue: { input: {} },
    DeleteQueue: { input: {} },
    GetQueueUrl: {
      withoutQueue: true,
      input: { strings: ["QueueName", "QueueOwnerAWSAccountId"] },
      output: { strings: ["QueueUrl"] },
    },
    CreateQueue: {
      withoutQueue: true,
      input: {
        strings: ["QueueName"],
        pairs: { ...ATTRIBUTE_PAIRS, Tag: { member: "tags", key: "Key", value: "Value" } },
      },
      output: { strings: ["QueueUrl"] },
    },
    ListQueues: {
      withoutQueue: true,
      input: { strings: ["QueueNamePrefix", "NextToken"], integers: ["MaxResults"] },
      output: { strings: ["NextToken"], lists: { QueueUrls: { element: "QueueUrl", item: "text" } } },
    },
    ListDeadLetterSourceQueues: {
      input: { strings: ["NextToken"], integers: ["MaxResults"] },
      output: { strings: ["NextToken"], lists: { queueUrls: { element: "QueueUrl", item: "text" } } },
    },
    ListQueueTags: {
      input: {},
      output: { pairs: { Tags: { element: "Tag", key: "Key", value: "Value" } } },
    },
    TagQueue: { input: { pairs: { Tag: { member: "Tags", key: "Key", value: "Value" } } } },
    UntagQueue: { input: { lists: { TagKey: "TagKeys" } } },
  }),
);
