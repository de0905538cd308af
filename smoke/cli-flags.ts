import { Command, type CommanderError, Option } from "commander";
import { CommandLineError } from "../errors/command-line-error";
import { flagMistake } from "../errors/flag-mistake";
import { shown } from "../errors/mistake";
import { refuseFlagsOfNpm } from "../errors/npm-flags";
import { parseFlags } from "../errors/parse-flags";
import { wholeNumber } from "../errors/whole-number";
import type { WhichQueue } from "../queue/queue-place";

/** What was asked for on the command line. */
export interface Flags extends WhichQueue {
  readonly url?: string;
  readonly token?: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly seconds: number;
  readonly json?: true;
}

/**
 * Reads the command line.
 * @returns undefined where only help was asked for
 * @throws CommandLineError
 */
export function readFlags(args: readonly string[]): Flags | undefined {
  refuseFlagsOfNpm("smoke", ["token", "header", "body", "url", "queue-url", "state", "webhook", "seconds"]);
  const program = commandLine();
  if (!parseFlags(program, args, (error) => commandLineError(program, error))) return undefined;
  return requireStack({ ...program.opts<Omit<Flags, "stack">>(), stack: program.args[0] });
}

function commandLine(): Command {
  return new Command("npm run smoke --")
    .description(
      "Posts one message to a deployed stack and finds it in its queue, without taking others'; docs/operating.md tells more.",
    )
    .argument("[stack]", "such as auth-stack")
    .addOption(new Option("--token <token>", "the header Authorization").env("SMOKE_TOKEN"))
    .option("--header <name=value>", "a header, such as x-api-key=…; repeatable", collectHeader)
    .addOption(
      new Option(
        "--body <text>",
        "the body; {id} in it, or in a header, stands for an id of its own",
      ).default('{"smoke":"{id}"}'),
    )
    .option("--url <url>", "where to post, instead of the stack's api_url")
    .option("--queue-url <url>", "where to look, instead of the stack's queue_url")
    .option("--webhook <path>", "the URL and the queue of the sender at this path, such as /github")
    .option(
      "--state <file>",
      "a state, or the output of terraform show -json, instead of the stack's Terraform",
    )
    .addOption(
      new Option("--seconds <n>", "how long to look")
        .default(30)
        .argParser((text) => wholeNumber("--seconds", text, 1, 1000)),
    )
    .option("--json", "the result as JSON")
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
}

function collectHeader(text: string, previous: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+)=([^\r\n]*)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return { ...previous, [name]: value };
  throw new CommandLineError({
    where: "--header",
    wrong: "is not a header with a value",
    got: shown(text),
    allowed: "name=value",
    mend: "Write it as --header x-api-key=secret.",
  });
}

function commandLineError(program: Command, error: CommanderError): CommandLineError {
  if (error.code !== "commander.excessArguments") return new CommandLineError(flagMistake(program, error));
  return new CommandLineError({
    where: "npm run smoke",
    wrong: "tests one stack at a time",
    got: shown(program.args.join(" ")),
    allowed: "one stack",
    mend: "Run it once for each.",
  });
}

function requireStack(flags: Flags): Flags {
  const { stack, state, url, queueUrl } = flags;
  if (stack !== undefined || state !== undefined || (url !== undefined && queueUrl !== undefined)) {
    return flags;
  }
  throw new CommandLineError({
    where: "npm run smoke",
    wrong: "is not told which stack",
    got: "none",
    allowed: "a stack, or --state, or both --url and --queue-url",
    mend: "Write it as npm run smoke -- auth-stack --token <token>.",
  });
}
