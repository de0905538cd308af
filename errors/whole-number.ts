import { CommandLineError } from "./command-line-error";

/**
 * A flag's whole number.
 * @throws CommandLineError
 */
export function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new CommandLineError({
    where: flag,
    wrong: "is not such a number",
    got: JSON.stringify(text),
    allowed: `a whole number from ${least} to ${most}`,
    mend: `Write it as ${flag} ${least}.`,
  });
}
