import { randomUUID } from "node:crypto";
import { messageOf } from "../../errors/mistake";
import { ExecutionEnvironment, type FunctionCode } from "./execution-environment";
import type { InvocationResult } from "./function-invoker";

/** What came of an invocation, and the id that the function logs. */
export interface IdentifiedResult {
  readonly requestId: string;
  readonly result: InvocationResult;
}

/** A function that batches are handed to. */
export interface BatchFunction {
  /** Never fails. */
  invoke(event: unknown): Promise<IdentifiedResult>;
  close(): void;
}

/** The execution environments of one function: as many as there were invocations at once, each used again. */
export class ExecutionEnvironments implements BatchFunction {
  private readonly idle: ExecutionEnvironment[] = [];
  private readonly busy = new Set<ExecutionEnvironment>();
  private isClosed = false;

  private constructor(private readonly code: FunctionCode) {}

  /**
   * Starts the first one, so that a module that can't run is known at once.
   * @throws Error for such a module
   */
  public static async start(code: FunctionCode): Promise<ExecutionEnvironments> {
    const environments = new ExecutionEnvironments(code);
    environments.idle.push(await ExecutionEnvironment.start(code));
    return environments;
  }

  public async invoke(event: unknown): Promise<IdentifiedResult> {
    const requestId = randomUUID();
    try {
      const environment = this.takeIdle() ?? (await ExecutionEnvironment.start(this.code));
      return { requestId, result: await this.run(environment, event, requestId) };
    } catch (error) {
      return { requestId, result: { ok: false, errorMessage: messageOf(error) } };
    }
  }

  /** Invocations under way fail. */
  public close(): void {
    this.isClosed = true;
    for (const environment of [...this.idle, ...this.busy]) environment.end();
  }

  private async run(environment: ExecutionEnvironment, event: unknown, requestId: string) {
    if (this.isClosed) environment.end();
    this.busy.add(environment);
    const result = await environment.invoke(event, requestId);
    this.busy.delete(environment);
    if (environment.isAlive) this.idle.push(environment);
    return result;
  }

  /** One may have ended after its last invocation, by what the handler left behind. */
  private takeIdle(): ExecutionEnvironment | undefined {
    for (;;) {
      const environment = this.idle.pop();
      if (environment === undefined || environment.isAlive) return environment;
    }
  }
}
