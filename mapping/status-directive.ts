/**
 * VTL that prints nothing and gives the answer this status, in the place of its response's; nothing for 200. AWS answers
 * 5xx where a template sets the status twice.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function statusDirective(status: number): string {
  return status === 200 ? "" : `#set($context.responseOverride.status = ${status})`;
}
