import { existsSync } from "node:fs";
import path from "node:path";
import { Command, CommanderError } from "commander";
import { flagMistake } from "../../errors/flag-mistake";
import { type Mistake, mistakeText } from "../../errors/mistake";
import { printable } from "../../errors/printable";
import { outputFolder, readProject } from "./project-file";
import { type ServeCommand, serve } from "./serve";
import { STACK_PATHS } from "./synthesized-stacks";
import { UserError } from "./user-error";

const NAME = "queue-leveling";

const SERVE: ServeCommand = {
  name: `${NAME} serve`,
  byDefault: "the output of cdktf.json, which is cdktf.out unless it says otherwise",
  source: output,
  defaultStacks: () => {
    if (existsSync(output())) return [output()];
    throw new UserError({
      where: output(),
      wrong: "is not in this folder",
      got: "no stack to serve",
      allowed: `${STACK_PATHS} is allowed`,
      mend: `Run cdktf synth first, or write ${NAME} serve <path>.`,
    });
  },
};

/** Where CDKTF writes the stacks of the project in this folder. */
function output(): string {
  const folder = process.cwd();
  return path.relative(folder, outputFolder(folder, readProject(folder)));
}

/** Runs the package's command. */
export function runCommand(version: string): void {
  const program = new Command(NAME)
    .description("Queue-based load leveling: API Gateway and SQS on this machine.")
    .version(version)
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  program
    .command("serve")
    .description("serves the APIs of synthesized stacks, with an SQS emulator behind them; see serve --help")
    .argument("[arguments...]")
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action((args: string[]) => serve(SERVE, args));
  try {
    program.parse();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    process.stderr.write(`${printable(mistakeText(commandMistake(program, error)))}\n`);
    process.exitCode = 1;
  }
}

function commandMistake(program: Command, error: CommanderError): Mistake {
  if (error.code === "commander.unknownOption") return flagMistake(program, error);
  const [got = "no command"] = program.args;
  const allowed = `${program.commands.map((command) => command.name()).join(", ")} is allowed`;
  return { where: NAME, wrong: "has no such command", got, allowed, mend: `See ${NAME} --help.` };
}
