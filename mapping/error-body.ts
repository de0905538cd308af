/** The one shape of every error answer: a code for programs, a message for people, the request id for the operator. */
export function errorBody(code: string, message: string): string {
  return `{"code":"${code}","message":"${message}","requestId":"$context.requestId"}`;
}
