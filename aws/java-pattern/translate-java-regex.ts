import {
  LAST_LINE_END,
  LETTER_CLASSES,
  LETTER_ESCAPES,
  LINE_END,
  LINE_TERMINATORS,
  NAMED_CLASSES,
  OUTSIDE_BRACKETS,
} from "./java-classes";
import { JavaPatternError } from "./java-pattern-error";

/** A regular expression for JavaScript's `RegExp`. */
type TranslatedRegex = Pick<RegExp, "source" | "flags">;

/**
 * Translates a Java regular expression. Possessive quantifiers and atomic groups become greedy ones; flags are understood at the
 * start only (`(?i)`, `(?s)`, `(?m)`), and `(?i)` takes all of Unicode for letters.
 *
 * @throws JavaPatternError for what Java refuses, and for `\G`, `\X`, blocks (`\p{InGreek}`) and flags in the middle
 */
export function translateJavaRegex(pattern: string): TranslatedRegex {
  return new JavaRegexTranslator(new PatternReader(pattern)).translate();
}

class JavaRegexTranslator {
  private flags = "";
  /** What closes the groups that are open. */
  private readonly closings: string[] = [];

  constructor(private readonly reader: PatternReader) {}

  public translate(): TranslatedRegex {
    this.flags = this.reader.match(/\(\?([ismu]+)\)/y)?.[1] ?? "";
    let source = "";
    while (!this.reader.atEnd) source += this.token();
    return { source, flags: this.flags.includes("i") ? "svi" : "sv" };
  }

  private token(): string {
    const { reader } = this;
    if (reader.startsWith("\\")) return this.quoted() ?? this.escape(false);
    if (reader.accept("[")) return this.brackets();
    // Possessive: the second + is dropped.
    const quantifier = reader.match(/([*+?]|\{\d+(?:,\d*)?\})(?:(\?)|\+?)/y);
    if (quantifier) return `${quantifier[1] ?? ""}${quantifier[2] ?? ""}`;
    if (reader.startsWith("{")) throw reader.unexpected("a repetition such as {2} or {1,3}");
    return this.group() ?? this.sign() ?? literal(this.character());
  }

  private group(): string | undefined {
    const { reader } = this;
    if (reader.accept(")")) return this.closings.pop() ?? ")";
    // Java repeats assertions too.
    const assertion = reader.match(/\(\?<?[=!]/y)?.[0];
    this.closings.push(assertion === undefined ? ")" : "))");
    if (assertion !== undefined) return `(?:${assertion}`;
    const opening = reader.match(/\((?:\?(?::|>|<[a-zA-Z][a-zA-Z0-9]*>))?(?!\?)/y)?.[0];
    if (opening === undefined) {
      this.closings.pop();
      if (reader.startsWith("(")) throw reader.unexpected("a kind of group that is supported");
      return undefined;
    }
    return opening === "(?>" ? "(?:" : opening;
  }

  private sign(): string | undefined {
    const { reader } = this;
    const multiline = this.flags.includes("m");
    if (reader.accept("$")) return multiline ? `(?:(?=${LINE_END}|$))` : LAST_LINE_END;
    if (reader.accept("^")) {
      // Unlike JavaScript, Java sees no line behind the last newline.
      return multiline ? "(?:(?:^|(?<=[\\n\\x85\\u2028\\u2029]|\\r(?!\\n)))(?=.))" : "(?:^)";
    }
    if (reader.accept(".")) return this.flags.includes("s") ? "." : `[^${LINE_TERMINATORS}]`;
    return reader.accept("|") ? "|" : undefined;
  }

  private character(): string {
    return this.reader.match(/./suy)?.[0] ?? "";
  }

  /** `\Q…\E` */
  private quoted(): string | undefined {
    const found = this.reader.match(/\\Q([^]*?)(?:\\E|$)/y);
    return found && Array.from(found[1] ?? "", literal).join("");
  }

  private escape(inBrackets: boolean): string {
    const { reader } = this;
    reader.position += 1;
    const code = reader.match(/u([\da-fA-F]{4})|x([\da-fA-F]{2})|x\{([\da-fA-F]+)\}/y);
    if (code) return `\\u{${code[1] ?? code[2] ?? code[3] ?? ""}}`;
    const octal = reader.match(/0([0-3]?[0-7]{1,2})/y);
    if (octal) return `\\u{${parseInt(octal[1] ?? "", 8).toString(16)}}`;
    const property = reader.match(/([pP])(?:\{(\w+)\}|([A-Z]))/y);
    if (property) return this.property(property[1] === "P", property[2] ?? property[3] ?? "");
    if (!inBrackets) {
      const reference = reader.match(/k<\w+>|[1-9]/y);
      if (reference) return `\\${reference[0]}`;
    }
    return this.letterEscape(inBrackets);
  }

  private letterEscape(inBrackets: boolean): string {
    const { reader } = this;
    const letter = reader.match(/[a-zA-Z]/y)?.[0];
    if (letter === undefined) {
      if (reader.atEnd) throw reader.unexpected("what \\ escapes");
      return literal(this.character());
    }
    const outside = inBrackets ? undefined : OUTSIDE_BRACKETS[letter];
    const members = LETTER_CLASSES[letter.toLowerCase()];
    const translated =
      outside ??
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
    if (members !== undefined) return `[${negated ? "^" : ""}${members}]`;
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
      if (reader.atEnd) throw reader.unexpected("]");
      operands.push(reader.accept("&&") ? "" : `${operands.pop() ?? ""}${this.member()}`);
    }
    const [only = "", ...others] = operands.filter((operand) => operand !== "");
    return `[${negation}${others.length === 0 ? only : [only, ...others].map((operand) => `[${operand}]`).join("&&")}]`;
  }

  /** A class, or a character, or two with a hyphen between them; a hyphen elsewhere is one itself. */
  private member(): string {
    const { reader } = this;
    if (reader.accept("[")) return this.brackets();
    const from = this.memberCharacter();
    if (!isCharacter(from) || !reader.match(/-(?![\][])/y)) return from;
    const start = reader.position;
    const to = this.memberCharacter();
    if (!isCharacter(to)) {
      reader.position = start;
      throw reader.unexpected("the range's last character");
    }
    return `${from}-${to}`;
  }

  private memberCharacter(): string {
    if (!this.reader.startsWith("\\")) return literal(this.character());
    return this.quoted() ?? this.escape(true);
  }
}

/** A position in a pattern, moved forward by what is recognised. */
class PatternReader {
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
    if (!this.startsWith(text)) return false;
    this.position += text.length;
    return true;
  }

  /** Moves past what `expression` (sticky) matches here; undefined if it does not match. */
  public match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.position;
    const found = expression.exec(this.pattern);
    if (!found) return undefined;
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

function isCharacter(member: string): boolean {
  return /^(?:[^\\]|\\u\{[\da-f]+\}|\\x[\da-f]{2}|\\[tnrf])$/iu.test(member);
}

/** A character as itself, in and outside brackets. */
function literal(character: string): string {
  return /[\^$\\.*+?()[\]{}|/&\-!#%,:;<=>@`~]/.test(character)
    ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
    : character;
}
