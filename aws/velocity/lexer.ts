import { type Rule, RULES_OF, type TokenKind } from "./lexer-rules";
import { LexicalStates } from "./lexical-states";
import { MappingTemplateError } from "./mapping-template-error";
import type { Place } from "./template-node";

/** A piece of a template, as Velocity's lexer cuts it. */
export interface Token {
  readonly kind: TokenKind;
  /** Its text; what is escaped or stands before a reference is taken off as the parser reads it. */
  image: string;
  readonly start: number;
  /** What stood before it and is printed with it where it is text: `$` and `#` that began nothing. */
  readonly before: string;
}

/** A rule that applies, and where what it takes ends. */
type Match = readonly [rule: Rule, end: number];

const ARGUMENTS_BEGIN = /[ \t\r\n]*\(/y;

/** Cuts a template into tokens, one at a time: the parser changes the state in between. */
export class Lexer extends LexicalStates {
  private slashesEnd = 0;

  constructor(
    private readonly source: string,
    private readonly origin: Place,
  ) {
    super();
  }

  /** @throws MappingTemplateError where no token begins, or the template ends within one */
  public next(): Token {
    let start = this.position;
    const specials: string[] = [];
    while (this.position < this.source.length) {
      const [{ kind, act }, end] = this.longestMatch();
      const image = this.source.slice(start, end);
      this.position = end;
      if (typeof act === "string") this[act]();
      else act?.(this, image);
      if (kind === "special") specials.push(image);
      else if (kind !== "more" && kind !== "skip") {
        const text = kind === "DOT" ? "." : this.source.slice(start, this.position);
        return { kind, image: text, start, before: printed(specials) };
      }
      if (kind !== "more") start = this.position;
    }
    if (start < this.position) {
      throw this.mistake(this.position, `more behind ${this.source.slice(start).slice(0, 20)}`);
    }
    return { kind: "EOF", image: "", start, before: "" };
  }

  /** Whether parentheses with arguments come next. */
  public get atArguments(): boolean {
    ARGUMENTS_BEGIN.lastIndex = this.position;
    return ARGUMENTS_BEGIN.test(this.source);
  }

  /** What is wrong there, with line and column. */
  public mistake(position: number, wanted: string): MappingTemplateError {
    const found =
      position < this.source.length ? JSON.stringify(this.source.slice(position, position + 20)) : "the end";
    const { line, column } = this.place(position);
    return new MappingTemplateError(`line ${line}, column ${column}: expected ${wanted}, found ${found}`);
  }

  /** Where what stands at a position is found in the whole template. */
  public place(position: number): Place {
    const lines = this.source.slice(0, position).split(/\r\n|\r|\n/);
    const column = (lines.at(-1) ?? "").length + 1;
    const { origin } = this;
    return lines.length === 1
      ? { line: origin.line, column: origin.column + column - 1 }
      : { line: origin.line + lines.length - 1, column };
  }

  private longestMatch(): Match {
    const { source, position } = this;
    let [best, end]: [Rule | undefined, number] = [undefined, position];
    for (const rule of RULES_OF.get(this.state) ?? []) {
      const { pattern, escapes } = rule;
      if (escapes !== undefined && !this.isEscaped(escapes)) continue;
      pattern.lastIndex = position;
      if (pattern.test(source) && pattern.lastIndex > end) [best, end] = [rule, pattern.lastIndex];
    }
    if (!best) throw this.mistake(position, "what may stand in a reference or a directive");
    return [best, end];
  }

  /** Whether backslashes stand before such a character, an odd number before a `#`. Where a row of them ends is found out once. */
  private isEscaped(character: "$" | "#"): boolean {
    if (this.slashesEnd <= this.position) {
      this.slashesEnd = this.position;
      while (this.source[this.slashesEnd] === "\\") this.slashesEnd += 1;
    }
    const isOdd = (this.slashesEnd - this.position) % 2 === 1;
    return this.source[this.slashesEnd] === character && (character === "$" || isOdd);
  }
}

/** Of what began no reference and no directive, the dollars and hashes; of an escaped dollar, not the character behind it. */
function printed(specials: readonly string[]): string {
  if (specials.at(-1)?.startsWith("##")) return "";
  return specials.map((special) => special.replace(/(\\+\$)[^]?|([$#])|[^]/g, "$1$2")).join("");
}
