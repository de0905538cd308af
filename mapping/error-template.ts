import { type ErrorContext, errorDirectives, type Remedies } from "./error-directives";
import { kindOf, type ValueSource } from "./value-source";

/**
 * The one shape of every error answer: a code for programs, a message for people, the request id for the operator.
 * Both texts go into JSON as they are; they may be VTL references to such texts.
 */
export function errorBody(code: string, message: string): string {
  return `{"code":"${code}","message":"${message}","requestId":"$context.requestId"}`;
}

/** Where the values come from that a message can lack or have wrong, or a request; what is given here, the answer tells the caller. */
export interface ErrorTemplateOptions extends Omit<ErrorContext, "remedies"> {
  readonly messageGroupId?: ValueSource;
  readonly messageDeduplicationId?: ValueSource;
  readonly messageDelaySeconds?: ValueSource;
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
    errorDirectives({ ...options, remedies: remedies(options) }),
    "#if($status != 500)#set($context.responseOverride.status = $status)#end",
    `#if($retryAfter != 0)#set($context.responseOverride.header.Retry-After = "$retryAfter")#end`,
    errorBody("$code", "$message"),
  ].join("");
}

function remedies(options: ErrorTemplateOptions): Remedies {
  return {
    messageGroupId: remedy("the message group id", options.messageGroupId),
    messageDeduplicationId: remedy("the message deduplication id", options.messageDeduplicationId),
    messageDelaySeconds: remedy("the delay", options.messageDelaySeconds),
  };
}

function remedy(thing: string, source: ValueSource | undefined): string | undefined {
  if (!source) return undefined;
  const { kind, name } = kindOf(source);
  return kind.remedy?.(thing, name);
}

/** Response template for SQS's 5xx statuses: whatever is wrong, it passes by itself, and a retry makes sense. */
export function unavailableTemplate(): string {
  return errorBody("SERVICE_UNAVAILABLE", "The queue is not available. Retry later.");
}

/**
 * Template of a gateway response, with which API Gateway answers its own errors, in the shape of all error answers.
 *
 * These templates know the substitution of simple variables only, no directives. `$context.error.messageString` has its
 * quotation marks with it.
 * @param message fixed text; API Gateway's own without it
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function gatewayResponseTemplate(message?: string): string {
  const text = message === undefined ? "$context.error.messageString" : JSON.stringify(message);
  return `{"code":"$context.error.responseType","message":${text},"requestId":"$context.requestId"}`;
}
