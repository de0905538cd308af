import { ExpressionError } from "../expression-error";

/**
 * A JavaScript regular expression for one of Go's: named groups, leading flags and the anchors `\A` and `\z`
 * are translated, the rest is the same in both languages for all that is common.
 */
export function goPattern(pattern: string, flags = ""): RegExp {
  const leading = /^\(\?([ims]+)\)/.exec(pattern);
  const source = pattern
    .slice(leading?.[0].length ?? 0)
    .replaceAll("(?P<", "(?<")
    .replaceAll("\\A", "^")
    .replaceAll("\\z", "$");
  return compile(source, `${flags}${leading?.[1] ?? ""}`);
}

/** Go matches characters, so Unicode mode comes first; it refuses some escapes that Go allows. */
function compile(source: string, flags: string): RegExp {
  for (const mode of ["u", ""]) {
    try {
      return new RegExp(source, `${flags}${mode}`);
    } catch {
      continue;
    }
  }
  throw new ExpressionError(`${JSON.stringify(source)} is not a regular expression that can be read`);
}
