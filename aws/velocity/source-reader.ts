import { MappingTemplateError } from "./mapping-template-error";

/** A position in a template's source, moved forward by what the parsers recognise. */
export class SourceReader {
  position = 0;

  constructor(readonly source: string) {}

  get atEnd(): boolean {
    return this.position >= this.source.length;
  }

  startsWith(text: string): boolean {
    return this.source.startsWith(text, this.position);
  }

  /** Moves past `text` if it comes next. */
  accept(text: string): boolean {
    if (!this.startsWith(text)) {
      return false;
    }
    this.position += text.length;
    return true;
  }

  /** Moves past what `pattern` (sticky) matches here; undefined if it does not match. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.source);
    if (!found) {
      return undefined;
    }
    this.position = pattern.lastIndex;
    return found;
  }

  /** Does what `parse` does, or stays where it was and gives undefined if that fails. */
  attempt<T>(parse: () => T): T | undefined {
    const start = this.position;
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof MappingTemplateError)) {
        throw error;
      }
      this.position = start;
      return undefined;
    }
  }

  expect(text: string): void {
    if (!this.accept(text)) {
      throw this.unexpected(`"${text}"`);
    }
  }

  skipWhitespace(): void {
    this.match(/\s*/y);
  }

  unexpected(wanted: string): MappingTemplateError {
    const lines = this.source.slice(0, this.position).split(/\r\n|\r|\n/);
    const column = (lines.at(-1) ?? "").length + 1;
    const found = this.atEnd
      ? "the end"
      : JSON.stringify(this.source.slice(this.position, this.position + 20));
    return new MappingTemplateError(
      `line ${lines.length}, column ${column}: expected ${wanted}, found ${found}`,
    );
  }
}
