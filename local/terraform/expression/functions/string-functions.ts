import { ExpressionError } from "../expression-error";
import type { TerraformFunction } from "../expression";
import { charactersOf } from "./characters";
import { format, formatList } from "./format";
import { type GoMatch, goMatches, refuseMixedGroups } from "./go-matches";
import { NULLABLE, PRESENT_TEXTS, TEXT, WHOLE, taking, takingMore } from "./parameters";

/** Functions over strings. @see https://developer.hashicorp.com/terraform/language/functions */
export const STRING_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  chomp: taking([TEXT], chomp),
  endswith: taking([TEXT, TEXT], (text, suffix) => text.endsWith(suffix)),
  format: takingMore([TEXT], NULLABLE, format),
  formatlist: takingMore([TEXT], NULLABLE, formatList),
  indent: taking([WHOLE, TEXT], indent),
  join: takingMore([TEXT, PRESENT_TEXTS], PRESENT_TEXTS, (separator, ...lists) =>
    lists.flat().join(separator),
  ),
  lower: taking([TEXT], (text) => Array.from(text, lowerCase).join("")),
  regex: taking([TEXT, TEXT], regex),
  regexall: taking([TEXT, TEXT], (pattern, text) => {
    refuseMixedGroups(pattern);
    return Array.from(goMatches(pattern, text), captures);
  }),
  replace: taking([TEXT, TEXT, TEXT], replace),
  split: taking([TEXT, TEXT], (separator, text) =>
    separator === "" ? Array.from(text) : text.split(separator),
  ),
  startswith: taking([TEXT, TEXT], (text, prefix) => text.startsWith(prefix)),
  strcontains: taking([TEXT, TEXT], (text, part) => text.includes(part)),
  strrev: taking([TEXT], (text) => charactersOf(text).reverse().join("")),
  substr: taking([TEXT, WHOLE, WHOLE], substring),
  title: taking([TEXT], (text) => text.replace(WORD_START, upperCase)),
  trim: taking([TEXT, TEXT], (text, characters) => trim(text, (character) => characters.includes(character))),
  trimprefix: taking([TEXT, TEXT], (text, prefix) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  trimspace: taking([TEXT], (text) => trim(text, (character) => /^\p{White_Space}$/u.test(character))),
  trimsuffix: taking([TEXT, TEXT], (text, suffix) =>
    text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
  upper: taking([TEXT], (text) => Array.from(text, upperCase).join("")),
};

/** As wide as `format` writes. */
const WIDEST = 1_000_000;

/** All lines but the first. */
function indent(spaces: number, text: string): string {
  if (spaces < 0 || spaces > WIDEST) throw new ExpressionError(`${spaces} is no number of spaces`);
  return text.replaceAll("\n", `\n${" ".repeat(spaces)}`);
}

/** A search text between slashes is a regular expression. */
function replace(text: string, search: string, replacement: string): string {
  if (search === "") return ["", ...Array.from(text), ""].join(replacement);
  if (search.length < 2 || !search.startsWith("/") || !search.endsWith("/")) {
    return text.replaceAll(search, () => replacement);
  }
  let last = 0;
  const parts = [...goMatches(search.slice(1, -1), text)].flatMap((match) => {
    const before = text.slice(last, match.start);
    last = match.end;
    return [before, expand(replacement, match)];
  });
  return [...parts, text.slice(last)].join("");
}

/** Go's `Expand`: a name is as long as it can be, and one that the pattern lacks is empty. */
function expand(replacement: string, { groups, named }: GoMatch): string {
  return replacement.replace(
    /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu,
    (whole, braced?: string, bare?: string) => {
      const name = braced ?? bare;
      if (name === undefined) return whole.slice(1);
      return (/^\d+$/.test(name) ? groups[Number(name)] : named[name]) ?? "";
    },
  );
}

function regex(pattern: string, text: string): unknown {
  refuseMixedGroups(pattern);
  const [match] = goMatches(pattern, text);
  if (match === undefined) throw new ExpressionError("the pattern does not match");
  return captures(match);
}

/** The whole match, or its captures: an object if they are named, a list otherwise. */
function captures({ groups: [whole, ...groups], named }: GoMatch): unknown {
  if (Object.keys(named).length > 0) return named;
  return groups.length === 0 ? whole : groups;
}

/** As Go has it: a letter at the start, behind a space, or behind anything in ASCII but letters, digits and `_`. */
const WORD_START = /(?<=^|[^\w\u{80}-\u{10ffff}]|\p{White_Space})\p{L}/gu;

/** As Go does, letter by letter: one that becomes two, such as ß, stays. */
function upperCase(letter: string): string {
  const upper = letter.toUpperCase();
  return Array.from(upper).length === 1 ? upper : letter;
}

function lowerCase(letter: string): string {
  const [lower = ""] = letter.toLowerCase();
  return lower;
}

/** Without a pattern: `[\r\n]+$` would look at each of many line ends anew. */
function chomp(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\n" || text[end - 1] === "\r") end -= 1;
  return text.slice(0, end);
}

function trim(text: string, goes: (character: string) => boolean): string {
  const all = Array.from(text);
  const first = all.findIndex((character) => !goes(character));
  const last = all.findLastIndex((character) => !goes(character));
  return first === -1 ? "" : all.slice(first, last + 1).join("");
}

/**
 * Counts what people see as characters. A negative offset counts from the end; a negative length means the rest, and so does
 * length 0 behind a negative offset.
 */
function substring(text: string, offset: number, length: number): string {
  const characters = charactersOf(text);
  const start = offset < 0 ? Math.max(0, characters.length + offset) : offset;
  const takesRest = length < 0 || (length === 0 && offset < 0);
  return characters.slice(start, takesRest ? undefined : start + length).join("");
}
