/** A message as ReceiveMessage gives it in the AWS JSON protocol; binary values are base64. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, ReceivedAttribute>>;
}

interface ReceivedAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

/** One message in a function's event. */
export interface SqsRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** SQS's own, under SQS's names; those of a FIFO queue and `AWSTraceHeader` where the message has them. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, RecordAttribute>>;
  readonly md5OfBody: string;
  /** Where the message has attributes: AWS's sample leaves it out, its events have it. */
  readonly md5OfMessageAttributes?: string;
  readonly eventSource: "aws:sqs";
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

interface RecordAttribute {
  readonly stringValue?: string;
  readonly binaryValue?: string;
  /** SQS has no lists; the fields are there all the same. */
  readonly stringListValues: readonly never[];
  readonly binaryListValues: readonly never[];
  readonly dataType: string;
}

/** What a function gets of a batch. */
export interface SqsEvent {
  readonly Records: readonly SqsRecord[];
}

/** The queue that records come from. */
export interface EventSource {
  readonly arn: string;
  readonly region: string;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
export function sqsRecord(message: ReceivedMessage, { arn, region }: EventSource): SqsRecord {
  const attributes = Object.entries(message.MessageAttributes ?? {});
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: { ...message.Attributes },
    messageAttributes: Object.fromEntries(attributes.map(([name, value]) => [name, recordAttribute(value)])),
    md5OfBody: message.MD5OfBody,
    ...(message.MD5OfMessageAttributes !== undefined && {
      md5OfMessageAttributes: message.MD5OfMessageAttributes,
    }),
    eventSource: "aws:sqs",
    eventSourceARN: arn,
    awsRegion: region,
  };
}

function recordAttribute({ DataType, StringValue, BinaryValue }: ReceivedAttribute): RecordAttribute {
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
