import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command, CommanderError } from "commander";
import { flagMistake } from "../../errors/flag-mistake";
import { messageOf, type Mistake, mistakeText } from "../../errors/mistake";
import { printable } from "../../errors/printable";
import { enterCallersFolder } from "./callers-folder";
import { asyncApi, awsOpenApi } from "./api-documents";
import { mountStacks } from "./load-stacks";
import { type StackFlags, withStackFlags } from "./stack-flags";
import { synthesize } from "./synthesize";
import { STACK_PATHS } from "./synthesized-stacks";
import type { VariableInput } from "../terraform/variable-files";
import { UserError, toldWithFlags } from "./user-error";

const project = enterCallersFolder("openapi");

interface Flags extends StackFlags {
  readonly asyncapi?: true;
  readonly output?: string;
}

const VARIABLES: VariableInput[] = [];
const program = withStackFlags(new Command("npm run openapi --"), VARIABLES)
  .description("Prints the OpenAPI document of a stack's API, or the AsyncAPI document of its queues.")
  .argument("[stack]", `a stack of cdktf.json by its name, synthesized first; or ${STACK_PATHS}`)
  .allowExcessArguments()
  .option("--asyncapi", "the AsyncAPI document of the queues to which the API sends")
  .option("--output <file>", "write it to this file instead of standard output")
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

void main();

async function main(): Promise<void> {
  try {
    program.parse();
    const { asyncapi, output, standIn: standIns, account: accountId } = program.opts<Flags>();
    const location = await locationOf(program.args);
    const mounted = await mountStacks(
      { variables: VARIABLES, standIns, accountId, sensitiveStandIn: "***" },
      [location],
    );
    const document = asyncapi ? asyncApi(mounted) : awsOpenApi(mounted);
    write(`${JSON.stringify(document, undefined, 2)}\n`, output);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const told =
      error instanceof CommanderError ? mistakeText(flagMistake(program, error)) : toldWithFlags(error);
    fail(told);
  }
}

function fail(message: string): void {
  process.stderr.write(`${printable(message)}\n`);
  process.exitCode = 1;
}

async function locationOf([stack, ...others]: readonly string[]): Promise<string> {
  if (stack !== undefined && stack !== "" && others.length === 0 && existsSync(stack)) return stack;
  const stacks = await synthesize(project);
  const found = stacks.find((location) => path.basename(path.dirname(location)) === stack);
  if (found !== undefined && others.length === 0) return found;
  const names = stacks.map((location) => path.basename(path.dirname(location))).join(", ");
  throw new UserError({
    where: "stack",
    wrong:
      others.length > 0
        ? "is more than one"
        : stack === undefined
          ? "is missing"
          : "is neither a stack nor a path",
    got: stack === undefined ? "nothing" : JSON.stringify([stack, ...others].join(" ")),
    allowed: `${names}, or a path are allowed`,
    mend: `Write npm run openapi -- ${path.basename(path.dirname(stacks[0] ?? ""))}.`,
  });
}

function write(text: string, file: string | undefined): void {
  if (file === undefined) {
    // Who reads the first lines only, such as head, closes the pipe.
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") fail(mistakeText(unwritable("standard output", error)));
    });
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UserError(unwritable("--output", error), { cause: error });
  }
}

function unwritable(where: string, error: unknown): Required<Mistake> {
  return {
    where,
    wrong: "can't be written",
    got: messageOf(error),
    allowed: "a file in a folder that you may write",
    mend: "Make room and the folder, or name another file with --output.",
  };
}
