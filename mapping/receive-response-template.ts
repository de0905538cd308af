import { errorBody } from "./error-template";

const MESSAGES = "$.ReceiveMessageResponse.ReceiveMessageResult.messages[";

/**
 * Response template for SQS's 2xx answer to `ReceiveMessage`: the messages in one shape, `[]` where there is none.
 *
 * Every text comes by `$input.json`, which a serializer of JSON escapes, so that it arrives as it was sent. An answer that SQS has not signed
 * with its request id proves nothing, and is no empty queue: 503.
 *
 * Rests on: the list may be null, empty or absent, and `#foreach` over such a thing does nothing; a path may be put together
 * in a template. That `messages` is in lower case is observed.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export function receivedTemplate(): string {
  return [
    "#set($answer = '')#set($answer = $input.path('$.ReceiveMessageResponse'))",
    `#set($id = "$!answer.ResponseMetadata.RequestId")#if($id != '')`,
    `#set($start = '${MESSAGES}')#set($comma = ''){"messages":[`,
    "#foreach($message in $answer.ReceiveMessageResult.messages)",
    "#set($at = \"${start}${foreach.index}]\")${comma}#set($comma = ',')",
    message(),
    '#end],"requestId":"$context.requestId"}',
    "#else#set($context.responseOverride.status = 503)",
    "#set($context.responseOverride.header.Retry-After = '1')",
    errorBody("SERVICE_UNAVAILABLE", "The queue is not available. Retry later."),
    "#end",
  ].join("");
}

function message(): string {
  return [
    `{"messageId":${json("MessageId")},"receiptHandle":${json("ReceiptHandle")},"body":${json("Body")},`,
    `"attributes":${byName("Attributes", `$input.json("\${named}.Value")`)},`,
    `"messageAttributes":${byName("MessageAttributes", attributeValue())}}`,
  ].join("");
}

function json(member: string): string {
  return `$input.json("\${at}.${member}")`;
}

/** A list of names and values, as an object. */
function byName(member: string, value: string): string {
  return [
    `{#set($separator = '')#foreach($pair in $message.${member})`,
    `#set($named = "\${at}.${member}[\${foreach.index}]")`,
    `\${separator}$input.json("\${named}.Name"):${value}#set($separator = ',')#end}`,
  ].join("");
}

/** Binary values stay base64, as SQS has them. */
function attributeValue(): string {
  return [
    `{"dataType":$input.json("\${named}.Value.DataType"),#set($binary = "$!pair.Value.BinaryValue")`,
    `#if($binary == '')"stringValue":$input.json("\${named}.Value.StringValue")`,
    `#else"binaryValue":$input.json("\${named}.Value.BinaryValue")#end}`,
  ].join("");
}
