import type { CommandResult } from "./run-command";

/** The result of a command that must succeed; throws with all of its output if it did not. */
export async function succeeded(command: Promise<CommandResult>): Promise<CommandResult> {
  const result = await command;
  if (result.exitCode !== 0) throw new Error(`exit code ${result.exitCode ?? "none"}\n${result.output}`);
  return result;
}
