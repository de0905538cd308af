import { Lexer, type Token } from "./lexer";
import type { TokenKind } from "./lexer-rules";
import type { MappingTemplateError } from "./mapping-template-error";
import type { Place } from "./template-node";

/** The tokens of a template, read one after the other: a token is cut no sooner than the parser looks at it. */
export class TokenReader {
  public readonly lexer: Lexer;
  /** The tokens that the parser is past. */
  public readonly taken: Token[] = [];
  private readonly ahead: Token[] = [];

  constructor(source: string, origin: Place) {
    this.lexer = new Lexer(source, origin);
  }

  /** The token that comes next, or one behind it. */
  public peek(distance = 0): Token {
    let token = this.ahead[distance];
    while (!token) {
      this.ahead.push(this.lexer.next());
      token = this.ahead[distance];
    }
    return token;
  }

  public kind(distance = 0): TokenKind {
    return this.peek(distance).kind;
  }

  /** Moves past the next token. */
  public take(): Token {
    const token = this.peek();
    this.ahead.shift();
    this.taken.push(token);
    return token;
  }

  /** Moves past the next token if it is of this kind. */
  public accept(kind: TokenKind): Token | undefined {
    return this.kind() === kind ? this.take() : undefined;
  }

  /** @throws MappingTemplateError if the next token is of another kind */
  public expect(kind: TokenKind, wanted: string): Token {
    if (this.kind() !== kind) throw this.unexpected(wanted);
    return this.take();
  }

  public skipWhitespace(): void {
    this.accept("WHITESPACE");
  }

  /** That the next token is not what was wanted. */
  public unexpected(wanted: string): MappingTemplateError {
    return this.lexer.mistake(this.peek().start, wanted);
  }
}
