import { Command, type CommanderError, Option } from "commander";
import { CommandLineError } from "../errors/command-line-error";
import { flagMistake } from "../errors/flag-mistake";
import { shown } from "../errors/mistake";
import { refuseFlagsOfNpm } from "../errors/npm-flags";
import { parseFlags } from "../errors/parse-flags";
import { wholeNumber } from "../errors/whole-number";
import type { WhichQueue } from "./queue-place";

/** What was asked for on the command line, by its command. */
export type Flags = WhichQueue &
  (
    | { readonly command: "count"; readonly json?: true }
    | {
        readonly command: "peek";
        readonly deadLetters?: true;
        readonly messages: number;
        readonly body: number;
        readonly json?: true;
      }
    | {
        readonly command: "redrive";
        readonly to?: string;
        readonly filter?: Readonly<Record<string, string>>;
        readonly containing?: string;
        readonly group?: string;
        readonly rate?: number;
        readonly dryRun?: true;
      }
    | { readonly command: "purge"; readonly deadLetters?: true; readonly yes?: string }
  );

const NAME = "npm run queue -- <stack>";

/**
 * Reads the command line.
 * @returns undefined where only help was asked for
 * @throws CommandLineError
 */
export function readFlags(args: readonly string[]): Flags | undefined {
  let flags: Flags | undefined;
  const program = commandLine((found) => (flags = found));
  refuseFlagsOfNpm("queue", [
    "dry-run",
    "filter",
    "containing",
    "group",
    "rate",
    "to",
    "dead-letters",
    "queue-url",
    "state",
    "webhook",
  ]);
  const [first = ""] = args;
  const isStack = !first.startsWith("-") && commandOf(program, first) === undefined;
  const stack = isStack && first !== "" ? first : undefined;
  const [name = "", ...rest] = isStack ? args.slice(1) : args;
  const command = commandOf(program, name);
  if (command === undefined && !/^(-h|--help)$/.test(name)) throw noCommand(program, args);
  parseFlags(program, [name, ...rest], (error) => commandLineError(command ?? program, error));
  return flags === undefined ? undefined : requireQueue({ ...flags, stack });
}

function commandLine(found: (flags: Flags) => void): Command {
  const program = new Command(NAME)
    .description(
      "Looks into the queue of a deployed stack, moves its dead letters back, counts or purges; docs/operating.md tells more.",
    )
    .usage("<command> [options]")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const add = (name: Flags["command"], description: string) =>
    program
      .command(name)
      .description(description)
      .option(
        "--state <file>",
        "a state, or the output of terraform show -json, instead of the stack's Terraform",
      )
      .option("--queue-url <url>", "the queue, instead of a stack")
      .option("--webhook <path>", "the queue of the sender at this path, such as /github")
      .allowExcessArguments(false)
      .action((options: object) => {
        found({ command: name, ...options } as Flags);
      });
  add("count", "about how many messages are in the queue and its dead-letter queue").option(
    "--json",
    "as JSON",
  );
  add("peek", "shows messages and puts them back; each look counts as a receive")
    .option("--dead-letters", "of the dead-letter queue")
    .addOption(numberOption("--messages <n>", "how many, at most", 1, 1000).default(10))
    .addOption(numberOption("--body <characters>", "where a body is cut", 1, 1_048_576).default(300))
    .option("--json", "as JSON, with whole bodies");
  add("redrive", "moves the messages of the dead-letter queue back to the queue")
    .option("--to <url>", "to this queue instead")
    .option("--filter <name=value>", "only those with this message attribute; repeatable", collectPair)
    .option("--containing <text>", "only those with this text in their body")
    .option("--group <id>", "only those of this message group")
    .addOption(numberOption("--rate <n>", "messages in a second, at most", 1, 10_000))
    .option("--dry-run", "count and show what would be moved; nothing is moved");
  add("purge", "deletes all messages for good, once the queue's name is typed")
    .option("--dead-letters", "of the dead-letter queue")
    .option("--yes <name>", "the queue's name, instead of typing it");
  return program;
}

function commandOf(program: Command, name: string): Command | undefined {
  return program.commands.find((command) => command.name() === name);
}

function numberOption(flags: string, description: string, least: number, most: number): Option {
  const [flag = flags] = flags.split(" ");
  return new Option(flags, description).argParser((text) => wholeNumber(flag, text, least, most));
}

function collectPair(text: string, previous: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return { ...previous, [name]: value };
  throw new CommandLineError({
    where: "--filter",
    wrong: "is not a message attribute with a value",
    got: JSON.stringify(text),
    allowed: "name=value",
    mend: "Write it as --filter tenant=acme; a text of the body is --containing.",
  });
}

function noCommand(program: Command, args: readonly string[]): CommandLineError {
  const names = program.commands.map((command) => command.name()).join(", ");
  return new CommandLineError({
    where: "npm run queue",
    wrong: "has no such command",
    got: args.length === 0 ? "none" : shown(args.join(" ")),
    allowed: `a stack and one of ${names}`,
    mend: "Write it as npm run queue -- auth-stack count.",
  });
}

function commandLineError(command: Command, error: CommanderError): CommandLineError {
  if (error.code !== "commander.excessArguments") return new CommandLineError(flagMistake(command, error));
  return new CommandLineError({
    where: `npm run queue, ${command.name()}`,
    wrong: "takes no further words",
    got: shown(command.args.join(" ")),
    allowed: "flags behind the command",
    mend: `See npm run queue -- ${command.name()} --help.`,
  });
}

function requireQueue(flags: Flags): Flags {
  if (flags.webhook !== undefined && flags.queueUrl !== undefined) {
    throw new CommandLineError({
      where: "--webhook",
      wrong: "names a second queue",
      got: shown(flags.webhook),
      allowed: "this flag, or --queue-url",
      mend: "Drop one of the two.",
    });
  }
  const given = [flags.stack, flags.state, flags.queueUrl].filter((text) => text !== undefined);
  if (given.length > 0 && !(flags.state !== undefined && flags.queueUrl !== undefined)) return flags;
  throw new CommandLineError({
    where: "npm run queue",
    wrong: given.length === 0 ? "is not told which queue" : "is told two queues",
    got: given.join(", ") || "no stack",
    allowed: "a stack, or --state, or --queue-url",
    mend: `Write it as npm run queue -- auth-stack ${flags.command}.`,
  });
}
