import type { Expression, ForHeader } from "./expression";
import { ExpressionError } from "./expression-error";
import type { TemplatePart } from "./template-parts";
import type { Token } from "./tokenize";

/** How a template reads what is inserted in it. */
export interface InsertedParser {
  readonly expression: (tokens: readonly Token[]) => Expression;
  /** `name in collection` or `key, value in collection`. */
  readonly forHeader: (tokens: readonly Token[]) => ForHeader;
}

/** A template of one interpolation alone keeps the type of its value. */
export function templateOf(parts: readonly TemplatePart[], parser: InsertedParser): Expression {
  const [only = "", ...others] = parts;
  if (others.length > 0) return new TemplateParser(parts, parser).whole();
  if (typeof only === "string") return { kind: "literal", value: only };
  return only.directive === undefined
    ? parser.expression(only.tokens)
    : new TemplateParser(parts, parser).whole();
}

/** Puts `%{ if }` … `%{ endif }` and `%{ for }` … `%{ endfor }` together. */
class TemplateParser {
  private at = 0;

  constructor(
    private readonly parts: readonly TemplatePart[],
    private readonly parser: InsertedParser,
  ) {}

  public whole(): Expression {
    const whole = this.upTo();
    const left = this.directive();
    if (left !== undefined) throw new ExpressionError(`unexpected %{ ${left} }`);
    return whole;
  }

  /** Reads to the end, or to a directive that begins none. */
  private upTo(): Expression {
    const parts: Expression[] = [];
    for (;;) {
      const part = this.parts[this.at];
      const directive = this.directive();
      if (part === undefined || (directive !== undefined && !BEGINNINGS.has(directive))) {
        return { kind: "template", parts };
      }
      this.at += 1;
      if (typeof part === "string") parts.push({ kind: "literal", value: part });
      else if (directive === undefined) parts.push(this.parser.expression(part.tokens));
      else parts.push(directive === "if" ? this.conditional(part.tokens) : this.repeated(part.tokens));
    }
  }

  private conditional(tokens: readonly Token[]): Expression {
    const condition = this.parser.expression(tokens);
    const yes = this.upTo();
    const hasElse = this.skip("else");
    const no: Expression = hasElse ? this.upTo() : { kind: "literal", value: "" };
    this.close("if", "endif");
    return { kind: "conditional", condition, yes, no };
  }

  private repeated(tokens: readonly Token[]): Expression {
    const header = this.parser.forHeader(tokens);
    const value = this.upTo();
    this.close("for", "endfor");
    return { kind: "joined", list: { kind: "for", ...header, value, grouped: false } };
  }

  private directive(): string | undefined {
    const part = this.parts[this.at];
    const word = typeof part === "object" ? part.directive : undefined;
    if (word === undefined || DIRECTIVES.has(word)) return word;
    throw new ExpressionError(`%{ ${word} … } is no directive; if, else, endif, for and endfor are`);
  }

  private close(opened: string, directive: string): void {
    if (!this.skip(directive)) throw new ExpressionError(`%{ ${opened} … } has no %{ ${directive} }`);
  }

  private skip(directive: string): boolean {
    if (this.directive() !== directive) return false;
    const part = this.parts[this.at];
    if (typeof part === "object" && part.tokens.some(({ kind }) => kind !== "line break")) {
      throw new ExpressionError(`%{ ${directive} } takes nothing`);
    }
    this.at += 1;
    return true;
  }
}

const BEGINNINGS: ReadonlySet<string> = new Set(["if", "for"]);
const DIRECTIVES: ReadonlySet<string> = new Set([...BEGINNINGS, "else", "endif", "endfor"]);
