import { CommandLineError } from "./command-line-error";

/**
 * Before a `--` npm takes flags for its own, and hands on no more than a variable: `npm run queue auth-stack redrive --dry-run`
 * would move messages.
 * @throws CommandLineError
 */
export function refuseFlagsOfNpm(script: string, flags: readonly string[]): void {
  if (process.env.npm_lifecycle_event !== script) return;
  const taken = flags.find((flag) => process.env[`npm_config_${flag.replaceAll("-", "_")}`] !== undefined);
  if (taken === undefined) return;
  throw new CommandLineError({
    where: `npm run ${script}`,
    wrong: "gets no flags before --, which npm keeps for itself",
    got: `--${taken}`,
    allowed: "flags after --",
    mend: `Write npm run ${script} -- and all the rest behind it.`,
  });
}
