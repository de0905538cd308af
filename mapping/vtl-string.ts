/**
 * A text as a VTL string in single quotes, in which nothing is evaluated. It can hold everything but a single quote:
 * throws for one.
 */
export function vtlString(text: string): string {
  if (text.includes("'"))
    throw new Error(`${text}: can't stand in a mapping template, got a single quote. Drop it.`);
  return `'${text}'`;
}
