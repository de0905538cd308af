import { ExpressionError } from "./expression-error";
import type { Token } from "./tokenize";

/** Goes through the tokens of one expression; what a parser meets and what it expects. */
export class TokenReader {
  private at = 0;
  private heedsLineBreaks = false;

  constructor(private readonly tokens: readonly Token[]) {}

  /** Line breaks count directly in an object, and nowhere within brackets in it. */
  protected heeding<Read>(lineBreaks: boolean, read: () => Read): Read {
    const before = this.heedsLineBreaks;
    this.heedsLineBreaks = lineBreaks;
    const result = read();
    this.heedsLineBreaks = before;
    return result;
  }

  protected identifier(): string {
    const token = this.take();
    if (token?.kind !== "identifier") throw this.unexpected(token);
    return token.text;
  }

  protected take(): Token | undefined {
    const at = this.position(0);
    this.at = at + 1;
    return this.tokens[at];
  }

  protected peek(ahead = 0): Token | undefined {
    return this.tokens[this.position(ahead)];
  }

  protected peekOperator(ahead = 0): string | undefined {
    const token = this.peek(ahead);
    return token?.kind === "operator" ? token.text : undefined;
  }

  protected skip(operator: string): boolean {
    if (this.peekOperator() !== operator) return false;
    this.take();
    return true;
  }

  protected skipWord(word: string): boolean {
    const token = this.peek();
    if (token?.kind !== "identifier" || token.text !== word) return false;
    this.take();
    return true;
  }

  /** Whether there was one. */
  protected skipLineBreaks(): boolean {
    const before = this.at;
    while (this.tokens[this.at]?.kind === "line break") this.at += 1;
    return this.at > before;
  }

  protected expect(operator: string): void {
    if (!this.skip(operator)) throw this.unexpected(undefined, operator);
  }

  protected unexpected(token = this.peek(), expected?: string): ExpressionError {
    const found = token === undefined ? "the end" : textOf(token);
    return new ExpressionError(
      `unexpected ${found}${expected === undefined ? "" : ` instead of ${expected}`}`,
    );
  }

  private position(ahead: number): number {
    let at = this.at;
    for (let left = ahead; ; left -= 1, at += 1) {
      while (!this.heedsLineBreaks && this.tokens[at]?.kind === "line break") at += 1;
      if (left === 0) return at;
    }
  }
}

function textOf(token: Token): string {
  switch (token.kind) {
    case "template":
      return JSON.stringify("a string");
    case "line break":
      return "line break";
    case "number":
      return JSON.stringify(String(Number(token.text)));
    default:
      return JSON.stringify(token.text);
  }
}
