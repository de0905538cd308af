import { LEXICAL_STATES, type LexicalState, type LexicalStates, REFERENCES } from "./lexical-states";

/** The tokens' names in the grammar of Velocity 1.7, its "Parser.jjt". */
export type TokenKind = Exclude<RuleKind, "more" | "skip" | "special"> | "EOF";

type RuleKind = (typeof RULES)[number]["kind"];

/** A rule of the lexer. After `more`, the token goes on in the state of then; what is `special` ends a token and belongs to none. */
export interface Rule<Kind extends string = RuleKind> {
  readonly kind: Kind;
  readonly states: readonly LexicalState[];
  readonly pattern: RegExp;
  readonly act: Act | undefined;
  /** What may stand behind a row of backslashes: without it the pattern is not tried, which would be slow in a long row. */
  readonly escapes: "$" | "#" | undefined;
}

/** What a token does to the lexer's state: a step by its name, or a function. */
type Act =
  | "pop"
  | `begin${"Reference" | "Directive" | "Set" | "LineComment"}`
  | "endComment"
  | `${"open" | "close"}Parenthesis`
  | ((lexer: LexicalStates, image: string) => void);

const COMMENTS: readonly LexicalState[] = [
  "IN_SINGLE_LINE_COMMENT",
  "IN_FORMAL_COMMENT",
  "IN_MULTI_LINE_COMMENT",
];
const ARGUMENTS: readonly LexicalState[] = ["DIRECTIVE", "REFMOD2"];
const VALUES: readonly LexicalState[] = [...ARGUMENTS, "REFINDEX"];

/**
 * The rules in the order of the grammar: the longest match wins, and of equal ones the first.
 * @see https://github.com/apache/velocity-engine/blob/1.7/src/parser/Parser.jjt
 */
const RULES = [
  rule("INDEX_LBRACKET", REFERENCES, /\[/y, (lexer) => {
    lexer.push("REFINDEX");
  }),
  rule("INDEX_RBRACKET", ["REFINDEX"], /\]/y, "pop"),
  rule("LBRACKET", ARGUMENTS, /\[/y),
  rule("RBRACKET", ARGUMENTS, /\]/y),
  rule("COMMA", ARGUMENTS, /,/y),
  rule("DOUBLEDOT", ARGUMENTS, /\.\./y),
  rule("COLON", ARGUMENTS, /:/y),
  rule("LEFT_CURLEY", ARGUMENTS, /\{/y),
  rule("RIGHT_CURLEY", ARGUMENTS, /\}/y),
  rule("LPAREN", ["DIRECTIVE", "REFMODIFIER"], /\(/y, "openParenthesis"),
  // The rest of the line is a part of the directive.
  rule("RPAREN", ["DIRECTIVE"], /\)(?:[ \t]*(?:\r\n|\n|\r))?/y, "closeParenthesis"),
  rule("REFMOD2_RPAREN", ["REFMOD2"], /\)/y, goOnIn("REFERENCE")),
  rule(
    "ESCAPE_DIRECTIVE",
    ["DEFAULT"],
    /(?:\\\\)*\\#(?:[a-zA-Z_@][\w@]*|\{[a-zA-Z_][\w@]*\})/y,
    undefined,
    "#",
  ),
  rule("SET_DIRECTIVE", ["DEFAULT", ...REFERENCES, "REFMOD2"], /[ \t]*#(?:set|\{set\}) *\(/y, "beginSet"),
  rule("more", LEXICAL_STATES, /\\*\$(?:\\*!)?/y, "beginReference", "$"),
  rule("more", LEXICAL_STATES, /#\[\[/y, (lexer) => lexer.beginComment("IN_TEXTBLOCK")),
  rule("more", LEXICAL_STATES, /#\*\*[^#]/y, (lexer) => {
    if (lexer.beginComment("IN_FORMAL_COMMENT")) lexer.position -= 1;
  }),
  rule("more", LEXICAL_STATES, /#\*/y, (lexer) => lexer.beginComment("IN_MULTI_LINE_COMMENT")),
  rule("more", LEXICAL_STATES, /#/y, "beginDirective"),
  rule(
    "SINGLE_LINE_COMMENT_START",
    ["DEFAULT", "PRE_DIRECTIVE", "DIRECTIVE", "REFERENCE"],
    /##/y,
    "beginLineComment",
  ),
  rule("DOUBLE_ESCAPE", ["DEFAULT"], /\\\\/y),
  rule("ESCAPE", ["DEFAULT"], /\\/y),
  rule("TEXT", ["DEFAULT"], /[^$#\\]+/y),
  rule("SINGLE_LINE_COMMENT", ["IN_SINGLE_LINE_COMMENT"], /\r\n|\n|\r/y, "endComment"),
  rule("FORMAL_COMMENT", ["IN_FORMAL_COMMENT"], /\*#/y, "endComment"),
  rule("MULTI_LINE_COMMENT", ["IN_MULTI_LINE_COMMENT"], /\*#/y, "endComment"),
  rule("TEXTBLOCK", ["IN_TEXTBLOCK"], /\]\]#/y, "endComment"),
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
  rule("END", ["PRE_DIRECTIVE"], /(?:end|\{end\})(?:[ \t]*(?:\r\n|\n|\r))?/y, "pop"),
  rule("IF_DIRECTIVE", ["PRE_DIRECTIVE"], /if|\{if\}/y, goOnIn("DIRECTIVE")),
  rule("ELSEIF_DIRECTIVE", ["PRE_DIRECTIVE"], /elseif|\{elseif\}/y, goOnIn("DIRECTIVE")),
  rule("ELSE_DIRECTIVE", ["PRE_DIRECTIVE"], /(?:else|\{else\})(?:[ \t]*(?:\r\n|\n|\r))?/y, "pop"),
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
  rule("DOT", [...REFERENCES, "REFMOD2"], /\.(?=[a-zA-Z])/y, goOnIn("REFMODIFIER")),
  rule("LCURLY", REFERENCES, /\{/y),
  rule("RCURLY", REFERENCES, /\}/y, "pop"),
  rule("special", [...REFERENCES, "PRE_DIRECTIVE"], /[^]/y, (lexer) => {
    lexer.position -= 1;
    lexer.pop();
  }),
  rule("EMPTY_INDEX", ["DEFAULT", "REFERENCE"], /\$(?:!?\[|\\!\[|\.)/y),
];

export const RULES_OF: ReadonlyMap<LexicalState, readonly Rule[]> = new Map(
  LEXICAL_STATES.map((state) => [state, RULES.filter(({ states }) => states.includes(state))]),
);

function rule<Kind extends string>(
  kind: Kind,
  states: readonly LexicalState[],
  pattern: RegExp,
  act?: Act,
  escapes?: "$" | "#",
): Rule<Kind> {
  return { kind, states, pattern, act, escapes };
}

function goOnIn(state: LexicalState): Act {
  return (lexer) => {
    lexer.state = state;
  };
}
