import { Command, CommanderError } from "commander";
import { flagMistake } from "../errors/flag-mistake";
import { mistakeText } from "../errors/mistake";
import { exampleOf, requireAllowed, VALUE_NAMES, type ValueName } from "./allowed-values";

/** What was asked for on the command line. */
export type Flags = Readonly<Partial<Record<ValueName, string>>>;

const program = new Command("npm run bootstrap --")
  .description("Makes the S3 bucket for the Terraform states, and writes its name into cdktf.json.")
  .option("--bucket <name>", "the bucket (default: queue-leveling-states-<account>-<Region>)")
  .option("--profile <name>", "profile of the AWS configuration files (default: AWS_PROFILE)")
  .option(
    "--region <name>",
    "AWS Region of the bucket (default: AWS_REGION, else AWS_DEFAULT_REGION, else the profile's)",
  )
  .allowExcessArguments(false)
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

/**
 * Reads the command line.
 * @returns undefined where only help was asked for
 * @throws Error
 */
export function readFlags(): Flags | undefined {
  refuseFlagsOfNpm();
  try {
    program.parse();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    if (error.code === "commander.excessArguments") throw notAnArgument();
    throw new Error(mistakeText(flagMistake(program, error)), { cause: error });
  }
  const flags = program.opts<Flags>();
  for (const [name, value] of Object.entries(flags)) requireFlag(name as ValueName, value);
  return flags;
}

/** How a flag reaches this program. */
export function written(name: ValueName, value = exampleOf(name)): string {
  return `npm run bootstrap -- --${name} ${value}`;
}

function requireFlag(name: ValueName, value: string): void {
  requireAllowed(name, value, `--${name}`, `Write ${written(name)}.`);
}

/** Before a `--` npm takes flags for its own, and hands on no more than a variable; of `--bucket states` the second word, too. */
function refuseFlagsOfNpm(): void {
  const flags = VALUE_NAMES.flatMap((name) => {
    const value = process.env[`npm_config_${name}`];
    return value === undefined ? [] : [{ name, value: value === "true" ? "" : value }];
  });
  if (flags.length === 0) return;
  const [word, ...others] = process.argv.slice(2);
  const apart = others.length === 0 && flags.length === 1 ? word : undefined;
  const meant = flags.map(({ name, value }) => `--${name} ${value || (apart ?? exampleOf(name))}`).join(" ");
  throw new Error(
    mistakeText({
      where: "npm run bootstrap",
      wrong: "gets no flags before --, which npm keeps for itself",
      got: flags.map(({ name }) => `--${name}`).join(", "),
      allowed: "flags after --",
      mend: `Write npm run bootstrap -- ${meant}.`,
    }),
  );
}

function notAnArgument(): Error {
  return new Error(
    mistakeText({
      where: "npm run bootstrap",
      wrong: "takes no arguments",
      got: JSON.stringify(program.args.join(" ")),
      allowed: "flags only are allowed",
      mend: `Write a bucket's name as ${written("bucket")}.`,
    }),
  );
}
