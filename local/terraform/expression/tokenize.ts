import { ExpressionError } from "./expression-error";

/** A literal piece of a template, or the tokens of one interpolation. */
export type TemplatePart = string | readonly Token[];

export type Token =
  | { readonly kind: "number" | "identifier" | "operator"; readonly text: string }
  | { readonly kind: "template"; readonly parts: readonly TemplatePart[] };

const SPACE_OR_COMMENT = /(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const OPERATOR = /\.\.\.|=>|==|!=|<=|>=|&&|\|\||[-+*/%!<>?:.,()[\]{}=]/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** Tokens of a bare expression, such as `var.names[0]`. */
export function tokenizeExpression(text: string): Token[] {
  const scanner = new Scanner(text);
  const tokens = scanner.expression();
  if (!scanner.atEnd) throw new ExpressionError(`unexpected } in ${text}`);
  return tokens;
}

/** Parts of a JSON string that Terraform reads as a template; backslashes mean nothing in it. */
export function tokenizeTemplate(text: string): TemplatePart[] {
  return new Scanner(text).template(false);
}

/** One pass over a text; templates hold expressions and expressions hold quoted templates. */
class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  public get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Reads to the end of the text or to the `}` that closes the interpolation, without taking it. */
  public expression(): Token[] {
    const tokens: Token[] = [];
    let depth = 0;
    for (;;) {
      this.take(SPACE_OR_COMMENT);
      if (this.atEnd) return tokens;
      if (depth === 0 && (this.next("}") || this.next("~}"))) return tokens;
      const token = this.token();
      if (token.kind === "operator" && token.text === "{") depth += 1;
      if (token.kind === "operator" && token.text === "}") depth -= 1;
      tokens.push(token);
    }
  }

  public template(quoted: boolean): TemplatePart[] {
    const parts: TemplatePart[] = [];
    let literal = "";
    while (!this.atEnd && !(quoted && this.next('"'))) {
      if (this.next("$${") || this.next("%%{")) {
        literal += this.text.slice(this.at + 1, this.at + 3);
        this.at += 3;
      } else if (this.next("%{")) {
        throw new ExpressionError(
          "template directives (%{ … }) are not supported; use a conditional or a for expression",
        );
      } else if (this.next("${")) {
        const [tokens, stripBefore, stripAfter] = this.interpolation();
        parts.push(stripBefore ? literal.trimEnd() : literal, tokens);
        literal = "";
        if (stripAfter) this.take(/\s+/y);
      } else {
        literal += quoted ? this.quotedCharacter() : this.character();
      }
    }
    return [...parts, literal].filter((part) => part !== "");
  }

  private interpolation(): [tokens: Token[], stripBefore: boolean, stripAfter: boolean] {
    const start = this.at;
    this.at += 2;
    const stripBefore = this.skip("~");
    const tokens = this.expression();
    const stripAfter = this.skip("~");
    if (!this.skip("}")) throw new ExpressionError(`no closing } for ${this.text.slice(start)}`);
    return [tokens, stripBefore, stripAfter];
  }

  private token(): Token {
    if (this.skip('"')) {
      const parts = this.template(true);
      if (!this.skip('"')) throw new ExpressionError(`no closing quote in ${this.text}`);
      return { kind: "template", parts };
    }
    const number = this.take(NUMBER);
    if (number !== undefined) return { kind: "number", text: number };
    const name = this.take(IDENTIFIER);
    if (name !== undefined) return { kind: "identifier", text: name };
    const operator = this.take(OPERATOR);
    if (operator !== undefined && !this.text.startsWith("<<", this.at - 1)) {
      return { kind: "operator", text: operator };
    }
    if (operator !== undefined) throw new ExpressionError("heredocs are not supported; use a quoted string");
    throw new ExpressionError(`unexpected ${JSON.stringify(this.text[this.at])} in ${this.text}`);
  }

  private character(): string {
    const character = this.text.charAt(this.at);
    this.at += 1;
    return character;
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

  private next(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  private skip(text: string): boolean {
    if (!this.next(text)) return false;
    this.at += text.length;
    return true;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.at += match.length;
    return match;
  }
}
