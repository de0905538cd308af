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
  return {
    where,
    wrong: isUnknown ? "is not a flag" : "needs a value",
    got,
    allowed: `${flags.join(", ")} are allowed`,
    mend: isUnknown ? `Write ${flags[0] ?? ""}, or see ${help}.` : `See ${help}.`,
  };
}
