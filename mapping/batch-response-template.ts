import { errorDirectives, type Remedies } from "./error-directives";

const REMEDIES: Remedies = {
  messageGroupId: "Give the entry a messageGroupId.",
  messageDeduplicationId: "Give the entry a messageDeduplicationId.",
};

const DELAY_REMEDY = "Give the entry such a delaySeconds.";

/**
 * Response template for SQS's 2xx answer to `SendMessageBatch`, which it also gives when it refused some messages or
 * all: each message's outcome by its index, in order. Refused ones have a code and a message of ours; SQS's own text may
 * name the queue and the account.
 *
 * The status stays when all were accepted; 207 when some were; when none was, 400 if every one was the caller's fault,
 * otherwise 503 with `Retry-After`. An answer without any outcome proves nothing: 503.
 *
 * Rests on: `Successful` and `Failed` may be null, empty or absent, and `#foreach` over such a thing does nothing;
 * `SenderFault` may be a boolean or text.
 * @param hasDelays may messages have delays of their own?
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export function batchResponseTemplate(hasDelays = false): string {
  const remedies = hasDelays ? { ...REMEDIES, messageDelaySeconds: DELAY_REMEDY } : REMEDIES;
  return [
    "#set($result = '')#set($result = $input.path('$.SendMessageBatchResponse.SendMessageBatchResult'))",
    "#set($accepted = 0)#set($refused = 0)#set($senderFaults = 0)#set($comma = '')",
    `{"results":[`,
    "#foreach($index in ['0','1','2','3','4','5','6','7','8','9'])",
    eachOutcome("Failed", failure(remedies)),
    eachOutcome("Successful", success()),
    `#end],"requestId":"$context.requestId"}`,
    status(),
  ].join("");
}

function eachOutcome(list: string, outcome: string): string {
  const member = `{"index":$index,`;
  return [
    `#foreach($entry in $result.${list})#set($id = "$!entry.Id")#if($id == $index)`,
    `\${comma}${member}${outcome}}#set($comma = ',')`,
    "#end#end",
  ].join("");
}

function success(): string {
  return `#set($accepted = $accepted + 1)"messageId":"$!entry.MessageId"`;
}

function failure(remedies: Remedies): string {
  return [
    `#set($refused = $refused + 1)#set($fault = "$!entry.SenderFault")`,
    "#if($fault == 'true')#set($senderFaults = $senderFaults + 1)#end",
    `#set($sqsCode = "$!entry.Code")#set($sqsMessage = "$!entry.Message")`,
    errorDirectives({ remedies }),
    `"code":"$code","message":"$message"`,
  ].join("");
}

function status(): string {
  return [
    "#if($accepted != 0)#if($refused != 0)#set($context.responseOverride.status = 207)#end",
    "#elseif($refused != 0 && $refused == $senderFaults)#set($context.responseOverride.status = 400)",
    "#else#set($context.responseOverride.status = 503)",
    "#set($context.responseOverride.header.Retry-After = '1')#end",
  ].join("");
}
