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

/** What Lambda's Invoke API answers. */
export interface LambdaAnswer {
  readonly status: number;
  /** Did the function fail? */
  readonly isFunctionError: boolean;
  /** What the function returned, or its error, as JSON. */
  readonly payload: string;
}

/** Lambda's Invoke API, with its payloads as text. */
export interface LambdaApi {
  /**
   * @param invocationType such as `RequestResponse`, or `Event`, which waits for no result
   * @throws what kept Lambda from being called at all
   */
  call(
    functionArn: string,
    payload: string,
    signal: AbortSignal,
    invocationType?: string,
  ): Promise<LambdaAnswer>;
}

/** The name in a function's ARN; a bare name is its own. */
export function functionName(functionArn: string): string {
  return /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(functionArn)?.[1] ?? functionArn;
}

/** The value of a payload; undefined for one that is no JSON. */
export function parsePayload(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
