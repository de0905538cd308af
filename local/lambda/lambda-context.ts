import { randomUUID } from "node:crypto";
import { functionName } from "./lambda";

/** How a handler ends, in any of Lambda's styles; only the first call counts. */
export interface HandlerEnd {
  succeed(payload: unknown): void;
  fail(error: unknown): void;
}

/**
 * The `context` argument of a handler in Lambda's Node.js runtime.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export interface LambdaContext {
  awsRequestId: string;
  callbackWaitsForEmptyEventLoop: boolean;
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  logGroupName: string;
  logStreamName: string;
  memoryLimitInMB: string;
  getRemainingTimeInMillis(): number;
  done(error?: unknown, payload?: unknown): void;
  fail(error: unknown): void;
  succeed(payload: unknown): void;
}

/** Makes the context of one invocation. */
export function createLambdaContext(functionArn: string, timeoutMs: number, end: HandlerEnd): LambdaContext {
  const deadline = Date.now() + timeoutMs;
  const name = functionName(functionArn);
  return {
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: "$LATEST",
    invokedFunctionArn: functionArn,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: "local",
    memoryLimitInMB: "128",
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: (error, payload) => {
      if (error === undefined || error === null) end.succeed(payload);
      else end.fail(error);
    },
    fail: (error) => {
      end.fail(error);
    },
    succeed: (payload) => {
      end.succeed(payload);
    },
  };
}
