import { mistakeText } from "../errors/mistake";

/**
 * What a value must be, wherever it is written.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const ALLOWED = {
  bucket: [
    /^(?=.{3,63}$)(?!\d+(?:\.\d+){3}$)[a-z0-9](?:[a-z0-9-]|\.(?![.-]))*[a-z0-9]$/,
    "3 to 63 lower-case letters, digits, hyphens and single periods, and no IP address",
    "my-terraform-states",
  ],
  profile: [/\S/, "the name of a profile", "staging"],
  region: [/^[a-z]{2,}(?:-[a-z]+)+-\d+$/, "the name of an AWS Region", "eu-central-1"],
} as const;

export type ValueName = keyof typeof ALLOWED;

export const VALUE_NAMES = Object.keys(ALLOWED) as readonly ValueName[];

/** A value that is allowed. */
export function exampleOf(name: ValueName): string {
  return ALLOWED[name][2];
}

/** @param where the flag, variable or setting that has the value */
export function requireAllowed(name: ValueName, value: string, where: string, mend: string): void {
  const [pattern, allowed] = ALLOWED[name];
  if (pattern.test(value)) return;
  throw new Error(mistakeText({ where, wrong: `is no ${name}`, got: JSON.stringify(value), allowed, mend }));
}
