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
