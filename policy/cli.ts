import { Command, CommanderError } from "commander";
import { flagMistake } from "../errors/flag-mistake";
import { mistakeText } from "../errors/mistake";
import { oneLine, printable } from "../errors/printable";
import { synthesizedStacks } from "../local/server/synthesized-stacks";
import { readResources } from "../local/terraform/read-stack";
import { messageOf } from "../local/server/user-error";
import { type Violation, checkStack } from "./check-stack";
import { POLICY_RULES } from "./rules";

/** npm runs scripts in the project's folder and tells where it was called: paths on the command line start there. */
const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;
if (script === "policy" && caller !== undefined) process.chdir(caller);

const program = new Command("npm run policy --")
  .description("Checks stacks against the project's own rules; docs/policy.md lists them.")
  .argument(
    "[paths...]",
    "each a cdk.tf.json, its folder, cdktf.out, or the output of `terraform show -json`",
    ["cdktf.out"],
  )
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

main();

function main(): void {
  try {
    program.parse();
    const [paths] = program.processedArgs as [readonly string[]];
    const counts = paths.flatMap(synthesizedStacks).map(report);
    process.exitCode = counts.some((count) => count > 0) ? 1 : 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const told =
      error instanceof CommanderError ? mistakeText(flagMistake(program, error)) : messageOf(error);
    process.stderr.write(`${printable(told)}\n`);
    process.exitCode = 2;
  }
}

/** Prints what breaks a rule in one stack. Returns how much does. */
function report(path: string): number {
  const stack = readResources({ path });
  const violations = checkStack(stack);
  for (const violation of violations) process.stdout.write(`${printable(line(stack.name, violation))}\n`);
  const kept = POLICY_RULES.length - new Set(violations.map(({ rule }) => rule)).size;
  process.stdout.write(`${printable(stack.name)}: ${kept} of ${POLICY_RULES.length} rules hold\n`);
  return violations.length;
}

function line(stack: string, { rule, address, wrong }: Violation): string {
  return oneLine(`${stack} ${rule.name}: ${address} ${wrong}`);
}
