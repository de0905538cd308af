import { existsSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { flagMistake } from "../../errors/flag-mistake";
import { type Mistake, mistakeText } from "../../errors/mistake";
import { printable } from "../../errors/printable";
import { type ServeCommand, serve } from "./serve";
import { UserError } from "./user-error";

const NAME = "queue-leveling";

/** Where CDKTF writes the stacks, from the app's folder. */
const OUTPUT = "cdktf.out";

const SERVE: ServeCommand = {
  name: `${NAME} serve`,
  byDefault: `the stacks of ${OUTPUT}`,
  source: OUTPUT,
  defaultStacks: () => {
    if (existsSync(OUTPUT)) return [OUTPUT];
    throw new UserError({
      where: OUTPUT,
      wrong: "is not in this folder",
      got: "no stack to serve",
      allowed: "a cdk.tf.json, its folder, cdktf.out, or the output of terraform show -json is allowed",
      mend: `Run cdktf synth first, or write ${NAME} serve <path>.`,
    });
  },
};

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
