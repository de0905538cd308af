const inlineFlags = /^\(\?([ismux]+)\)/;

/**
 * A Java regular expression that must match a text as a whole, as `String.matches` has it.
 *
 * Java's syntax is read as JavaScript's, with inline flags at the start. Left out: possessive quantifiers, `\Q…\E`,
 * character class intersection.
 * @throws SyntaxError when JavaScript can't read it.
 */
export function javaPattern(source: string): RegExp {
  const flags = inlineFlags.exec(source)?.[1] ?? "";
  const body = source
    .replace(inlineFlags, "")
    .replaceAll("\\A", "^")
    .replaceAll(/\\[zZ]/g, "$");
  return new RegExp(`^(?:${body})$`, flags.replaceAll(/[^ims]/g, ""));
}
