import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** What a process has used so far; memory in bytes. */
export interface Usage {
  readonly cpuMicros: number;
  readonly rss: number;
  readonly peakRss: number;
  readonly heapUsed: number;
}

/** How a process is started. */
export interface ProcessOptions {
  readonly file: string;
  readonly arguments?: readonly string[];
  /** Modules that it loads first. */
  readonly preload?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Throws its output away. */
  readonly silent?: boolean;
}

/** A Node.js process that reports what it uses. Processes that it starts itself don't count. */
export class MeasuredProcess {
  private readonly child: ChildProcess;

  constructor({ file, arguments: args = [], preload = [], cwd, env, silent = false }: ProcessOptions) {
    const execArgv = [...preload, path.join(__dirname, "report-usage.js")].flatMap((module) => [
      "-r",
      module,
    ]);
    this.child = fork(file, args, {
      execArgv,
      stdio: ["ignore", silent ? "ignore" : "pipe", silent ? "ignore" : "inherit", "ipc"],
      ...(cwd !== undefined && { cwd }),
      env: { ...process.env, ...env },
    });
  }

  /** The first line that it prints, read as JSON. */
  public async firstLine(): Promise<unknown> {
    const { stdout } = this.child;
    if (stdout === null) throw new Error("The process has no output.");
    let text = "";
    for await (const chunk of stdout.iterator({ destroyOnReturn: false })) {
      text += String(chunk);
      if (text.includes("\n")) break;
    }
    stdout.resume();
    return JSON.parse(text) as unknown;
  }

  /** `collect` collects garbage first, so that `heapUsed` is what is really held. */
  public async usage({ collect = false } = {}): Promise<Usage> {
    const answer = once(this.child, "message");
    this.child.send({ ask: "usage", collect });
    const [{ usage }] = (await answer) as [{ usage: Usage }];
    return usage;
  }

  public async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, "exit");
    this.child.kill("SIGTERM");
    const timer = setTimeout(() => this.child.kill("SIGKILL"), 3000);
    await exit;
    clearTimeout(timer);
  }
}
