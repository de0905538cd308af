import { Command, CommanderError } from "commander";
import { flagMistake } from "../errors/flag-mistake";
import { messageOf, mistakeText } from "../errors/mistake";
import { oneLine, printable } from "../errors/printable";
import { enterCallersFolder } from "../local/server/callers-folder";
import { STACK_PATHS, synthesizedStacks } from "../local/server/synthesized-stacks";
import { loadStack } from "../local/terraform/load-stack";
import { type StackResources, readResources } from "../local/terraform/read-stack";
import { checkStack } from "./check-stack";
import { POLICY_RULES } from "./rules";

enterCallersFolder("policy");

const program = new Command("npm run policy --")
  .description("Checks stacks against the project's own rules; docs/policy.md lists them.")
  .argument("[paths...]", `each ${STACK_PATHS} (default: cdktf.out)`)
  .option("--json", "print the violations as a list in JSON")
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

void main();

/** Ends with 1 where a rule is broken, with 2 where that can't be told. */
async function main(): Promise<void> {
  try {
    program.parse();
    const paths = program.args.length === 0 ? ["cdktf.out"] : program.args;
    const loaded = await Promise.all(paths.flatMap(synthesizedStacks).map(loadStack));
    const stacks = loaded.map((stack) => readResources({ loaded: stack, sensitiveStandIn: "***" }));
    const violations = stacks.flatMap(violationsOf);
    process.stdout.write(
      program.opts<{ json?: true }>().json ? asJson(violations) : asLines(stacks, violations),
    );
    process.exitCode = violations.length > 0 ? 1 : 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const told =
      error instanceof CommanderError ? mistakeText(flagMistake(program, error)) : messageOf(error);
    process.stderr.write(`${printable(told)}\n`);
    process.exitCode = 2;
  }
}

/** A violation as it is printed. */
interface Line {
  readonly stack: string;
  readonly rule: string;
  readonly address: string;
  readonly wrong: string;
}

function violationsOf(stack: StackResources): Line[] {
  return checkStack(stack).map(({ rule, address, wrong }) => ({
    stack: stack.name,
    rule: rule.name,
    address,
    wrong,
  }));
}

function asJson(violations: readonly Line[]): string {
  return `${JSON.stringify(violations, undefined, 2)}\n`;
}

function asLines(stacks: readonly StackResources[], violations: readonly Line[]): string {
  const lines = stacks.flatMap(({ name }) => {
    const own = violations.filter(({ stack }) => stack === name);
    const kept = POLICY_RULES.length - new Set(own.map(({ rule }) => rule)).size;
    return [
      ...own.map(({ rule, address, wrong }) => `${name} ${rule}: ${address} ${wrong}`),
      `${name}: ${kept} of ${POLICY_RULES.length} rules hold`,
    ];
  });
  return lines.map((line) => `${printable(oneLine(line))}\n`).join("");
}
