import { ExpressionError } from "./expression-error";
import { type TemplatePart, type TemplatePiece, templateParts } from "./template-parts";
import { TextScanner } from "./text-scanner";

export type Token =
  | { readonly kind: "number" | "identifier" | "operator"; readonly text: string }
  /** Separates the items of an object; elsewhere it means nothing. */
  | { readonly kind: "line break" }
  | { readonly kind: "template"; readonly parts: readonly TemplatePart[] };

const SPACE_OR_COMMENT = /[^\S\n]+|\/\*[\s\S]*?\*\//y;
const LINE_BREAK = /(?:(?:#|\/\/)[^\n]*)?(?:\n|$)/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const OPERATOR = /\.\.\.|=>|==|!=|<=|>=|&&|\|\||::|[-+*/%!<>?:.,()[\]{}=]/y;
const HEREDOC = /<<-?[\p{L}_][\p{L}\p{N}_-]*\r?\n/uy;
const DIRECTIVE_WORD = /\s*[\p{L}_][\p{L}\p{N}_-]*/uy;
/** What means itself in every template. */
const PLAIN = /[^$%\n"\\]+/y;
const ESCAPED = /[$]{2}\{|%%\{/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** Tokens of a bare expression, such as `var.names[0]`. */
export function tokenizeExpression(text: string): Token[] {
  const scanner = new Scanner(text);
  const tokens = scanner.expression();
  if (!scanner.atEnd) throw new ExpressionError(`unexpected } in ${text}`);
  return tokens;
}

/** Parts of a JSON string or a file that Terraform reads as a template; backslashes mean nothing in it. */
export function tokenizeTemplate(text: string): TemplatePart[] {
  return templateParts(new Scanner(text).pieces());
}

/** One pass over a text; templates hold expressions and expressions hold quoted templates. */
class Scanner extends TextScanner {
  /** Reads to the end of the text or to the `}` that closes the interpolation, without taking it. */
  public expression(): Token[] {
    const tokens: Token[] = [];
    let depth = 0;
    for (;;) {
      if (this.take(SPACE_OR_COMMENT) !== undefined) continue;
      if (this.atEnd || (depth === 0 && (this.next("}") || this.next("~}")))) return tokens;
      const token: Token = this.take(LINE_BREAK) === undefined ? this.token() : { kind: "line break" };
      if (token.kind === "operator" && token.text === "{") depth += 1;
      if (token.kind === "operator" && token.text === "}") depth -= 1;
      tokens.push(token);
    }
  }

  /** A piece for each line, and for what is inserted; up to the end of the text. */
  public pieces(): TemplatePiece[] {
    const pieces: TemplatePiece[] = [];
    while (!this.atEnd) pieces.push(this.inserted() ?? this.literal(() => this.character()));
    return pieces;
  }

  private quoted(): TemplatePart[] {
    const pieces: TemplatePiece[] = [];
    while (!this.skip('"')) {
      if (this.atEnd || this.next("\n")) throw new ExpressionError(`no closing quote in ${this.text}`);
      pieces.push(this.inserted() ?? this.literal(() => this.quotedCharacter(), '"'));
    }
    return templateParts(pieces);
  }

  /** From behind `<<WORD` to the line that is the word alone, whose own line break is left. */
  private heredoc(opening: string): TemplatePart[] {
    const isIndented = opening.startsWith("<<-");
    const word = opening.slice(isIndented ? 3 : 2).trim();
    const end = new RegExp(`[^\\S\\n]*${word}[^\\S\\n]*(?=\\n|$|\\}$)`, "uy");
    const pieces: TemplatePiece[] = [];
    for (;;) {
      const last = pieces.at(-1) ?? "\n";
      const startsLine = typeof last === "string" && last.endsWith("\n");
      if (startsLine && this.take(end) !== undefined) return templateParts(pieces, isIndented);
      if (this.atEnd) throw new ExpressionError(`no line with ${word} alone ends ${opening.trim()}`);
      pieces.push(this.inserted() ?? this.literal(() => this.character()));
    }
  }

  /** Up to a line break, which is part of it, to what is inserted, or to the closing quote. */
  private literal(character: () => string, quote = ""): string {
    let literal = "";
    while (!this.atEnd && !(quote !== "" && (this.next(quote) || this.next("\n")))) {
      if (this.next("${") || this.next("%{")) break;
      const taken = this.take(PLAIN) ?? this.take(ESCAPED)?.slice(1) ?? character();
      literal += taken;
      if (quote === "" && taken === "\n") break;
    }
    return literal;
  }

  private inserted(): TemplatePiece | undefined {
    const { rest } = this;
    const isDirective = this.next("%{");
    if (!this.skip("${") && !this.skip("%{")) return undefined;
    const stripBefore = this.skip("~");
    const directive = isDirective ? (this.take(DIRECTIVE_WORD) ?? "").trim() : undefined;
    const tokens = this.expression();
    const stripAfter = this.skip("~");
    if (!this.skip("}")) throw new ExpressionError(`no closing } for ${rest}`);
    return { ...(directive !== undefined && { directive }), tokens, stripBefore, stripAfter };
  }

  private token(): Token {
    if (this.skip('"')) return { kind: "template", parts: this.quoted() };
    const opening = this.take(HEREDOC);
    if (opening !== undefined) return { kind: "template", parts: this.heredoc(opening) };
    const number = this.take(NUMBER);
    if (number !== undefined) return { kind: "number", text: number };
    const name = this.take(IDENTIFIER);
    if (name !== undefined) return { kind: "identifier", text: name };
    const operator = this.take(OPERATOR);
    if (operator !== undefined) return { kind: "operator", text: operator };
    throw new ExpressionError(`unexpected ${JSON.stringify(this.rest.charAt(0))} in ${this.text}`);
  }

  private quotedCharacter(): string {
    const character = this.character();
    if (character !== "\\") return character;
    const unicode = this.take(/u[\da-fA-F]{4}|U[\da-fA-F]{8}/y);
    if (unicode !== undefined) return String.fromCodePoint(parseInt(unicode.slice(1), 16));
    const escape = this.character();
    const meant = ESCAPES[escape];
    if (meant === undefined) throw new ExpressionError(`unknown escape \\${escape} in ${this.text}`);
    return meant;
  }
}
