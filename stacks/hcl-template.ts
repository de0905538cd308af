/**
 * A string of Terraform's JSON syntax, which is a template without escapes of its own, as an expression of HCL: what is one
 * interpolation as the expression in it, all else in quotes.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export function hclTemplate(text: string): string {
  const pieces = piecesOf(text);
  const [first, ...others] = pieces;
  if (first?.isCode && first.text.startsWith("${") && others.length === 0) {
    return first.text.slice(2, -1).trim();
  }
  return `"${pieces.map((piece) => (piece.isCode ? piece.text : escaped(piece.text))).join("")}"`;
}

/** Text as it stands, or an interpolation or a directive with its braces. */
interface Piece {
  readonly text: string;
  readonly isCode: boolean;
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let at = 0;
  while (at < text.length) {
    if (text.startsWith("$${", at) || text.startsWith("%%{", at)) at += 3;
    else if (!startsCode(text, at)) at += 1;
    else {
      if (at > start) pieces.push({ text: text.slice(start, at), isCode: false });
      start = at;
      at = endOfCode(text, at);
      pieces.push({ text: text.slice(start, at), isCode: true });
      start = at;
    }
  }
  if (text.length > start) pieces.push({ text: text.slice(start), isCode: false });
  return pieces;
}

function startsCode(text: string, at: number): boolean {
  return text.startsWith("${", at) || text.startsWith("%{", at);
}

/** Behind the brace that closes the interpolation at `at`; braces in its strings are text. */
function endOfCode(text: string, at: number): number {
  let depth = 0;
  for (let index = at + 1; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index);
    else if (character === "{") depth += 1;
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return text.length;
}

/** At the quote that closes the string at `at`, which may have interpolations in it. */
function endOfString(text: string, at: number): number {
  let index = at + 1;
  while (index < text.length && text[index] !== '"') {
    if (text[index] === "\\") index += 2;
    else if (text.startsWith("$${", index) || text.startsWith("%%{", index)) index += 3;
    else if (startsCode(text, index)) index = endOfCode(text, index);
    else index += 1;
  }
  return index;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences */
function escaped(text: string): string {
  return text.replace(
    /[\\"\p{Cc}]/gu,
    (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
