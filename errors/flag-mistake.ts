import type { Command, CommanderError } from "commander";
import { distance } from "fastest-levenshtein";
import type { Mistake } from "./mistake";

/** Commander's errors as a mistake: a flag that there is not, or one without its value. */
export function flagMistake(program: Command, { code, message }: CommanderError): Required<Mistake> {
  const got = /'([^']*)'/.exec(message)?.[1] ?? "";
  const [where = ""] = got.split(/[ =]/);
  const isUnknown = code === "commander.unknownOption";
  const flags = program.options.flatMap(({ long }) => long ?? []);
  flags.sort((a, b) => distance(where, a) - distance(where, b));
  const help = `${program.name()} --help`;
  // The flags of a command are its own.
  const isBeforeCommand = isUnknown && program.commands.length > 0;
  const mend = isBeforeCommand ? "Write it after the command" : `Write ${flags[0] ?? ""}`;
  return {
    where,
    wrong: isBeforeCommand
      ? "is not a flag before the command"
      : isUnknown
        ? "is not a flag"
        : "needs a value",
    got,
    allowed: `${flags.join(", ")} ${flags.length === 1 ? "is" : "are"} allowed`,
    mend: isUnknown ? `${mend}, or see ${help}.` : `See ${help}.`,
  };
}
