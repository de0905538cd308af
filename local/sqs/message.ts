/** A message attribute in the AWS JSON protocol; `BinaryValue` is base64. */
export interface MessageAttribute {
  DataType?: string;
  StringValue?: string;
  BinaryValue?: string;
}

/** What a producer gives SQS for one message, in the AWS JSON protocol: SendMessage's input or a batch's entry. */
export interface MessageInput {
  MessageBody?: string;
  DelaySeconds?: number;
  MessageAttributes?: Readonly<Record<string, MessageAttribute>>;
  MessageSystemAttributes?: Readonly<Record<string, MessageAttribute>>;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
}

/** An entry of SendMessageBatch's input. */
export interface BatchEntry extends MessageInput {
  Id?: string;
}

/** An entry of a batch that SQS refused. */
export interface FailedEntry {
  Id: string;
  SenderFault: boolean;
  Code: string;
  Message: string;
}
