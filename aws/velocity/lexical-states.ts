/** The states of the lexer in the grammar of Velocity 1.7. */
export const LEXICAL_STATES = [
  "DEFAULT",
  "PRE_DIRECTIVE",
  "DIRECTIVE",
  "REFERENCE",
  "REFMODIFIER",
  "REFMOD2",
  "REFINDEX",
  "IN_SINGLE_LINE_COMMENT",
  "IN_FORMAL_COMMENT",
  "IN_MULTI_LINE_COMMENT",
  "IN_TEXTBLOCK",
] as const;

export type LexicalState = (typeof LEXICAL_STATES)[number];

/** Where a reference's name and what follows it are read. */
export const REFERENCES: readonly LexicalState[] = ["REFERENCE", "REFMODIFIER"];

/** Velocity's lexical state, those around it, and the parentheses counted in each. */
export class LexicalStates {
  public position = 0;
  public state: LexicalState = "DEFAULT";
  /** Between `#set(` and its end. */
  public inSet = false;
  private inComment = false;
  private opened = 0;
  private closed = 0;
  private readonly around: { state: LexicalState; opened: number; closed: number }[] = [];

  public push(state: LexicalState): void {
    this.around.push({ state: this.state, opened: this.opened, closed: this.closed });
    this.opened = 0;
    this.state = state;
  }

  /** Goes back to the state around this one; tells whether there was one. */
  public pop(): boolean {
    const outer = this.around.pop();
    if (outer) ({ state: this.state, opened: this.opened, closed: this.closed } = outer);
    else [this.state, this.opened] = ["DEFAULT", 0];
    return outer !== undefined;
  }

  public beginReference(): void {
    if (this.inComment) return;
    if (this.state === "REFERENCE") this.pop();
    this.push("REFERENCE");
  }

  public beginDirective(): void {
    if (this.inComment) return;
    if (REFERENCES.includes(this.state)) this.pop();
    this.push("PRE_DIRECTIVE");
  }

  public beginSet(): void {
    this.push("DIRECTIVE");
    this.inSet = true;
    this.opened += 1;
  }

  /** Whether a comment or verbatim text begins here, which it does in none of them. */
  public beginComment(state: LexicalState): boolean {
    if (this.inComment) return false;
    this.inComment = true;
    this.push(state);
    return true;
  }

  public beginLineComment(): void {
    if (this.state === "REFERENCE") this.pop();
    this.beginComment("IN_SINGLE_LINE_COMMENT");
  }

  public endComment(): void {
    this.inComment = false;
    this.pop();
  }

  public openParenthesis(): void {
    this.opened += 1;
    if (this.state === "REFMODIFIER") this.state = "REFMOD2";
  }

  /** Ends the directive whose parenthesis it closes, with the states above that opened none. */
  public closeParenthesis(): void {
    while (this.opened === 0) if (!this.pop()) return;
    if (this.opened === this.closed + 1) this.pop();
    else this.closed += 1;
  }

  /** A literal directly behind a directive's name ends the directive. */
  public endLiteral(endsIn: readonly LexicalState[]): void {
    if (this.opened === 0 && !this.inSet && endsIn.includes(this.state)) this.pop();
  }
}
