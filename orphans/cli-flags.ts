import { Command } from "commander";
import { CommandLineError } from "../errors/command-line-error";
import { flagMistake } from "../errors/flag-mistake";
import { shown } from "../errors/mistake";
import { refuseFlagsOfNpm } from "../errors/npm-flags";
import { parseFlags } from "../errors/parse-flags";

/** What was asked for on the command line. */
export interface Flags {
  /** Its name, or the folder of its Terraform JSON. */
  readonly stack: string;
  readonly state?: string;
  readonly region?: string;
  readonly json?: true;
  readonly exitCode?: true;
}

/**
 * Reads the command line.
 * @returns undefined where only help was asked for
 * @throws CommandLineError
 */
export function readFlags(args: readonly string[]): Flags | undefined {
  refuseFlagsOfNpm("orphans", ["state", "region", "exit-code"]);
  const program = commandLine();
  const isTaken = parseFlags(program, args, (error) =>
    error.code === "commander.excessArguments"
      ? notOneStack(program.args)
      : new CommandLineError(flagMistake(program, error)),
  );
  if (!isTaken) return undefined;
  const [stack] = program.args;
  if (stack === undefined || stack === "") throw notOneStack([]);
  return { ...program.opts<Omit<Flags, "stack">>(), stack };
}

function commandLine(): Command {
  return new Command("npm run orphans --")
    .description(
      "Lists what carries a stack's tag on AWS and is not in its Terraform state, with the commands that remove or import each. It changes nothing.",
    )
    .argument("[stack]", "such as auth-stack")
    .option(
      "--state <file>",
      "a state, or the output of terraform show -json, instead of what the stack's Terraform says",
    )
    .option("--region <name>", "the AWS Region (default: that of the state, else of the settings)")
    .option("--json", "as JSON")
    .option("--exit-code", "ends with 3 where there are orphans")
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
}

function notOneStack(given: readonly string[]): CommandLineError {
  return new CommandLineError({
    where: "npm run orphans",
    wrong: "works on one stack",
    got: given.length === 0 ? "none" : shown(given.join(" ")),
    allowed: "auth-stack, no-auth-stack, or the folder of a synthesized stack",
    mend: "Write it as npm run orphans -- auth-stack.",
  });
}
