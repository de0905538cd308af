/** What a Lambda function came to. A failed one has its error's message, if it gave one. */
export type InvocationResult =
  { ok: true; payload: unknown } | { ok: false; errorMessage: string | undefined };

/** Invokes Lambda functions synchronously. */
export interface FunctionInvoker {
  /**
   * @param functionArn the function's ARN, with or without a version or alias
   * @throws what kept the function from being called at all; an error of the function itself is a result
   */
  invoke(functionArn: string, event: unknown, signal: AbortSignal): Promise<InvocationResult>;
}

/** The name in a function's ARN; a bare name is its own. */
export function functionName(functionArn: string): string {
  return /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(functionArn)?.[1] ?? functionArn;
}
