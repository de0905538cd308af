/** Goes through a text from its start to its end. */
export class TextScanner {
  private at = 0;

  constructor(protected readonly text: string) {}

  public get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  protected get rest(): string {
    return this.text.slice(this.at);
  }

  protected next(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  protected skip(text: string): boolean {
    if (!this.next(text)) return false;
    this.at += text.length;
    return true;
  }

  /** What a sticky pattern matches here. */
  protected take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.at += match.length;
    return match;
  }

  protected character(): string {
    const character = this.text.charAt(this.at);
    this.at += 1;
    return character;
  }
}
