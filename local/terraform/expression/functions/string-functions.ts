import { ExpressionError } from "../expression-error";
import type { TerraformFunction } from "../expression";
import { ofTexts, toList, toText, toWhole } from "../value";
import { format } from "./format";
import { type GoMatch, goMatches } from "./go-matches";

/** Functions over strings. @see https://developer.hashicorp.com/terraform/language/functions */
export const STRING_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  format,
  join: (separator, ...lists) => lists.flatMap(toList).map(toText).join(toText(separator)),
  split: ofTexts((separator, text) => (separator === "" ? Array.from(text) : text.split(separator))),
  replace: ofTexts(replace),
  regex: ofTexts(regex),
  regexall: ofTexts((pattern, text) => Array.from(goMatches(pattern, text), captures)),
  lower: ofTexts((text) => Array.from(text, lowerCase).join("")),
  upper: ofTexts((text) => Array.from(text, upperCase).join("")),
  title: ofTexts((text) => text.replace(WORD_START, upperCase)),
  trimspace: ofTexts((text) => text.trim()),
  trimprefix: ofTexts((text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimsuffix: ofTexts((text, suffix) =>
    text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
  trim: ofTexts(trim),
  chomp: ofTexts(chomp),
  startswith: ofTexts((text, prefix) => text.startsWith(prefix)),
  endswith: ofTexts((text, suffix) => text.endsWith(suffix)),
  strcontains: ofTexts((text, part) => text.includes(part)),
  substr: (text, offset, length) => substring(toText(text), toWhole(offset), toWhole(length)),
};

const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What people see as characters, which may be several code points. */
export function charactersOf(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}

/** A search text between slashes is a regular expression. */
function replace(text: string, search: string, replacement: string): string {
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
  return replacement.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    const name = braced ?? bare;
    if (name === undefined) return whole.slice(1);
    return (/^\d+$/.test(name) ? groups[Number(name)] : named[name]) ?? "";
  });
}

function regex(pattern: string, text: string): unknown {
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

function trim(text: string, characters: string): string {
  const all = Array.from(text);
  const first = all.findIndex((character) => !characters.includes(character));
  const last = all.findLastIndex((character) => !characters.includes(character));
  return first === -1 ? "" : all.slice(first, last + 1).join("");
}

/** Counts what people see as characters; a negative offset counts from the end, length -1 means the rest. */
function substring(text: string, offset: number, length: number): string {
  const characters = charactersOf(text);
  const start = offset < 0 ? Math.max(0, characters.length + offset) : offset;
  return characters.slice(start, length < 0 ? undefined : start + length).join("");
}
