import { JavaPatternError } from "./java-pattern-error";

/** A position in a pattern, moved forward by what is recognised. */
export class PatternReader {
  public position = 0;

  constructor(public readonly pattern: string) {}

  public get atEnd(): boolean {
    return this.position >= this.pattern.length;
  }

  public startsWith(text: string): boolean {
    return this.pattern.startsWith(text, this.position);
  }

  /** Moves past `text` if it comes next. */
  public accept(text: string): boolean {
    if (!this.startsWith(text)) {
      return false;
    }
    this.position += text.length;
    return true;
  }

  /** Moves past what `expression` (sticky) matches here; undefined if it does not match. */
  public match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.position;
    const found = expression.exec(this.pattern);
    if (!found) {
      return undefined;
    }
    this.position = expression.lastIndex;
    return found;
  }

  public unexpected(wanted: string): JavaPatternError {
    const found = this.atEnd ? "the end" : JSON.stringify(this.pattern.slice(this.position));
    return new JavaPatternError(
      `regular expression ${this.pattern}`,
      `expected ${wanted}, found ${found}`,
      this.position,
    );
  }
}
