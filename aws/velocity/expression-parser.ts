import { integerValue, JavaDouble } from "./java-number";
import type { Token } from "./lexer";
import type { TokenKind } from "./lexer-rules";
import { type ParsedReference, parsedReference } from "./parsed-reference";
import type { BinaryOperator, Expression, Place, ReferenceStep, TemplateNode } from "./template-node";
import type { TokenReader } from "./token-reader";

/** Binary operators, loosest first; each level is left-associative. */
const PRECEDENCE: readonly Readonly<Record<string, BinaryOperator>>[] = [
  { "||": "||", or: "||" },
  { "&&": "&&", and: "&&" },
  { "==": "==", eq: "==", "!=": "!=", ne: "!=" },
  { "<=": "<=", le: "<=", ">=": ">=", ge: ">=", "<": "<", lt: "<", ">": ">", gt: ">" },
  { "+": "+", "-": "-" },
  { "*": "*", "/": "/", "%": "%" },
];

/** What may stand behind `(` for it to begin a call. */
const CALLED: ReadonlySet<TokenKind> = new Set<TokenKind>([
  "REFMOD2_RPAREN",
  "WHITESPACE",
  "STRING_LITERAL",
  "INTEGER_LITERAL",
  "FLOATING_POINT_LITERAL",
  "LBRACKET",
  "LEFT_CURLEY",
  "TRUE",
  "FALSE",
  "IDENTIFIER",
  "LCURLY",
]);

/** Parses references and expressions; both contain each other. */
export class ExpressionParser {
  /** `parseText` parses what stands between double quotes, itself a template. */
  constructor(
    private readonly reader: TokenReader,
    private readonly parseText: (source: string, origin: Place) => TemplateNode[],
  ) {}

  public reference(): ParsedReference {
    const { reader } = this;
    const start = reader.taken.length;
    const first = reader.take();
    const isFormal = first.kind === "LCURLY";
    const name = isFormal ? reader.expect("IDENTIFIER", "a name") : first;
    const steps = this.steps();
    if (isFormal) reader.expect("RCURLY", '"}"');
    return parsedReference(first, name, steps, () =>
      reader.taken
        .slice(start)
        .map(({ before, image }) => before + image)
        .join(""),
    );
  }

  public expression(level = 0): Expression {
    const symbols = PRECEDENCE[level];
    if (!symbols) return this.unary();
    let left = this.expression(level + 1);
    for (;;) {
      const { kind, image } = this.reader.peek();
      const operator = kind === "OPERATOR" ? symbols[image] : undefined;
      if (!operator) return left;
      this.reader.take();
      left = { type: "binary", operator, left, right: this.expression(level + 1) };
    }
  }

  /** What may stand where no operators may: among arguments, in lists, maps and directives' parentheses. */
  public value(): Expression {
    const { reader } = this;
    const decimal = reader.accept("FLOATING_POINT_LITERAL");
    if (decimal) return { type: "literal", value: new JavaDouble(Number(this.digits(decimal))) };
    if (reader.accept("LBRACKET")) return this.listOrRange();
    if (reader.accept("LEFT_CURLEY")) return this.map();
    return this.simpleValue();
  }

  private steps(): ReferenceStep[] {
    const { reader } = this;
    const steps: ReferenceStep[] = [];
    for (;;) {
      if (reader.accept("INDEX_LBRACKET")) {
        reader.skipWhitespace();
        const index = this.simpleValue();
        reader.skipWhitespace();
        reader.expect("INDEX_RBRACKET", '"]"');
        steps.push({ type: "index", index });
      } else if (reader.kind() === "DOT" && reader.kind(1) === "IDENTIFIER") {
        reader.take();
        steps.push(this.member(reader.take().image));
      } else {
        return steps;
      }
    }
  }

  /** A parenthesis behind which no argument may stand is text. */
  private member(name: string): ReferenceStep {
    const { reader } = this;
    if (reader.kind() !== "LPAREN" || !CALLED.has(reader.kind(1))) return { type: "property", name };
    reader.take();
    if (reader.accept("REFMOD2_RPAREN")) return { type: "method", name, args: [] };
    const args = [this.argument()];
    while (reader.accept("COMMA")) args.push(this.argument());
    reader.expect("REFMOD2_RPAREN", '"," or ")"');
    return { type: "method", name, args };
  }

  private argument(): Expression {
    this.reader.skipWhitespace();
    const value = this.value();
    this.reader.skipWhitespace();
    return value;
  }

  private simpleValue(): Expression {
    const { reader } = this;
    switch (reader.kind()) {
      case "STRING_LITERAL":
        return this.text(reader.take());
      case "INTEGER_LITERAL":
        return { type: "literal", value: integerValue(BigInt(this.digits(reader.take()))) };
      case "TRUE":
      case "FALSE":
        return { type: "literal", value: reader.take().kind === "TRUE" };
      case "IDENTIFIER":
      case "LCURLY":
        return this.reference().value;
      default:
        throw reader.unexpected("a value");
    }
  }

  /** A number behind a `#` is one in text only. */
  private digits({ image, start }: Token): string {
    if (/^[-.\d]/.test(image)) return image;
    throw this.reader.lexer.mistake(start, "a number");
  }

  private unary(): Expression {
    const { reader } = this;
    reader.skipWhitespace();
    if (reader.accept("LOGICAL_NOT")) return { type: "not", operand: this.unary() };
    const isInParentheses = reader.accept("LPAREN");
    const operand = isInParentheses ? this.expression() : this.value();
    if (isInParentheses) reader.expect("RPAREN", '")"');
    reader.skipWhitespace();
    return operand;
  }

  private listOrRange(): Expression {
    const { reader } = this;
    if (reader.accept("RBRACKET")) return { type: "list", items: [] };
    reader.skipWhitespace();
    const mayBeRange = isRangeEnd(reader.kind());
    const first = this.value();
    reader.skipWhitespace();
    if (mayBeRange && reader.accept("DOUBLEDOT")) return this.rangeFrom(first);
    const items = [first];
    while (reader.accept("COMMA")) items.push(this.argument());
    reader.expect("RBRACKET", '"," or "]"');
    return { type: "list", items };
  }

  private rangeFrom(from: Expression): Expression {
    const { reader } = this;
    reader.skipWhitespace();
    if (!isRangeEnd(reader.kind())) throw reader.unexpected("an integer or a reference");
    const to = this.value();
    reader.skipWhitespace();
    reader.expect("RBRACKET", '"]"');
    return { type: "range", from, to };
  }

  private map(): Expression {
    const { reader } = this;
    const entries: [Expression, Expression][] = [];
    reader.skipWhitespace();
    if (!this.acceptCurly()) {
      do {
        const key = this.argument();
        reader.expect("COLON", '":"');
        entries.push([key, this.argument()]);
      } while (reader.accept("COMMA"));
      if (!this.acceptCurly()) throw reader.unexpected('"," or "}"');
    }
    return { type: "map", entries };
  }

  /** Behind a reference, a map's end looks like a reference's. */
  private acceptCurly(): Token | undefined {
    return this.reader.accept("RIGHT_CURLEY") ?? this.reader.accept("RCURLY");
  }

  private text({ image, start }: Token): Expression {
    const quote = image.charAt(0);
    const inner = image.slice(1, -1);
    if (quote === "'") return { type: "literal", value: inner.replaceAll("''", "'") };
    const text = inner
      .replace(/\\u([^]{0,4})/g, (_, digits: string) => this.unit(digits, start))
      .replaceAll('""', '"');
    if (!/[$#]/.test(inner)) return { type: "literal", value: text };
    const { line, column } = this.reader.lexer.place(start);
    const origin = { line, column: column + 1 };
    // Velocity reads a string with a space behind it, which it takes off the result.
    if (text.includes("##")) {
      return { type: "interpolation", nodes: this.parseText(text, origin), isTooLong: false };
    }
    const nodes = this.parseText(`${text} `, origin);
    const last = nodes.at(-1);
    const isTooLong = last?.type !== "text" || !last.text.endsWith(" ");
    if (!isTooLong) last.text = last.text.slice(0, -1);
    return { type: "interpolation", nodes, isTooLong };
  }

  private unit(digits: string, start: number): string {
    if (!/^[\da-f]{4}$/i.test(digits)) {
      throw this.reader.lexer.mistake(start, "four hexadecimal digits behind \\u");
    }
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
}

function isRangeEnd(kind: TokenKind): boolean {
  return kind === "INTEGER_LITERAL" || kind === "IDENTIFIER" || kind === "LCURLY";
}
