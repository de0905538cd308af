import { integerValue } from "./integer-value";
import { JavaDouble } from "./java-double";
import type { SourceReader } from "./source-reader";
import type { BinaryOperator, Expression, Reference, ReferenceStep, TemplateNode } from "./template-node";

const IDENTIFIER = /[a-zA-Z_][\w-]*/y;

/** Binary operators, loosest first; each level is left-associative. */
const PRECEDENCE: Record<string, BinaryOperator>[] = [
  { "||": "||", or: "||" },
  { "&&": "&&", and: "&&" },
  { "==": "==", eq: "==", "!=": "!=", ne: "!=" },
  { "<=": "<=", le: "<=", ">=": ">=", ge: ">=", "<": "<", lt: "<", ">": ">", gt: ">" },
  { "+": "+", "-": "-" },
  { "*": "*", "/": "/", "%": "%" },
];

const OPERATORS = PRECEDENCE.map((level) => {
  const symbols = Object.keys(level).map((symbol) =>
    /\w/.test(symbol) ? `${symbol}\\b` : symbol.replace(/./g, "\\$&"),
  );
  return new RegExp(symbols.join("|"), "y");
});

/** Parses references and expressions; both contain each other. */
export class ExpressionParser {
  /** `parseText` parses what stands between double quotes, itself a template. */
  constructor(
    private readonly reader: SourceReader,
    private readonly parseText: (source: string) => TemplateNode[],
  ) {}

  /** The reference that starts at the current `$`; undefined, without moving, if none does. */
  reference(): Reference | undefined {
    const { reader } = this;
    const start = reader.position;
    const opening = reader.match(/\$!?(\{?)(?=[a-zA-Z_])/y);
    if (!opening) {
      return undefined;
    }
    const variable = this.identifier();
    const steps = this.steps();
    if (opening[1]) {
      reader.expect("}");
    }
    return { variable, steps, source: reader.source.slice(start, reader.position) };
  }

  expression(level = 0): Expression {
    const operators = OPERATORS[level];
    const symbols = PRECEDENCE[level];
    if (!operators || !symbols) {
      return this.unary();
    }
    let left = this.expression(level + 1);
    for (;;) {
      this.reader.skipWhitespace();
      const operator = symbols[this.reader.match(operators)?.[0] ?? ""];
      if (!operator) {
        return left;
      }
      left = { type: "binary", operator, left, right: this.expression(level + 1) };
    }
  }

  private identifier(): string {
    const found = this.reader.match(IDENTIFIER);
    if (!found) {
      throw this.reader.unexpected("a name");
    }
    return found[0];
  }

  private steps(): ReferenceStep[] {
    const steps: ReferenceStep[] = [];
    for (let step = this.step(); step; step = this.step()) {
      steps.push(step);
    }
    return steps;
  }

  private step(): ReferenceStep | undefined {
    const { reader } = this;
    if (reader.accept("[")) {
      const index = this.expression();
      reader.skipWhitespace();
      reader.expect("]");
      return { type: "index", index };
    }
    if (!reader.match(/\.(?=[a-zA-Z_])/y)) {
      return undefined;
    }
    const name = this.identifier();
    // An unfinished call is a property and then text.
    const args = reader.startsWith("(") ? reader.attempt(() => this.args()) : undefined;
    return args ? { type: "method", name, args } : { type: "property", name };
  }

  private args(): Expression[] {
    this.reader.expect("(");
    return this.items(")", () => this.argument());
  }

  private argument(): Expression {
    const word = this.reader.match(/(?!(?:true|false|not)\b)[a-zA-Z]\w*/y);
    // Velocity takes a bare word, such as null, for an argument without a value.
    return word ? { type: "literal", value: null } : this.expression();
  }

  /** What `parse` finds, separated by commas, up to and including `end`. */
  private items<T>(end: string, parse: () => T): T[] {
    const { reader } = this;
    const items: T[] = [];
    reader.skipWhitespace();
    if (reader.accept(end)) {
      return items;
    }
    do {
      reader.skipWhitespace();
      items.push(parse());
      reader.skipWhitespace();
    } while (reader.accept(","));
    reader.expect(end);
    return items;
  }

  private unary(): Expression {
    const { reader } = this;
    reader.skipWhitespace();
    if (reader.match(/!|not\b/y)) {
      return { type: "not", operand: this.unary() };
    }
    if (reader.match(/-(?![\d.])/y)) {
      return { type: "negate", operand: this.unary() };
    }
    return this.primary();
  }

  private primary(): Expression {
    const { reader } = this;
    if (reader.startsWith("$")) {
      const reference = this.reference();
      if (!reference) {
        throw reader.unexpected("a reference");
      }
      return { type: "reference", reference };
    }
    if (reader.accept("(")) {
      const inner = this.expression();
      reader.skipWhitespace();
      reader.expect(")");
      return inner;
    }
    return this.collection() ?? this.constant();
  }

  private collection(): Expression | undefined {
    const { reader } = this;
    if (reader.accept("{")) {
      return { type: "map", entries: this.items("}", () => this.entry()) };
    }
    if (!reader.accept("[")) {
      return undefined;
    }
    return (
      reader.attempt(() => this.range()) ?? { type: "list", items: this.items("]", () => this.expression()) }
    );
  }

  private entry(): [Expression, Expression] {
    const key = this.expression();
    this.reader.skipWhitespace();
    this.reader.expect(":");
    return [key, this.expression()];
  }

  private range(): Expression {
    const { reader } = this;
    const from = this.expression();
    reader.skipWhitespace();
    reader.expect("..");
    const to = this.expression();
    reader.skipWhitespace();
    reader.expect("]");
    return { type: "range", from, to };
  }

  private constant(): Expression {
    const { reader } = this;
    const quoted = reader.match(/'((?:[^']|'')*)'/y);
    if (quoted) {
      return { type: "literal", value: (quoted[1] ?? "").replaceAll("''", "'") };
    }
    const interpolated = reader.match(/"((?:[^"]|"")*)"/y);
    if (interpolated) {
      return this.interpolation((interpolated[1] ?? "").replaceAll('""', '"'));
    }
    const decimal = reader.match(
      /-?(?:\d*\.\d+(?:[eE][+-]?\d+)?|\d+\.(?!\.)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)/y,
    );
    if (decimal) {
      return { type: "literal", value: new JavaDouble(Number(decimal[0])) };
    }
    const integer = reader.match(/-?\d+/y);
    if (integer) {
      return { type: "literal", value: integerValue(BigInt(integer[0])) };
    }
    const word = reader.match(/(?:true|false)\b/y);
    if (!word) {
      throw reader.unexpected("a value");
    }
    return { type: "literal", value: word[0] === "true" };
  }

  private interpolation(text: string): Expression {
    if (!/[$#]/.test(text)) {
      return { type: "literal", value: text };
    }
    return { type: "interpolation", nodes: this.parseText(text) };
  }
}
