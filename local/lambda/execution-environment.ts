import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { functionName, type InvocationResult } from "./function-invoker";

/** A function and the code that runs as it. */
export interface FunctionCode {
  /** A JavaScript or TypeScript file, or a folder with an index file, that exports `handler`. */
  readonly module: string;
  readonly functionArn: string;
  readonly region: string;
  readonly timeoutSeconds: number;
  /** Beside this process's own, which it has too. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it prints on standard output goes to standard error. */
  readonly printsToStandardError?: boolean | undefined;
}

/** Milliseconds that a module has to load. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const INIT_TIME = 10_000;

/** What a process says. */
type Report = { ready: true } | { error: string } | { result: InvocationResult };

/**
 * A process that runs one invocation of a function at a time, as Lambda's execution environments do. What the handler prints goes to
 * standard output and standard error as it is. Left out: memory limits, layers, and that Lambda freezes it between invocations.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment {
  /** Known before the process has gone. */
  private isEnded = false;

  private constructor(
    private readonly child: ChildProcess,
    private readonly code: FunctionCode,
  ) {}

  /** @throws Error where the module can't be loaded or exports no handler */
  public static async start(code: FunctionCode): Promise<ExecutionEnvironment> {
    const child = fork(path.join(__dirname, "execution-environment-process.mjs"), {
      execArgv: [],
      env: { ...process.env, ...lambdaVariables(code), ...code.environment },
      stdio: ["inherit", code.printsToStandardError === true ? 2 : "inherit", "inherit", "ipc"],
    });
    // What can't be sent has an exit, too, which tells it.
    child.on("error", () => undefined);
    child.send({ module: code.module, functionArn: code.functionArn });
    const report = await nextReport(child, INIT_TIME);
    if (report !== undefined && "ready" in report) return new ExecutionEnvironment(child, code);
    child.kill("SIGKILL");
    throw new Error(
      report !== undefined && "error" in report
        ? report.error
        : `Handler module ${code.module} ${hasEnded(child) ? "ended its process" : "was not loaded within 10 seconds"}.`,
    );
  }

  public get isAlive(): boolean {
    return !this.isEnded && !hasEnded(this.child) && this.child.connected;
  }

  /** Never fails: a crash and the end of the time are results, in Lambda's words. */
  public async invoke(event: unknown, requestId: string): Promise<InvocationResult> {
    const timeoutMs = this.code.timeoutSeconds * 1000;
    this.child.send({ event, requestId, timeoutMs });
    const report = await nextReport(this.child, timeoutMs);
    if (report !== undefined && "result" in report) return report.result;
    const reason = hasEnded(this.child)
      ? exitText(this.child)
      : `Task timed out after ${this.code.timeoutSeconds.toFixed(2)} seconds`;
    this.end();
    return { ok: false, errorMessage: `RequestId: ${requestId} Error: ${reason}` };
  }

  public end(): void {
    this.isEnded = true;
    this.child.kill("SIGKILL");
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
function lambdaVariables({ functionArn, region }: FunctionCode): Readonly<Record<string, string>> {
  return {
    AWS_LAMBDA_FUNCTION_NAME: functionName(functionArn),
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}

/** Undefined where the process ends, or says nothing in that time. */
async function nextReport(child: ChildProcess, milliseconds: number): Promise<Report | undefined> {
  if (hasEnded(child)) return undefined;
  const settled = new AbortController();
  const { signal } = settled;
  const timer = setTimeout(() => {
    settled.abort();
  }, milliseconds);
  try {
    return await Promise.race([
      once(child, "message", { signal }).then(([report]) => report as Report),
      once(child, "exit", { signal }).then(() => undefined),
    ]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    settled.abort();
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function exitText({ exitCode, signalCode }: ChildProcess): string {
  if (signalCode !== null) return `Runtime exited with error: signal: ${signalCode}`;
  return exitCode === 0
    ? "Runtime exited without providing a reason"
    : `Runtime exited with error: exit status ${exitCode}`;
}
