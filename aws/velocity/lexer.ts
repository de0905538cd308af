import { MappingTemplateError } from "./mapping-template-error";
import type { Place } from "./template-node";

/** The tokens' names in the grammar of Velocity 1.7, its "Parser.jjt". */
export type TokenKind =
  | "INDEX_LBRACKET"
  | "INDEX_RBRACKET"
  | "LBRACKET"
  | "RBRACKET"
  | "COMMA"
  | "DOUBLEDOT"
  | "COLON"
  | "LEFT_CURLEY"
  | "RIGHT_CURLEY"
  | "LPAREN"
  | "RPAREN"
  | "REFMOD2_RPAREN"
  | "ESCAPE_DIRECTIVE"
  | "SET_DIRECTIVE"
  | "SINGLE_LINE_COMMENT_START"
  | "DOUBLE_ESCAPE"
  | "ESCAPE"
  | "TEXT"
  | "SINGLE_LINE_COMMENT"
  | "MULTI_LINE_COMMENT"
  | "FORMAL_COMMENT"
  | "TEXTBLOCK"
  | "WHITESPACE"
  | "STRING_LITERAL"
  | "TRUE"
  | "FALSE"
  | "OPERATOR"
  | "LOGICAL_NOT"
  | "EQUALS"
  | "END"
  | "IF_DIRECTIVE"
  | "ELSEIF_DIRECTIVE"
  | "ELSE_DIRECTIVE"
  | "INTEGER_LITERAL"
  | "FLOATING_POINT_LITERAL"
  | "WORD"
  | "BRACKETED_WORD"
  | "IDENTIFIER"
  | "DOT"
  | "LCURLY"
  | "RCURLY"
  | "EMPTY_INDEX"
  | "EOF";

/** A piece of a template, as Velocity's lexer cuts it. */
export interface Token {
  readonly kind: TokenKind;
  /** Its text; what is escaped or stands before a reference is taken off as the parser reads it. */
  image: string;
  readonly start: number;
  /** What stood before it and is printed with it where it is text: `$` and `#` that began nothing. */
  readonly before: string;
}

type LexicalState =
  | "DEFAULT"
  | "PRE_DIRECTIVE"
  | "DIRECTIVE"
  | "REFERENCE"
  | "REFMODIFIER"
  | "REFMOD2"
  | "REFINDEX"
  | "IN_SINGLE_LINE_COMMENT"
  | "IN_FORMAL_COMMENT"
  | "IN_MULTI_LINE_COMMENT"
  | "IN_TEXTBLOCK";

/** A rule of the lexer. After `more`, the token goes on in the state of then; what is `special` ends a token and belongs to none. */
interface Rule {
  readonly kind: TokenKind | "more" | "skip" | "special";
  readonly states: readonly LexicalState[];
  readonly pattern: RegExp;
  readonly act: ((lexer: LexerStates, image: string) => void) | undefined;
  /** What may stand behind a row of backslashes: without it the pattern is not tried, which would be slow in a long row. */
  readonly escapes: "$" | "#" | undefined;
}

const COMMENTS: readonly LexicalState[] = [
  "IN_SINGLE_LINE_COMMENT",
  "IN_FORMAL_COMMENT",
  "IN_MULTI_LINE_COMMENT",
];
const REFERENCES: readonly LexicalState[] = ["REFERENCE", "REFMODIFIER"];
const ARGUMENTS: readonly LexicalState[] = ["DIRECTIVE", "REFMOD2"];
const VALUES: readonly LexicalState[] = ["DIRECTIVE", "REFMOD2", "REFINDEX"];

const EVERYWHERE: readonly LexicalState[] = [
  "DEFAULT",
  "PRE_DIRECTIVE",
  ...REFERENCES,
  ...VALUES,
  ...COMMENTS,
  "IN_TEXTBLOCK",
];

/** Velocity's lexical state, those around it, and the parentheses counted in each. */
class LexerStates {
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

/**
 * The rules in the order of the grammar: the longest match wins, and of equal ones the first.
 * @see https://github.com/apache/velocity-engine/blob/1.7/src/parser/Parser.jjt
 */
const RULES: readonly Rule[] = [
  rule("INDEX_LBRACKET", REFERENCES, /\[/y, (lexer) => {
    lexer.push("REFINDEX");
  }),
  rule("INDEX_RBRACKET", ["REFINDEX"], /\]/y, (lexer) => lexer.pop()),
  rule("LBRACKET", ARGUMENTS, /\[/y),
  rule("RBRACKET", ARGUMENTS, /\]/y),
  rule("COMMA", ARGUMENTS, /,/y),
  rule("DOUBLEDOT", ARGUMENTS, /\.\./y),
  rule("COLON", ARGUMENTS, /:/y),
  rule("LEFT_CURLEY", ARGUMENTS, /\{/y),
  rule("RIGHT_CURLEY", ARGUMENTS, /\}/y),
  rule("LPAREN", ["DIRECTIVE", "REFMODIFIER"], /\(/y, (lexer) => {
    lexer.openParenthesis();
  }),
  // The rest of the line is a part of the directive.
  rule("RPAREN", ["DIRECTIVE"], /\)(?:[ \t]*(?:\r\n|\n|\r))?/y, (lexer) => {
    lexer.closeParenthesis();
  }),
  rule("REFMOD2_RPAREN", ["REFMOD2"], /\)/y, (lexer) => {
    lexer.state = "REFERENCE";
  }),
  rule(
    "ESCAPE_DIRECTIVE",
    ["DEFAULT"],
    /(?:\\\\)*\\#(?:[a-zA-Z_@][\w@]*|\{[a-zA-Z_][\w@]*\})/y,
    undefined,
    "#",
  ),
  rule(
    "SET_DIRECTIVE",
    ["DEFAULT", "REFERENCE", "REFMODIFIER", "REFMOD2"],
    /[ \t]*#(?:set|\{set\}) *\(/y,
    (lexer) => {
      lexer.beginSet();
    },
  ),
  rule(
    "more",
    EVERYWHERE,
    /\\*\$(?:\\*!)?/y,
    (lexer) => {
      lexer.beginReference();
    },
    "$",
  ),
  rule("more", EVERYWHERE, /#\[\[/y, (lexer) => {
    lexer.beginComment("IN_TEXTBLOCK");
  }),
  rule("more", EVERYWHERE, /#\*\*[^#]/y, (lexer) => {
    if (lexer.beginComment("IN_FORMAL_COMMENT")) lexer.position -= 1;
  }),
  rule("more", EVERYWHERE, /#\*/y, (lexer) => {
    lexer.beginComment("IN_MULTI_LINE_COMMENT");
  }),
  rule("more", EVERYWHERE, /#/y, (lexer) => {
    lexer.beginDirective();
  }),
  rule(
    "SINGLE_LINE_COMMENT_START",
    ["DEFAULT", "PRE_DIRECTIVE", "DIRECTIVE", "REFERENCE"],
    /##/y,
    (lexer) => {
      lexer.beginLineComment();
    },
  ),
  rule("DOUBLE_ESCAPE", ["DEFAULT"], /\\\\/y),
  rule("ESCAPE", ["DEFAULT"], /\\/y),
  rule("TEXT", ["DEFAULT"], /[^$#\\]+/y),
  rule("SINGLE_LINE_COMMENT", ["IN_SINGLE_LINE_COMMENT"], /\r\n|\n|\r/y, endComment),
  rule("FORMAL_COMMENT", ["IN_FORMAL_COMMENT"], /\*#/y, endComment),
  rule("MULTI_LINE_COMMENT", ["IN_MULTI_LINE_COMMENT"], /\*#/y, endComment),
  rule("TEXTBLOCK", ["IN_TEXTBLOCK"], /\]\]#/y, endComment),
  rule("skip", COMMENTS, /[^$#\\*\r\n]+|[^]/y),
  rule("more", ["IN_TEXTBLOCK"], /[^$#\\\]]+|[^]/y),
  rule("WHITESPACE", VALUES, /[ \t\r\n]+/y),
  rule("STRING_LITERAL", VALUES, /"[^"]*(?:""[^"]*)*"|'[^']*(?:''[^']*)*'/y, (lexer) => {
    lexer.endLiteral(["DIRECTIVE"]);
  }),
  rule("TRUE", [...REFERENCES, ...VALUES], /true/y),
  rule("FALSE", [...REFERENCES, ...VALUES], /false/y),
  rule("LOGICAL_NOT", ["DIRECTIVE"], /!|not/y),
  rule("EQUALS", ["DIRECTIVE"], /=/y),
  rule("OPERATOR", ["DIRECTIVE"], /[-+*/%]|&&|and|\|\||or|<=|<|lt|le|>=|>|gt|ge|==|eq|!=|ne/y),
  rule("END", ["PRE_DIRECTIVE"], /(?:end|\{end\})(?:[ \t]*(?:\r\n|\n|\r))?/y, (lexer) => lexer.pop()),
  rule("IF_DIRECTIVE", ["PRE_DIRECTIVE"], /if|\{if\}/y, readArguments),
  rule("ELSEIF_DIRECTIVE", ["PRE_DIRECTIVE"], /elseif|\{elseif\}/y, readArguments),
  rule("ELSE_DIRECTIVE", ["PRE_DIRECTIVE"], /(?:else|\{else\})(?:[ \t]*(?:\r\n|\n|\r))?/y, (lexer) =>
    lexer.pop(),
  ),
  rule("INTEGER_LITERAL", ["PRE_DIRECTIVE", ...VALUES], /-?\d+(?:\.\.)?/y, (lexer, image) => {
    if (image.endsWith("..")) lexer.position -= 2;
    lexer.endLiteral(["PRE_DIRECTIVE", "DIRECTIVE"]);
  }),
  rule(
    "FLOATING_POINT_LITERAL",
    ["PRE_DIRECTIVE", ...VALUES],
    /-?(?:\d+\.\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)/y,
    (lexer) => {
      lexer.endLiteral(["PRE_DIRECTIVE", "DIRECTIVE", "REFINDEX"]);
    },
  ),
  rule("WORD", ["PRE_DIRECTIVE", "DIRECTIVE"], /[a-zA-Z_@][\w@]*/y),
  rule("BRACKETED_WORD", ["PRE_DIRECTIVE", "DIRECTIVE"], /\{[a-zA-Z_][\w@]*\}/y),
  rule("IDENTIFIER", [...REFERENCES, "REFMOD2"], /[a-zA-Z_][\w-]*/y),
  rule("DOT", [...REFERENCES, "REFMOD2"], /\.(?=[a-zA-Z])/y, (lexer) => {
    lexer.state = "REFMODIFIER";
  }),
  rule("LCURLY", REFERENCES, /\{/y),
  rule("RCURLY", REFERENCES, /\}/y, (lexer) => lexer.pop()),
  rule("special", [...REFERENCES, "PRE_DIRECTIVE"], /[^]/y, (lexer) => {
    lexer.position -= 1;
    lexer.pop();
  }),
  rule("EMPTY_INDEX", ["DEFAULT", "REFERENCE"], /\$(?:!?\[|\\!\[|\.)/y),
];

const ARGUMENTS_BEGIN = /[ \t\r\n]*\(/y;

const RULES_OF: ReadonlyMap<LexicalState, readonly Rule[]> = new Map(
  EVERYWHERE.map((state) => [state, RULES.filter(({ states }) => states.includes(state))]),
);

/** Cuts a template into tokens, one at a time: the parser changes the state in between. */
export class Lexer extends LexerStates {
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
      const { rule, end } = this.longestMatch();
      const { kind, act } = rule;
      const image = this.source.slice(start, end);
      this.position = end;
      act?.(this, image);
      if (kind === "special") specials.push(image);
      else if (kind !== "more" && kind !== "skip") {
        return { kind, image: this.imageFrom(start, kind), start, before: printed(specials) };
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

  private imageFrom(start: number, kind: TokenKind): string {
    return kind === "DOT" ? "." : this.source.slice(start, this.position);
  }

  private longestMatch(): { rule: Rule; end: number } {
    const { source, position } = this;
    let [best, end]: [Rule | undefined, number] = [undefined, position];
    for (const rule of RULES_OF.get(this.state) ?? []) {
      const { pattern, escapes } = rule;
      if (escapes !== undefined && !this.isEscaped(escapes)) continue;
      pattern.lastIndex = position;
      if (pattern.test(source) && pattern.lastIndex > end) [best, end] = [rule, pattern.lastIndex];
    }
    if (!best) throw this.mistake(position, "what may stand in a reference or a directive");
    return { rule: best, end };
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

function rule(
  kind: Rule["kind"],
  states: Rule["states"],
  pattern: RegExp,
  act?: Rule["act"],
  escapes?: Rule["escapes"],
): Rule {
  return { kind, states, pattern, act, escapes };
}

function endComment(lexer: LexerStates): void {
  lexer.endComment();
}

function readArguments(lexer: LexerStates): void {
  lexer.state = "DIRECTIVE";
}

/** Of what began no reference and no directive, the dollars and hashes; of an escaped dollar, not the character behind it. */
function printed(specials: readonly string[]): string {
  if (specials.at(-1)?.startsWith("##")) return "";
  return specials.map((special) => special.replace(/(\\+\$)[^]?|([$#])|[^]/g, "$1$2")).join("");
}
