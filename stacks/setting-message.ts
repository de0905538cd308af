/**
 * Text of one mistake: what is wrong, what was given, what is allowed, how to mend it. The path of the setting goes
 * before it.
 */
export function settingMessage(wrong: string, given: unknown, allowed: string, mend: string): string {
  return `${wrong}, got ${shown(given)}; ${allowed}. ${mend}`;
}

/** The same as a valibot message, for a rule of a schema. */
export function rule(wrong: string, allowed: string, mend: string): (issue: { input: unknown }) => string {
  return ({ input }) => settingMessage(wrong, input, allowed, mend);
}

/** As JSON, cut short: templates and schemas can be long. */
function shown(given: unknown): string {
  if (given === undefined) return "nothing";
  const text = JSON.stringify(given);
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
