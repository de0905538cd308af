import { CommandLineError } from "./command-line-error";

/** npm takes the beginning of one of its own flags for the whole flag. */
const NPMS_NAMES: Readonly<Record<string, string>> = { token: "token-description" };

/**
 * Before a `--` npm takes flags for its own, and hands on no more than a variable: `npm run queue auth-stack redrive --dry-run`
 * would move messages. `--quiet` can't be told: npm turns it into its own log level, which scripts set, too.
 * @throws CommandLineError
 */
export function refuseFlagsOfNpm(script: string, flags: readonly string[]): void {
  if (process.env.npm_lifecycle_event !== script) return;
  const taken = flags.find((flag) => valueOf(flag) !== undefined);
  if (taken === undefined) return;
  const command = script === "start" ? "npm start" : `npm run ${script}`;
  throw new CommandLineError({
    where: command,
    wrong: "gets no flags before --, which npm keeps for itself",
    // What npm makes of --no-page.
    got: valueOf(taken) === "" ? `--no-${taken}` : `--${taken}`,
    allowed: "flags after --",
    mend: `Write ${command} -- and all the rest behind it.`,
  });
}

/** What npm makes of a flag that it takes. */
function valueOf(flag: string): string | undefined {
  const names = [flag, NPMS_NAMES[flag] ?? flag];
  return names
    .map((name) => process.env[`npm_config_${name.replaceAll("-", "_")}`])
    .find((value) => value !== undefined);
}
