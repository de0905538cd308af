import { CommandLineError } from "./command-line-error";
import { messageOf } from "./mistake";
import { printable } from "./printable";

/** What a command-line tool works with. */
export interface Tool {
  /** Aborted by the first Ctrl-C: the tool ends in order. A second one ends the process. */
  readonly signal: AbortSignal;
  /** Tells what is not the result, on standard error. */
  readonly tell: (line: string) => void;
}

/** A tool's result: what it prints, and its exit code. */
export interface ToolResult {
  readonly text: string;
  readonly exitCode: number;
}

/**
 * Runs a command-line tool: prints its result, or one line that tells why there is none, and ends with 1 where it could not do its
 * work, with 2 where the command line can't be meant.
 */
export async function runTool(run: (tool: Tool) => Promise<ToolResult | undefined>): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      stopping.abort();
    });
  }
  const tell = (line: string) => {
    process.stderr.write(`${printable(line)}\n`);
  };
  try {
    const result = await run({ signal: stopping.signal, tell });
    if (result === undefined) return;
    process.stdout.write(`${printable(result.text)}\n`);
    process.exitCode = result.exitCode;
  } catch (error) {
    tell(messageOf(error));
    process.exitCode = error instanceof CommandLineError ? 2 : 1;
  }
}
