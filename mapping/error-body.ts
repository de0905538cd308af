/**
 * The one shape of every error answer: a code for programs, a message for people, the request id for the operator.
 * Both texts go into JSON as they are; they may be VTL references to such texts.
 */
export function errorBody(code: string, message: string): string {
  return `{"code":"${code}","message":"${message}","requestId":"$context.requestId"}`;
}
