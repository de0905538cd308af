import { type Command, Option } from "commander";
import type { VariableInput } from "../terraform/variable-files";
import { UserError } from "./user-error";

/** What tells how stacks are read, besides their variables. */
export interface StackFlags {
  readonly standIn?: Readonly<Record<string, string>>;
  readonly account?: string;
}

/**
 * Adds the flags that tell how stacks are read.
 * @param variables gathers `--var` and `--var-file` in their order, since the later one counts
 */
export function withStackFlags(program: Command, variables: VariableInput[]): Command {
  return program
    .option("--var <name=value>", "value of a Terraform variable; repeatable", (text) =>
      variables.push(readVariable(text)),
    )
    .addOption(
      new Option("--var-file <path>", "file of Terraform variables; repeatable").argParser((text) =>
        variables.push(notBlank("--var-file", "prod.tfvars")(text)),
      ),
    )
    .addOption(
      new Option(
        "--account <id>",
        "account that the stacks are taken to run in (default: 000000000000)",
      ).argParser(readAccount),
    )
    .option(
      "--stand-in <address=value>",
      "value that only an apply tells, such as random_pet.name.id=cat; repeatable",
      collectStandIn,
    );
}

function readVariable(text: string): Record<string, string> {
  const [, name, value] = /^([\w-]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return { [name]: value };
  throw new UserError({
    where: "--var",
    wrong: "is not a variable with a value",
    got: JSON.stringify(text),
    allowed: "name=value is allowed",
    mend: "Write it as --var aws_region_name=eu-central-1.",
  });
}

function collectStandIn(text: string, previous: Record<string, string> = {}): Record<string, string> {
  // An index in brackets may hold an equals sign.
  const [, address, value] = /^([^=[]+(?:\[[^\]]*\][^=[]*)*)=(.*)$/s.exec(text) ?? [];
  if (address !== undefined && value !== undefined) return { ...previous, [address]: value };
  throw new UserError({
    where: "--stand-in",
    wrong: "is not an address with a value",
    got: JSON.stringify(text),
    allowed: "address=value is allowed",
    mend: "Write it as --stand-in random_pet.name.id=cat.",
  });
}

function readAccount(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new UserError({
    where: "--account",
    wrong: "is no account",
    got: JSON.stringify(text),
    allowed: "the twelve digits of an account's id are allowed",
    mend: "Write it as --account 123456789012.",
  });
}

/** Takes any text but a blank one. */
export function notBlank(flag: string, example: string): (text: string) => string {
  return (text) => {
    if (text.trim() !== "") return text;
    throw new UserError({
      where: flag,
      wrong: "is blank",
      got: JSON.stringify(text),
      allowed: "any other text is allowed",
      mend: `Write it as ${flag} ${example}.`,
    });
  };
}
