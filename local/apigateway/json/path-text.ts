import { JsonPathError } from "./json-path-error";
import { JSON_ESCAPES } from "./parse-json";

/** The next `character` behind `start` that no backslash precedes; -1 if there is none up to `end`. */
export function indexOfUnescaped(text: string, character: string, start: number, end = text.length): number {
  for (let index = start + 1; index < end; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === character) return index;
  }
  return -1;
}

/** The bracket that closes the one at `start`, strings skipped, and patterns (`/…/`) on demand; -1 if there is none. */
export function indexOfClosing(
  text: string,
  start: number,
  brackets: "()" | "[]" | "{}",
  patterns = false,
): number {
  const [open, close] = brackets;
  const skipped = patterns ? ["'\"", "/"] : ["'\""];
  let depth = 1;
  for (let index = start + 1; index < text.length; index += 1) {
    for (const delimiters of skipped) {
      const delimiter = text[index] ?? "";
      if (delimiter === "" || !delimiters.includes(delimiter)) continue;
      index = indexOfUnescaped(text, delimiter, index) + 1;
      if (index === 0) throw new JsonPathError(`${delimiter} is not closed`);
    }
    if (text[index] === open) depth += 1;
    if (text[index] === close) depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}

/** The first character behind `index` that is no space, and where it is. */
export function nextSignificant(text: string, index: number): { character: string; at: number } {
  let at = index + 1;
  while (text[at] === " ") at += 1;
  return { character: text[at] ?? "", at };
}

/** A quoted name or text without its escapes. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\(?:u([\da-fA-F]{4})|([^]))/g, (_, code: string | undefined, character: string) =>
    code === undefined ? (JSON_ESCAPES[character] ?? character) : String.fromCharCode(parseInt(code, 16)),
  );
}
