import { errorBody } from "./error-body";
import { errorDirectives, type Remedies } from "./error-directives";
import type { ValueSource } from "./value-source";

/** Where the values come from that a message can lack; what is given here, the answer tells the caller. */
export interface ErrorTemplateOptions {
  readonly messageGroupId?: ValueSource;
  readonly messageDeduplicationId?: ValueSource;
}

/**
 * Mapping template of the default integration response: whatever SQS did not accept becomes an error whose body carries
 * a code, a message and the request id, and nothing of SQS's own text (which names the queue and the account).
 *
 * The status comes from SQS's error code by `$context.responseOverride.status`; an unknown code, or an answer that is no
 * JSON, leaves the response's own status, 500. Overrides stand at the end, once each: AWS answers 5xx to the second
 * time.
 * @throws Error for a source with a name that a mapping template cannot hold
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function errorTemplate(options: ErrorTemplateOptions = {}): string {
  return [
    "#set($error = '')#set($error = $input.path('$.Error'))",
    `#set($sqsCode = "$!error.Code")#set($sqsMessage = "$!error.Message")`,
    errorDirectives(remedies(options)),
    "#if($status != 500)#set($context.responseOverride.status = $status)#end",
    `#if($retryAfter != 0)#set($context.responseOverride.header.Retry-After = "$retryAfter")#end`,
    errorBody("$code", "$message"),
  ].join("");
}

function remedies({ messageGroupId, messageDeduplicationId }: ErrorTemplateOptions): Remedies {
  return {
    ...remedy("messageGroupId", "the message group id", messageGroupId),
    ...remedy("messageDeduplicationId", "the message deduplication id", messageDeduplicationId),
  };
}

function remedy(key: keyof Remedies, thing: string, source: ValueSource | undefined): Remedies {
  const sentence = source && sentenceFor(thing, source);
  return sentence === undefined ? {} : { [key]: sentence };
}

function sentenceFor(thing: string, source: ValueSource): string | undefined {
  if ("header" in source) return `Send ${thing} in the header ${source.header}.`;
  if ("query" in source) return `Send ${thing} in the query parameter ${source.query}.`;
  if ("jsonPath" in source) return `Send ${thing} in the body at ${source.jsonPath}.`;
  if ("authorizer" in source) return `The authorizer has to give ${thing} as ${source.authorizer}.`;
  return undefined;
}
