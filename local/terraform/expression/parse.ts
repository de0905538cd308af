import type { Expression, ForExpression, Step } from "./expression";
import { TokenReader } from "./token-reader";
import { type TemplatePart, tokenizeExpression, tokenizeTemplate } from "./tokenize";

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

/** Reads a JSON string as Terraform does: literal text with `${…}` in it. */
export function parseTemplate(text: string): Expression {
  return templateOf(tokenizeTemplate(text));
}

/** A template of one interpolation alone keeps the type of its value. */
function templateOf(parts: readonly TemplatePart[]): Expression {
  const expressions = parts.map((part): Expression =>
    typeof part === "string" ? { kind: "literal", value: part } : new Parser(part).whole(),
  );
  const [first, ...others] = expressions;
  if (first === undefined) return { kind: "literal", value: "" };
  return others.length === 0 ? first : { kind: "template", parts: expressions };
}

/** A Pratt parser over the tokens of one expression. */
class Parser extends TokenReader {
  public whole(): Expression {
    const expression = this.expression(0);
    if (this.peek() !== undefined) throw this.unexpected();
    return expression;
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
      const isIndex = this.skip("[");
      if (!isIndex && !this.skip(".")) return steps;
      const isSplat = this.skip("*");
      if (!isSplat) steps.push(isIndex ? { kind: "index", key: this.expression(0) } : this.attribute());
      if (isIndex) this.expect("]");
      if (isSplat) return [...steps, { kind: "splat", rest: this.steps() }];
    }
  }

  private attribute(): Step {
    const token = this.take();
    if (token?.kind === "identifier") return { kind: "attribute", name: token.text };
    if (token?.kind === "number") {
      return { kind: "index", key: { kind: "literal", value: Number(token.text) } };
    }
    throw this.unexpected(token);
  }

  private primary(): Expression {
    const token = this.take();
    switch (token?.kind) {
      case "number":
        return { kind: "literal", value: Number(token.text) };
      case "template":
        return templateOf(token.parts);
      case "identifier":
        return this.named(token.text);
      case "operator":
        return this.bracketed(token.text);
      default:
        throw this.unexpected(token);
    }
  }

  private named(name: string): Expression {
    if (this.skip("(")) return this.call(name);
    return KEYWORDS.has(name) ? { kind: "literal", value: KEYWORDS.get(name) } : { kind: "variable", name };
  }

  private call(name: string): Expression {
    let spread = false;
    const list = this.items(")", () => {
      spread = this.skip("...");
    });
    return { kind: "call", name, arguments: list, spread };
  }

  private bracketed(open: string): Expression {
    if (open === "(") {
      const inner = this.expression(0);
      this.expect(")");
      return inner;
    }
    if (open === "[") {
      return this.skipWord("for") ? this.forExpression("]") : { kind: "list", items: this.items("]") };
    }
    if (open === "{") return this.skipWord("for") ? this.forExpression("}") : this.object();
    throw this.unexpected({ kind: "operator", text: open });
  }

  /** Expressions up to `close`, with commas between them. */
  private items(close: string, after?: () => void): Expression[] {
    const items: Expression[] = [];
    while (!this.skip(close)) {
      items.push(this.expression(0));
      after?.();
      if (this.skip(",")) continue;
      this.expect(close);
      break;
    }
    return items;
  }

  private object(): Expression {
    const items: [Expression, Expression][] = [];
    while (!this.skip("}")) {
      const key = this.objectKey();
      if (!this.skip("=")) this.expect(":");
      items.push([key, this.expression(0)]);
      // A line break separates items as well as a comma does, and line breaks are not tokens.
      this.skip(",");
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

  private forExpression(close: "]" | "}"): ForExpression {
    const names = [this.identifier()];
    if (this.skip(",")) names.push(this.identifier());
    if (!this.skipWord("in")) throw this.unexpected();
    const collection = this.expression(0);
    this.expect(":");
    const first = this.expression(0);
    const isObject = close === "}";
    if (isObject) this.expect("=>");
    const value = isObject ? this.expression(0) : first;
    const grouped = isObject && this.skip("...");
    const condition = this.skipWord("if") ? this.expression(0) : undefined;
    this.expect(close);
    return {
      kind: "for",
      names,
      collection,
      value,
      grouped,
      ...(isObject && { key: first }),
      ...(condition && { condition }),
    };
  }
}
