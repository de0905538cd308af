import { errorBody } from "./error-template";

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

/** Response template of what has no result but that it is done. */
export function compactAcknowledgement(): string {
  return '{"requestId":"$context.requestId"}';
}

/**
 * VTL that prints nothing and gives the answer this status, in the place of its response's; nothing for 200. AWS answers
 * 5xx where a template sets the status twice.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function statusDirective(status: number): string {
  return status === 200 ? "" : `#set($context.responseOverride.status = ${status})`;
}

/**
 * Response template that answers with `template` only where SQS says which message it has stored, and 500 otherwise. For
 * request templates that are not ours: SQS answers 2xx to other actions, too, and to a batch of which it stored nothing.
 */
export function provenSuccessTemplate(template: string): string {
  return [
    "#set($stored = '')#set($stored = $input.path('$.SendMessageResponse.SendMessageResult.MessageId'))",
    `#set($stored = "$!stored")#if($stored != '')${template}#else`,
    "#set($context.responseOverride.status = 500)",
    errorBody("INTERNAL_ERROR", "The message was not accepted."),
    "#end",
  ].join("");
}
