import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import path from "node:path";
import { type FunctionInvoker, type InvocationResult, functionName } from "./function-invoker";

type Handler = (
  event: unknown,
  context: LambdaContext,
  callback: (error?: unknown, payload?: unknown) => void,
) => unknown;

/** Goes through the registered hooks, so that TypeScript modules load, too. */
const requireHandler = createRequire(__filename);

/** What a handler is told of the invocation that it runs for. */
export interface InvocationDetails {
  readonly requestId: string;
  readonly timeoutMs: number;
}

/** API Gateway gives an authorizer no longer than this. */
const TIMEOUT_MS = 29_000;

/**
 * Runs Lambda functions from modules of this machine that export `handler`, in this process, in any of Lambda's styles:
 * callback, promise, plain return, `context.succeed/fail/done`. Event and result pass through JSON, as on Lambda.
 */
export class HandlerModuleInvoker implements FunctionInvoker {
  private readonly handlers: ReadonlyMap<string, Handler>;
  private readonly fallback: Handler | undefined;

  /**
   * @param modules function ARN or name → a JavaScript or TypeScript file, or a folder with an index file
   * @param defaultModule serves every other function
   * @throws Error for a module that is missing, cannot be loaded, or exports no handler
   */
  constructor(modules: Readonly<Record<string, string>>, defaultModule?: string) {
    this.handlers = new Map(Object.entries(modules).map(([name, file]) => [name, loadHandler(file)]));
    this.fallback = defaultModule === undefined ? undefined : loadHandler(defaultModule);
  }

  public async invoke(
    functionArn: string,
    event: unknown,
    signal: AbortSignal,
    details: InvocationDetails = { requestId: randomUUID(), timeoutMs: TIMEOUT_MS },
  ): Promise<InvocationResult> {
    const handler =
      this.handlers.get(functionArn) ?? this.handlers.get(functionName(functionArn)) ?? this.fallback;
    if (handler === undefined) {
      throw new Error(`No handler module is set for the Lambda function ${functionArn}.`);
    }
    signal.throwIfAborted();
    try {
      const payload = await run(handler, { functionArn, event: throughJson(event), signal, ...details });
      return { ok: true, payload: throughJson(payload) };
    } catch (error) {
      signal.throwIfAborted();
      return { ok: false, errorMessage: errorMessage(error) };
    }
  }
}

interface Invocation extends InvocationDetails {
  readonly functionArn: string;
  readonly event: unknown;
  readonly signal: AbortSignal;
}

function run(handler: Handler, invocation: Invocation): Promise<unknown> {
  const { event, signal } = invocation;
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(new Error("The invocation was given up."));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    const settle =
      <T>(end: (value: T) => void) =>
      (value: T) => {
        signal.removeEventListener("abort", onAbort);
        end(value);
      };
    const succeed = settle(resolve);
    const fail = settle(reject);
    const context = createLambdaContext(invocation, { succeed, fail });
    try {
      const returned = handler(event, context, (error, payload) => {
        context.done(error, payload);
      });
      if (isThenable(returned)) void returned.then(succeed, fail);
      // A callback handler's return value means nothing; one without a callback argument can end in no other way.
      else if (returned !== undefined && handler.length < 3) succeed(returned);
    } catch (error) {
      fail(error);
    }
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function throughJson(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}

/** Lambda reports a thrown string as the message itself. */
function errorMessage(error: unknown): string | undefined {
  if (error instanceof Error) return error.message;
  if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
  if (error === undefined || error === null) return undefined;
  return typeof error === "string" ? error : JSON.stringify(error);
}

/**
 * The file that a path to a handler module leads to.
 * @throws Error where there is none
 */
export function handlerFile(module: string): string {
  try {
    return requireHandler.resolve(path.resolve(module));
  } catch {
    throw new Error(`Handler module ${module}: there is no such file, nor a folder with an index file.`);
  }
}

function loadHandler(file: string): Handler {
  const resolved = handlerFile(file);
  let exported: unknown;
  try {
    // Anew each time, so that a change in watch mode counts; what the module imports stays as it is.
    Reflect.deleteProperty(requireHandler.cache, resolved);
    exported = requireHandler(resolved);
  } catch (cause) {
    // Test runners add pages of advice.
    const [reason] = (errorMessage(cause) ?? "unknown error").trim().split("\n", 1);
    throw new Error(`Handler module ${file} cannot be loaded: ${reason}`, { cause });
  }
  const handler =
    typeof exported === "object" && exported !== null && "handler" in exported && exported.handler;
  if (typeof handler !== "function") {
    throw new Error(`Handler module ${file} exports no function named handler.`);
  }
  return handler as Handler;
}

/**
 * The `context` argument of a handler in Lambda's Node.js runtime.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
interface LambdaContext {
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

/** How a handler ends, in any of Lambda's styles; only the first call counts. */
type HandlerEnd = Pick<LambdaContext, "succeed" | "fail">;

function createLambdaContext(
  { functionArn, requestId, timeoutMs }: Invocation,
  end: HandlerEnd,
): LambdaContext {
  const deadline = Date.now() + timeoutMs;
  const name = functionName(functionArn);
  return {
    awsRequestId: requestId,
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
    ...end,
  };
}
