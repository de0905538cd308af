import { ExpressionError } from "./expression-error";
import type { Token } from "./tokenize";

/** Goes through the tokens of one expression; what a parser meets and what it expects. */
export class TokenReader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  protected identifier(): string {
    const token = this.take();
    if (token?.kind !== "identifier") throw this.unexpected(token);
    return token.text;
  }

  protected take(): Token | undefined {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  protected peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  protected peekOperator(ahead = 0): string | undefined {
    const token = this.peek(ahead);
    return token?.kind === "operator" ? token.text : undefined;
  }

  protected skip(operator: string): boolean {
    if (this.peekOperator() !== operator) return false;
    this.at += 1;
    return true;
  }

  protected skipWord(word: string): boolean {
    const token = this.peek();
    if (token?.kind !== "identifier" || token.text !== word) return false;
    this.at += 1;
    return true;
  }

  protected expect(operator: string): void {
    if (!this.skip(operator)) throw this.unexpected(undefined, operator);
  }

  protected unexpected(token = this.peek(), expected?: string): ExpressionError {
    const found = token === undefined ? "the end" : JSON.stringify(textOf(token));
    return new ExpressionError(
      `unexpected ${found}${expected === undefined ? "" : ` instead of ${expected}`}`,
    );
  }
}

function textOf(token: Token): string {
  if (token.kind === "template") return "a string";
  return token.kind === "number" ? String(Number(token.text)) : token.text;
}
