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
  /** Whether it works on a queue, which the path or `QueueUrl` names. */
  onQueue: boolean;
  input: InputShape;
  /** Absent where SQS answers with no result. */
  output?: OutputShape;
}

const SENT_MESSAGE: OutputShape = {
  strings: [
    "MessageId",
    "MD5OfMessageBody",
    "MD5OfMessageAttributes",
    "MD5OfMessageSystemAttributes",
    "SequenceNumber",
  ],
};
const MESSAGE: InputShape = {
  strings: ["MessageBody", "MessageGroupId", "MessageDeduplicationId"],
  integers: ["DelaySeconds"],
  message: true,
};
const ATTRIBUTE_PAIRS = { Attribute: { member: "Attributes", key: "Name", value: "Value" } };
const ATTRIBUTE_PAIRS_OUT = { Attributes: { element: "Attribute", key: "Name", value: "Value" } };

function batchOutput(action: string, item: OutputShape): OutputShape {
  return {
    lists: {
      Successful: {
        element: `${action}ResultEntry`,
        item: { ...item, strings: ["Id", ...(item.strings ?? [])] },
      },
      Failed: {
        element: "BatchResultErrorEntry",
        item: { strings: ["Id", "SenderFault", "Code", "Message"] },
      },
    },
  };
}

function batch(action: string, entry: InputShape, item: OutputShape = {}): ActionShape {
  const strings = ["Id", ...(entry.strings ?? [])];
  return {
    onQueue: true,
    input: { batch: { name: `${action}RequestEntry`, entry: { ...entry, strings } } },
    output: batchOutput(action, item),
  };
}

/**
 * The actions of SQS that the Query protocol can carry here. Left out: the message move tasks and the permissions.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html
 */
export const SQS_ACTIONS: ReadonlyMap<string, ActionShape> = new Map<string, ActionShape>([
  ["SendMessage", { onQueue: true, input: MESSAGE, output: SENT_MESSAGE }],
  ["SendMessageBatch", batch("SendMessageBatch", MESSAGE, SENT_MESSAGE)],
  [
    "ReceiveMessage",
    {
      onQueue: true,
      input: {
        strings: ["ReceiveRequestAttemptId"],
        integers: ["MaxNumberOfMessages", "VisibilityTimeout", "WaitTimeSeconds"],
        lists: {
          AttributeName: "AttributeNames",
          MessageAttributeName: "MessageAttributeNames",
          MessageSystemAttributeName: "MessageSystemAttributeNames",
        },
      },
      output: {
        lists: {
          Messages: {
            element: "Message",
            item: {
              strings: ["MessageId", "ReceiptHandle", "MD5OfBody", "Body", "MD5OfMessageAttributes"],
              pairs: ATTRIBUTE_PAIRS_OUT,
              messageAttributes: true,
            },
          },
        },
      },
    },
  ],
  ["DeleteMessage", { onQueue: true, input: { strings: ["ReceiptHandle"] } }],
  ["DeleteMessageBatch", batch("DeleteMessageBatch", { strings: ["ReceiptHandle"] })],
  [
    "ChangeMessageVisibility",
    { onQueue: true, input: { strings: ["ReceiptHandle"], integers: ["VisibilityTimeout"] } },
  ],
  [
    "ChangeMessageVisibilityBatch",
    batch("ChangeMessageVisibilityBatch", { strings: ["ReceiptHandle"], integers: ["VisibilityTimeout"] }),
  ],
  [
    "GetQueueAttributes",
    {
      onQueue: true,
      input: { lists: { AttributeName: "AttributeNames" } },
      output: { pairs: ATTRIBUTE_PAIRS_OUT },
    },
  ],
  ["SetQueueAttributes", { onQueue: true, input: { pairs: ATTRIBUTE_PAIRS } }],
  ["PurgeQueue", { onQueue: true, input: {} }],
  ["DeleteQueue", { onQueue: true, input: {} }],
  [
    "GetQueueUrl",
    {
      onQueue: false,
      input: { strings: ["QueueName", "QueueOwnerAWSAccountId"] },
      output: { strings: ["QueueUrl"] },
    },
  ],
  [
    "CreateQueue",
    {
      onQueue: false,
      input: {
        strings: ["QueueName"],
        pairs: { ...ATTRIBUTE_PAIRS, Tag: { member: "tags", key: "Key", value: "Value" } },
      },
      output: { strings: ["QueueUrl"] },
    },
  ],
  [
    "ListQueues",
    {
      onQueue: false,
      input: { strings: ["QueueNamePrefix", "NextToken"], integers: ["MaxResults"] },
      output: { strings: ["NextToken"], lists: { QueueUrls: { element: "QueueUrl", item: "text" } } },
    },
  ],
  [
    "ListDeadLetterSourceQueues",
    {
      onQueue: true,
      input: { strings: ["NextToken"], integers: ["MaxResults"] },
      output: { strings: ["NextToken"], lists: { queueUrls: { element: "QueueUrl", item: "text" } } },
    },
  ],
  [
    "ListQueueTags",
    {
      onQueue: true,
      input: {},
      output: { pairs: { Tags: { element: "Tag", key: "Key", value: "Value" } } },
    },
  ],
  ["TagQueue", { onQueue: true, input: { pairs: { Tag: { member: "Tags", key: "Key", value: "Value" } } } }],
  ["UntagQueue", { onQueue: true, input: { lists: { TagKey: "TagKeys" } } }],
]);
