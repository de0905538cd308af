import type { Token } from "./tokenize";

/** What stands between the literal pieces of a template: `${…}`, or a directive such as `%{ if … }`. */
export interface Inserted {
  /** The word of a directive. */
  readonly directive?: string;
  readonly tokens: readonly Token[];
}

/** A piece of literal text, or what is inserted. */
export type TemplatePart = string | Inserted;

/** As scanned: `~` takes the white space of the neighbouring piece, which is at most a line of it. */
export type TemplatePiece =
  string | (Inserted & { readonly stripBefore: boolean; readonly stripAfter: boolean });

/** The parts of a template, its white space taken away where `~` and `<<-` say so. */
export function templateParts(pieces: readonly TemplatePiece[], isIndented = false): TemplatePart[] {
  const stripped = pieces.map((piece, index) => {
    if (typeof piece !== "string") return piece;
    const [before, after] = [pieces[index - 1], pieces[index + 1]];
    const text = typeof before === "object" && before.stripAfter ? piece.trimStart() : piece;
    return typeof after === "object" && after.stripBefore ? text.trimEnd() : text;
  });
  return joined(isIndented ? withoutIndent(stripped) : stripped);
}

/** Lines of white space alone keep it, and do not count. */
function withoutIndent(parts: readonly TemplatePart[]): TemplatePart[] {
  const starts = parts.map((part, index) => startsLine(parts, index) && !isBlankLine(part));
  const indents = parts.filter((_, index) => starts[index]).map(indentOf);
  const indent = Math.min(...indents);
  return parts.map((part, index) => (typeof part === "string" && starts[index] ? part.slice(indent) : part));
}

function startsLine(parts: readonly TemplatePart[], index: number): boolean {
  const before = parts[index - 1] ?? "\n";
  return typeof before === "string" && before.endsWith("\n");
}

function isBlankLine(part: TemplatePart): boolean {
  return typeof part === "string" && part.endsWith("\n") && part.trim() === "";
}

function indentOf(part: TemplatePart): number {
  return typeof part === "string" ? part.length - part.trimStart().length : 0;
}

function joined(parts: readonly TemplatePart[]): TemplatePart[] {
  const result: TemplatePart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === "string" && typeof last === "string") result.splice(-1, 1, last + part);
    else if (part !== "") result.push(part);
  }
  return result;
}
