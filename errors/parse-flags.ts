import { type Command, CommanderError } from "commander";
import { CommandLineError } from "./command-line-error";
import { flagMistake } from "./flag-mistake";

/**
 * Has a program take its arguments.
 * @param args without Node.js and the script
 * @param mistakeOf what a user is told where the program can't take them
 * @returns false where only help was asked for
 * @throws CommandLineError
 */
export function parseFlags(
  program: Command,
  args: readonly string[],
  mistakeOf = (error: CommanderError) => new CommandLineError(flagMistake(program, error)),
): boolean {
  try {
    program.parse(args, { from: "user" });
    return true;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return false;
    throw mistakeOf(error);
  }
}
