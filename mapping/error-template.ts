import { errorBody } from "./error-body";
import { errorDirectives, type ErrorTemplateOptions } from "./error-directives";

/**
 * Mapping template of the default integration response: whatever SQS did not accept becomes an error whose body carries
 * a code, a message and the request id, and nothing of SQS's own text (which names the queue and the account).
 *
 * The status comes from SQS's error code by `$context.responseOverride.status`; an unknown code, or an answer that is no
 * JSON, leaves the response's own status, 500. Overrides stand at the end, once each: AWS answers 5xx to the second
 * time.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function errorTemplate(options: ErrorTemplateOptions = {}): string {
  return [
    "#set($error = '')#set($error = $input.path('$.Error'))",
    `#set($sqsCode = "$!error.Code")#set($sqsMessage = "$!error.Message")`,
    errorDirectives(options),
    "#if($status != 500)#set($context.responseOverride.status = $status)#end",
    `#if($retryAfter != 0)#set($context.responseOverride.header.Retry-After = "$retryAfter")#end`,
    errorBody("$code", "$message"),
  ].join("");
}
