import { Command, CommanderError } from "commander";
import { flagMistake } from "../errors/flag-mistake";
import { mistakeText } from "../errors/mistake";

/** What was asked for on the command line. */
export interface Flags {
  readonly bucket?: string;
  readonly profile?: string;
  readonly region?: string;
}

const program = new Command("npm run bootstrap --")
  .description("Makes the S3 bucket for the Terraform states, and writes its name into cdktf.json.")
  .option("--bucket <name>", "the bucket (default: queue-leveling-states-<account>-<Region>)")
  .option("--profile <name>", "profile of the AWS configuration files")
  .option("--region <name>", "AWS Region of the bucket (default: the profile's, or AWS_REGION)")
  .allowExcessArguments(false)
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

/**
 * Reads the command line.
 * @returns undefined where only help was asked for
 * @throws Error
 */
export function readFlags(): Flags | undefined {
  try {
    program.parse();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    if (error.code === "commander.excessArguments") throw notAnArgument();
    throw new Error(mistakeText(flagMistake(program, error)), { cause: error });
  }
  const flags = program.opts<Flags>();
  for (const [name, value] of Object.entries(flags)) requirePattern(name as keyof Flags, value as string);
  return flags;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const ALLOWED = {
  bucket: [
    /^(?!\d+(?:\.\d+){3}$)[a-z0-9](?:[a-z0-9-]|\.(?![.-]))*[a-z0-9]$/,
    "3 to 63 lower-case letters, digits and hyphens",
    "my-terraform-states",
  ],
  profile: [/\S/, "the name of a profile", "staging"],
  region: [/^[a-z]{2,}(?:-[a-z]+)+-\d+$/, "the name of an AWS Region", "eu-central-1"],
} as const;

function requirePattern(flag: keyof Flags, value: string): void {
  const [pattern, allowed, example] = ALLOWED[flag];
  const fits = pattern.test(value) && (flag !== "bucket" || (value.length >= 3 && value.length <= 63));
  if (fits) return;
  const mistake = { wrong: `is no ${flag}`, got: JSON.stringify(value), allowed };
  throw new Error(mistakeText({ where: `--${flag}`, ...mistake, mend: `Write it as --${flag} ${example}.` }));
}

function notAnArgument(): Error {
  const got = JSON.stringify(program.args.join(" "));
  const allowed = "flags only are allowed";
  return new Error(
    mistakeText({
      where: "npm run bootstrap",
      wrong: "takes no arguments",
      got,
      allowed,
      mend: "Write a bucket's name as --bucket my-terraform-states.",
    }),
  );
}
