import { SourceReader } from "../velocity/source-reader";

/** The members of Java's named classes, written for within brackets. */
const NAMED_CLASSES = new Map([
  ["Lower", "a-z"],
  ["Upper", "A-Z"],
  ["ASCII", "\\x00-\\x7F"],
  ["Alpha", "a-zA-Z"],
  ["Digit", "0-9"],
  ["Alnum", "a-zA-Z0-9"],
  ["Punct", "!-\\/\\:-@\\[-\\`\\{-\\~"],
  ["Graph", "!-\\~"],
  ["Print", " -\\~"],
  ["Blank", " \\t"],
  ["Cntrl", "\\x00-\\x1F\\x7F"],
  ["XDigit", "0-9a-fA-F"],
  ["Space", " \\t\\n\\x0B\\f\\r"],
]);

/** Java's one-letter classes that JavaScript lacks or takes otherwise. Java's `\s` knows only ASCII. */
const LETTER_CLASSES: Record<string, string> = {
  s: " \\t\\n\\x0B\\f\\r",
  h: " \\t\\xA0\\u1680\\u180E\\u2000-\\u200A\\u202F\\u205F\\u3000",
  v: "\\n\\x0B\\f\\r\\x85\\u2028\\u2029",
};

const LETTER_ESCAPES: Record<string, string> = {
  a: "\\x07",
  e: "\\x1B",
  t: "\\t",
  n: "\\n",
  r: "\\r",
  f: "\\f",
};

/** A line's end or, for `$`, the place before the last one. */
const LINE_END = "(?:\\r\\n|[\\n\\x0B\\f\\r\\x85\\u2028\\u2029])";
const END = "(?![^])";
const START = "(?<![^])";

/** Where an escape stands outside brackets only. */
const ASSERTIONS: Record<string, string> = {
  A: START,
  z: END,
  Z: `(?=${LINE_END}?${END})`,
  R: LINE_END,
  b: "\\b",
  B: "\\B",
};

/**
 * Translates a Java regular expression. Possessive quantifiers and atomic groups become greedy ones; flags are understood at the
 * start only (`(?i)`, `(?s)`, `(?m)`).
 *
 * @throws MappingTemplateError for what Java refuses, and for `\G`, `\X` and flags in the middle
 */
export function translateJavaRegex(pattern: string): { source: string; flags: string } {
  return new JavaRegexTranslator(pattern).translate();
}

class JavaRegexTranslator {
  private readonly reader: SourceReader;
  private multiline = false;

  constructor(pattern: string) {
    this.reader = new SourceReader(pattern);
  }

  translate(): { source: string; flags: string } {
    const flags = this.reader.match(/\(\?([ismu]+)\)/y)?.[1] ?? "";
    this.multiline = flags.includes("m");
    let source = "";
    while (!this.reader.atEnd) {
      source += this.token();
    }
    return { source, flags: `gv${flags.replace("u", "")}` };
  }

  private token(): string {
    const { reader } = this;
    if (reader.startsWith("\\")) {
      return this.quoted(literal) ?? this.escape(false);
    }
    if (reader.accept("[")) {
      return this.brackets();
    }
    // Possessive: the second + is dropped.
    const quantifier = reader.match(/([*+?]|\{\d+(?:,\d*)?\})(\+?)/y);
    if (quantifier) {
      return quantifier[1] ?? "";
    }
    if (reader.accept("$")) {
      return this.multiline ? "$" : `(?=${LINE_END}?${END})`;
    }
    const group = reader.match(/\(\?(?:([:=!]|<[=!]|<[a-zA-Z]\w*>)|>)/y);
    if (group) {
      return `(?${group[1] ?? ":"}`;
    }
    if (reader.startsWith("(?")) {
      throw reader.unexpected("a kind of group that is supported");
    }
    if (this.multiline && reader.accept("^")) {
      // Unlike JavaScript, Java sees no line behind the last newline.
      return "^(?=[^])";
    }
    return reader.match(/[()|.^]/y)?.[0] ?? literal(this.character());
  }

  private character(): string {
    return this.reader.match(/./suy)?.[0] ?? "";
  }

  /** `\Q…\E` */
  private quoted(write: (character: string) => string): string | undefined {
    const found = this.reader.match(/\\Q([^]*?)(?:\\E|$)/y);
    return found && Array.from(found[1] ?? "", write).join("");
  }

  private escape(inBrackets: boolean): string {
    const { reader } = this;
    reader.expect("\\");
    const code = reader.match(/u([\da-fA-F]{4})|x([\da-fA-F]{2})|x\{([\da-fA-F]+)\}/y);
    if (code) {
      return `\\u{${code[1] ?? code[2] ?? code[3] ?? ""}}`;
    }
    const octal = reader.match(/0([0-3]?[0-7]{1,2})/y);
    if (octal) {
      return `\\u{${parseInt(octal[1] ?? "", 8).toString(16)}}`;
    }
    const property = reader.match(/([pP])(?:\{(\w+)\}|([A-Z]))/y);
    if (property) {
      return this.property(property[1] === "P", property[2] ?? property[3] ?? "");
    }
    if (!inBrackets) {
      const reference = reader.match(/k<\w+>|[1-9]/y);
      if (reference) {
        return `\\${reference[0]}`;
      }
    }
    return this.letterEscape(inBrackets);
  }

  private letterEscape(inBrackets: boolean): string {
    const { reader } = this;
    const letter = reader.match(/[a-zA-Z]/y)?.[0];
    if (letter === undefined) {
      if (reader.atEnd) {
        throw reader.unexpected("what \\ escapes");
      }
      return literal(this.character());
    }
    const assertion = inBrackets ? undefined : ASSERTIONS[letter];
    const members = LETTER_CLASSES[letter.toLowerCase()];
    const translated =
      assertion ??
      (members === undefined ? undefined : `[${/[A-Z]/.test(letter) ? "^" : ""}${members}]`) ??
      (/[dDwW]/.test(letter) ? `\\${letter}` : LETTER_ESCAPES[letter]);
    if (translated === undefined) {
      reader.position -= 1;
      throw reader.unexpected("an escape that is supported");
    }
    return translated;
  }

  private property(negated: boolean, name: string): string {
    const members = NAMED_CLASSES.get(name);
    if (members !== undefined) {
      return `[${negated ? "^" : ""}${members}]`;
    }
    const script = /^Is([A-Z][a-z]+)$/.exec(name)?.[1];
    const unicode =
      script && !["Alphabetic", "Lowercase", "Uppercase"].includes(script)
        ? `Script=${script}`
        : name.replace(/^Is/, "");
    return `\\${negated ? "P" : "p"}{${unicode}}`;
  }

  /** From behind the opening bracket. Java's unions and intersections are the v flag's, whose operands need brackets. */
  private brackets(): string {
    const { reader } = this;
    const negation = reader.accept("^") ? "^" : "";
    const operands = [""];
    for (let first = true; first || !reader.accept("]"); first = false) {
      if (reader.atEnd) {
        throw reader.unexpected("]");
      }
      if (reader.accept("&&")) {
        operands.push("");
      } else {
        operands.push(`${operands.pop() ?? ""}${this.member()}`);
      }
    }
    const [only = ""] = operands;
    return `[${negation}${operands.length === 1 ? only : operands.map((operand) => `[${operand}]`).join("&&")}]`;
  }

  private member(): string {
    const { reader } = this;
    if (reader.startsWith("\\")) {
      return this.quoted(literal) ?? this.escape(true);
    }
    if (reader.accept("[")) {
      return this.brackets();
    }
    // A hyphen between two characters makes a range, elsewhere it is one itself.
    if (reader.match(/(?<![[^\]])-(?![\]&[])/y)) {
      return "-";
    }
    return literal(this.character());
  }
}

/** A character as itself, in and outside brackets. */
function literal(character: string): string {
  return /[\^$\\.*+?()[\]{}|/&\-!#%,:;<=>@`~]/.test(character)
    ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
    : character;
}
