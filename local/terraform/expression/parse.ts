import type { Expression, ForExpression, ForHeader, Step } from "./expression";
import { type InsertedParser, templateOf } from "./parse-template";
import { TokenReader } from "./token-reader";
import { tokenizeExpression, tokenizeTemplate } from "./tokenize";

const PRECEDENCE: Readonly<Record<string, number>> = {
  "?": 1,
  "||": 2,
  "&&": 3,
  "==": 4,
  "!=": 4,
  "<": 5,
  ">": 5,
  "<=": 5,
  ">=": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
  "%": 7,
};
const UNARY_PRECEDENCE = 8;

const KEYWORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Reads a bare expression, such as `var.names[0]`. */
export function parseExpression(text: string): Expression {
  return new Parser(tokenizeExpression(text)).whole();
}

/** Reads a JSON string as Terraform does: literal text with `${…}` and `%{ … }` in it. */
export function parseTemplate(text: string): Expression {
  return templateOf(tokenizeTemplate(text), INSERTED);
}

const INSERTED: InsertedParser = {
  expression: (tokens) => new Parser(tokens).whole(),
  forHeader: (tokens) => new Parser(tokens).wholeForHeader(),
};

/** A Pratt parser over the tokens of one expression. */
class Parser extends TokenReader {
  public whole(): Expression {
    const expression = this.expression(0);
    this.end();
    return expression;
  }

  public wholeForHeader(): ForHeader {
    const header = this.forHeader();
    this.end();
    return header;
  }

  private end(): void {
    if (this.peek() !== undefined) throw this.unexpected();
  }

  private expression(minimum: number): Expression {
    let left = this.unary();
    for (;;) {
      const operator = this.peekOperator();
      const precedence = PRECEDENCE[operator ?? ""];
      if (operator === undefined || precedence === undefined || precedence <= minimum) return left;
      this.take();
      left = operator === "?" ? this.conditional(left) : this.binary(operator, left, precedence);
    }
  }

  private binary(operator: string, left: Expression, precedence: number): Expression {
    return { kind: "binary", operator, left, right: this.expression(precedence) };
  }

  private conditional(condition: Expression): Expression {
    const yes = this.expression(0);
    this.expect(":");
    return { kind: "conditional", condition, yes, no: this.expression(0) };
  }

  private unary(): Expression {
    for (const operator of ["-", "!"]) {
      if (this.skip(operator)) return { kind: "unary", operator, operand: this.expression(UNARY_PRECEDENCE) };
    }
    return this.postfix();
  }

  private postfix(): Expression {
    const from = this.primary();
    const steps = this.steps();
    return steps.length === 0 ? from : { kind: "traversal", from, steps };
  }

  private steps(): Step[] {
    const steps: Step[] = [];
    for (;;) {
      if (this.skip(".")) {
        steps.push(this.skip("*") ? { kind: "splat", rest: this.attributes() } : this.attribute());
      } else if (this.skip("[")) {
        if (this.peekOperator() === "*") return [...steps, this.fullSplat()];
        steps.push({ kind: "index", key: this.bracket("]", () => this.expression(0)) });
      } else {
        return steps;
      }
    }
  }

  /** Unlike `.*`, `[*]` takes all steps behind it to each item. */
  private fullSplat(): Step {
    this.bracket("]", () => this.take());
    return { kind: "splat", rest: this.steps() };
  }

  private attributes(): Step[] {
    const attributes: Step[] = [];
    while (this.skip(".")) attributes.push(this.attribute());
    return attributes;
  }

  private attribute(): Step {
    const token = this.take();
    if (token?.kind === "identifier") return { kind: "attribute", name: token.text };
    if (token?.kind === "number" && /^\d+$/.test(token.text)) {
      return { kind: "index", key: { kind: "literal", value: Number(token.text) } };
    }
    throw this.unexpected(token);
  }

  /** In brackets, line breaks mean nothing. */
  private bracket<Read>(close: string, read: () => Read): Read {
    return this.heeding(false, () => {
      const inner = read();
      this.expect(close);
      return inner;
    });
  }

  private primary(): Expression {
    const token = this.take();
    switch (token?.kind) {
      case "number":
        return { kind: "literal", value: Number(token.text) };
      case "template":
        return templateOf(token.parts, INSERTED);
      case "identifier":
        return this.named(token.text);
      case "operator":
        return this.bracketed(token.text);
      default:
        throw this.unexpected(token);
    }
  }

  private named(word: string): Expression {
    let name = word;
    while (this.skip("::")) name += `::${this.identifier()}`;
    if (this.skip("(")) return this.call(name);
    if (name !== word) throw this.unexpected(undefined, "(");
    return KEYWORDS.has(name) ? { kind: "literal", value: KEYWORDS.get(name) } : { kind: "variable", name };
  }

  private call(name: string): Expression {
    let spread = false;
    const list = this.items(")", () => {
      spread = this.skip("...");
      return spread;
    });
    return { kind: "call", name, arguments: list, spread };
  }

  private bracketed(open: string): Expression {
    if (open === "(") return this.bracket(")", () => this.expression(0));
    if (open !== "[" && open !== "{") throw this.unexpected({ kind: "operator", text: open });
    const close = open === "[" ? "]" : "}";
    if (this.heeding(false, () => this.skipWord("for"))) {
      return this.bracket(close, () => this.forExpression(close));
    }
    if (open === "[") return { kind: "list", items: this.items("]") };
    return this.heeding(true, () => this.object());
  }

  /** Expressions up to `close`, with commas between them. */
  private items(close: string, isLast?: () => boolean): Expression[] {
    return this.bracket(close, () => {
      const items: Expression[] = [];
      while (this.peekOperator() !== close) {
        items.push(this.expression(0));
        if (isLast?.() === true || !this.skip(",")) break;
      }
      return items;
    });
  }

  /** A line break separates items as well as a comma does. */
  private object(): Expression {
    const items: [Expression, Expression][] = [];
    this.skipLineBreaks();
    while (!this.skip("}")) {
      const key = this.objectKey();
      if (!this.skip("=")) this.expect(":");
      items.push([key, this.expression(0)]);
      const isSeparated = this.skip(",");
      if (!this.skipLineBreaks() && !isSeparated && this.peekOperator() !== "}") {
        throw this.unexpected(undefined, "a comma or a line break");
      }
    }
    return { kind: "object", items };
  }

  /** A bare word is the key itself, not a reference. */
  private objectKey(): Expression {
    const token = this.peek();
    const following = this.peekOperator(1);
    if (token?.kind !== "identifier" || (following !== "=" && following !== ":")) return this.expression(0);
    this.take();
    return { kind: "literal", value: token.text };
  }

  private forHeader(): ForHeader {
    const names = [this.identifier()];
    if (this.skip(",")) names.push(this.identifier());
    if (!this.skipWord("in")) throw this.unexpected();
    return { names, collection: this.expression(0) };
  }

  private forExpression(close: "]" | "}"): ForExpression {
    const header = this.forHeader();
    this.expect(":");
    const first = this.expression(0);
    const isObject = close === "}";
    if (isObject) this.expect("=>");
    const value = isObject ? this.expression(0) : first;
    const grouped = isObject && this.skip("...");
    const condition = this.skipWord("if") ? this.expression(0) : undefined;
    return {
      kind: "for",
      ...header,
      value,
      grouped,
      ...(isObject && { key: first }),
      ...(condition && { condition }),
    };
  }
}
