// Velocity 1.7's own lexer and grammar, and no library: the output must be AWS's to the byte, and so must be what fails. velocityjs
// 2.1.7 loses the backslash of `\#unknown`, the `\r\n` that goes with a directive and all that follows a stray `#end`; it takes
// malformed calls and a lone `$` at the end, on which AWS fails, and refuses `""` and `''` inside strings, `.5` and `1.5e3`.
import { DirectiveParser, KNOWN_DIRECTIVES } from "./directive-parser";
import { ExpressionParser } from "./expression-parser";
import type { TokenKind } from "./lexer-rules";
import { MappingTemplateError } from "./mapping-template-error";
import { textNode } from "./parsed-reference";
import type { Place, TemplateNode } from "./template-node";
import { TokenReader } from "./token-reader";

/** What ends the statements of a block. */
const BLOCK_ENDS: ReadonlySet<TokenKind> = new Set(["END", "ELSE_DIRECTIVE", "ELSEIF_DIRECTIVE", "EOF"]);

/** What is text wherever it is no part of anything else. */
const TEXTS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  "TEXT",
  "DOT",
  "RPAREN",
  "LPAREN",
  "INTEGER_LITERAL",
  "FLOATING_POINT_LITERAL",
  "STRING_LITERAL",
  "ESCAPE",
  "LCURLY",
  "RCURLY",
  "EMPTY_INDEX",
]);

/**
 * Parses a mapping template as Velocity 1.7 does. `#macro`, `#evaluate` and unknown directives are text, as on AWS.
 *
 * @see https://github.com/apache/velocity-engine/blob/1.7/src/parser/Parser.jjt
 * @throws MappingTemplateError what is wrong, with line and column
 */
export function parseTemplate(source: string): TemplateNode[] {
  try {
    return parseAt(source, { line: 1, column: 1 });
  } catch (error) {
    // Java's stack ends in the same way, at another depth.
    if (error instanceof RangeError) {
      throw new MappingTemplateError("line 1, column 1: expected less nesting", { cause: error });
    }
    throw error;
  }
}

function parseAt(source: string, origin: Place): TemplateNode[] {
  return new TemplateParser(new TokenReader(source, origin)).template();
}

class TemplateParser {
  private readonly expressions: ExpressionParser;
  private readonly directives: DirectiveParser;

  constructor(private readonly reader: TokenReader) {
    this.expressions = new ExpressionParser(reader, parseAt);
    this.directives = new DirectiveParser(reader, this.expressions, () => this.block());
  }

  public template(): TemplateNode[] {
    const nodes = this.block();
    this.reader.expect("EOF", "no #end, #else or #elseif outside a block");
    return nodes;
  }

  private block(): TemplateNode[] {
    const nodes: TemplateNode[] = [];
    while (!BLOCK_ENDS.has(this.reader.kind())) append(nodes, this.statement());
    return nodes;
  }

  private statement(): TemplateNode | TemplateNode[] {
    const { reader } = this;
    const kind = reader.kind();
    switch (kind) {
      case "IF_DIRECTIVE":
        return this.directives.condition();
      case "SET_DIRECTIVE":
        return this.directives.set();
      case "WORD":
      case "BRACKETED_WORD":
        return this.directives.directive();
      case "ESCAPE_DIRECTIVE":
        return this.escapedDirective();
      case "DOUBLE_ESCAPE":
        return this.escapes();
      case "SINGLE_LINE_COMMENT_START":
      case "MULTI_LINE_COMMENT":
      case "FORMAL_COMMENT":
        return this.comment();
      case "TEXTBLOCK":
        return textNode(reader.take().image.slice("#[[".length, -"]]#".length));
    }
    if (kind === "IDENTIFIER" || (kind === "LCURLY" && reader.kind(1) === "IDENTIFIER")) {
      return this.expressions.reference().printed;
    }
    if (!TEXTS.has(kind)) throw reader.unexpected("text, a reference or a directive");
    const { before, image } = reader.take();
    return textNode(before + image);
  }

  private comment(): TemplateNode {
    const { image } = this.reader.take();
    this.reader.accept("SINGLE_LINE_COMMENT");
    return textNode(/^([^]*?)(?:##|#\*)/.exec(image)?.[1] ?? "");
  }

  /** Pairs of backslashes: each is one before a directive. */
  private escapes(): TemplateNode {
    let count = 0;
    while (this.reader.accept("DOUBLE_ESCAPE")) count += 1;
    const { kind, image } = this.reader.peek();
    const isDirective =
      kind === "IF_DIRECTIVE" ||
      (BLOCK_ENDS.has(kind) && kind !== "EOF") ||
      KNOWN_DIRECTIVES.has(image.slice(1));
    return textNode((isDirective ? "\\" : "\\\\").repeat(count));
  }

  /** A directive behind an odd number of backslashes is text, and what follows its name is the template's again. */
  private escapedDirective(): TemplateNode {
    const token = this.reader.take();
    const last = token.image.lastIndexOf("\\");
    const directive = token.image.slice(last + 1);
    const isKnown = KNOWN_DIRECTIVES.has(directive.replace(/^#\{?|\}$/g, ""));
    if (isKnown) token.image = "\\".repeat(last >> 1) + directive;
    return textNode(token.image);
  }
}

/** Adds what was parsed, with adjoining texts made one. */
function append(nodes: TemplateNode[], next: TemplateNode | TemplateNode[]): void {
  for (const node of [next].flat()) {
    const last = nodes.at(-1);
    if (node.type === "text" && last?.type === "text") {
      last.text += node.text;
    } else if (node.type !== "text" || node.text !== "") {
      nodes.push(node);
    }
  }
}
