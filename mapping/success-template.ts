/**
 * Response template of an accepted message: the message's id, API Gateway's request id and, from a FIFO queue, the
 * sequence number, as JSON.
 *
 * SQS answers `SequenceNumber: null` for a standard queue. What it gives are digits, letters and hyphens.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function compactTemplate(): string {
  return [
    "#set($result = $input.path('$.SendMessageResponse.SendMessageResult'))",
    `#set($sequenceNumber = "$!result.SequenceNumber")`,
    `{"messageId":"$!result.MessageId","requestId":"$context.requestId"`,
    `#if($sequenceNumber != ''),"sequenceNumber":"$sequenceNumber"#end}`,
  ].join("");
}
