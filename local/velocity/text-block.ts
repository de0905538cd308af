import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { CHARACTER_TYPES } from "./character-methods";
import { requireCharacters } from "./rendering-limits";

/** What one letter, or a line's end, means behind a backslash. */
const ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  s: " ",
  t: "\t",
  "\n": "",
};

const LINES_END = /\r\n|\r|\n/;

/** `Character.isWhitespace`, of a code. The quick test first: a long text may have nothing else. */
export function isWhitespace(code: number): boolean {
  return code === 0x20 || CHARACTER_TYPES.isWhitespace(String.fromCharCode(code));
}

/** A text without the spaces at its ends, or at one of them. */
export function trimmed(value: string, isSpace: (code: number) => boolean, where?: "start" | "end"): string {
  let [start, end] = [0, value.length];
  while (where !== "end" && start < end && isSpace(value.charCodeAt(start))) start += 1;
  while (where !== "start" && end > start && isSpace(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

/** `String.indent`: each line with so many spaces more or fewer, and a newline behind it. */
export function indent(value: string, count: number): string {
  const all = value.split(LINES_END);
  const lines = all.at(-1) === "" ? all.slice(0, -1) : all;
  requireCharacters(value.length + lines.length * count);
  return lines
    .map((line) => {
      if (count >= 0) return `${" ".repeat(count)}${line}\n`;
      const stripped = trimmed(line, isWhitespace, "start");
      return `${line.slice(Math.min(-count, line.length - stripped.length))}\n`;
    })
    .join("");
}

/** `String.stripIndent`: what Java does with a text block's indentation. */
export function stripIndent(value: string): string {
  const all = value.split(LINES_END);
  const significant = all.filter(
    (line, index) => index === all.length - 1 || trimmed(line, isWhitespace) !== "",
  );
  const indents = significant.map((line) => line.length - trimmed(line, isWhitespace, "start").length);
  const shared = Math.min(...indents);
  return all
    .map((line) =>
      trimmed(line, isWhitespace) === "" ? "" : trimmed(line.slice(shared), isWhitespace, "end"),
    )
    .join("\n");
}

/** `String.translateEscapes`: what Java does with a text block's backslashes. */
export function translateEscapes(value: string): string {
  return value.replace(/\\([0-3]?[0-7]{1,2}|\r\n|[^]|$)/g, (_, escape: string) => {
    if (/^[0-7]/.test(escape)) return String.fromCharCode(Number.parseInt(escape, 8));
    if (escape.startsWith("\r")) return "";
    const character = /["'\\]/.test(escape) ? escape : ESCAPES[escape];
    if (character === undefined) throw new MappingTemplateError(`IllegalArgumentException: escape ${escape}`);
    return character;
  });
}
