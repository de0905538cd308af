// Velocity 1.7's own lexer and grammar, and no library: the output must be AWS's to the byte, and so must be what fails. velocityjs
// 2.1.7 loses the backslash of `\#unknown`, the `\r\n` that goes with a directive and all that follows a stray `#end`; it takes
// malformed calls and a lone `$` at the end, on which AWS fails, and refuses `""` and `''` inside strings, `.5` and `1.5e3`.
import { ExpressionParser } from "./expression-parser";
import type { Token, TokenKind } from "./lexer";
import { MappingTemplateError } from "./mapping-template-error";
import { type ParsedReference, textNode } from "./parsed-reference";
import type { Branch, Expression, Place, TemplateNode } from "./template-node";
import { TokenReader } from "./token-reader";

/** The directives before which backslashes are escapes. That these are all that AWS knows is inferred. */
const ESCAPABLE = new Set([
  "if",
  "elseif",
  "else",
  "end",
  "set",
  "stop",
  "foreach",
  "define",
  "break",
  "macro",
]);

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

/** One of the things between a directive's parentheses. */
interface DirectiveArgument {
  /** Its first token, without what is escaped. */
  readonly first: Token;
  readonly reference?: ParsedReference;
  /** A bare word has none. */
  readonly value: Expression;
}

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

  constructor(private readonly reader: TokenReader) {
    this.expressions = new ExpressionParser(reader, parseAt);
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
        return this.condition();
      case "SET_DIRECTIVE":
        return this.set();
      case "WORD":
      case "BRACKETED_WORD":
        return this.directive();
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
      kind === "IF_DIRECTIVE" || (BLOCK_ENDS.has(kind) && kind !== "EOF") || ESCAPABLE.has(image.slice(1));
    return textNode((isDirective ? "\\" : "\\\\").repeat(count));
  }

  /** A directive behind an odd number of backslashes is text, and what follows its name is the template's again. */
  private escapedDirective(): TemplateNode {
    const token = this.reader.take();
    const last = token.image.lastIndexOf("\\");
    const directive = token.image.slice(last + 1);
    const isKnown = ESCAPABLE.has(directive.replace(/^#\{?|\}$/g, ""));
    if (isKnown) token.image = "\\".repeat(last >> 1) + directive;
    return textNode(token.image);
  }

  private directive(): TemplateNode | TemplateNode[] {
    const { reader } = this;
    const start = reader.taken.length;
    const { kind, image, start: position } = reader.take();
    const name = kind === "WORD" ? image.slice(1) : image.slice(2, -1);
    reader.lexer.state = "DIRECTIVE";
    const args = reader.lexer.atArguments ? this.directiveArguments(name) : undefined;
    if (!args) reader.lexer.pop();
    const mistake = (wanted: string) => reader.lexer.mistake(position, wanted);
    switch (name) {
      case "foreach":
        return this.foreach(args, position);
      case "define": {
        const [{ first } = { first: undefined }, ...more] = args ?? [];
        if (!first || more.length > 0) throw mistake("#define with one name");
        return {
          type: "define",
          variable: first.image.slice(1),
          body: this.body(),
          place: reader.lexer.place(position),
        };
      }
      case "macro":
        if (args?.[0]?.first.kind !== "WORD") throw mistake("#macro with a name");
        // AWS takes a macro's definition and never defines it.
        this.body();
        return [];
      case "break":
      case "stop":
        if (args && args.length > 1) throw mistake(`#${name} with one argument at most`);
        return name === "stop" ? { type: "stop" } : { type: "break", loop: args?.[0]?.value };
    }
    // AWS does not know any other: it is printed as it stands, arguments and body included.
    if (args && name.startsWith("@")) this.body();
    return textNode(
      reader.taken
        .slice(start)
        .map((token) => token.image)
        .join(""),
    );
  }

  private directiveArguments(directive: string): DirectiveArgument[] {
    const { reader } = this;
    const args: DirectiveArgument[] = [];
    reader.skipWhitespace();
    reader.expect("LPAREN", '"("');
    for (;;) {
      reader.skipWhitespace();
      const comma = reader.accept("COMMA");
      reader.skipWhitespace();
      if (!comma && reader.accept("RPAREN")) return args;
      args.push(this.directiveArgument(directive, args.length));
    }
  }

  private directiveArgument(directive: string, position: number): DirectiveArgument {
    const { reader } = this;
    const first = reader.peek();
    if (first.kind === "IDENTIFIER" || first.kind === "LCURLY") {
      const reference = this.expressions.reference();
      return { first, reference, value: reference.value };
    }
    if (first.kind !== "WORD") return { first, value: this.expressions.value() };
    const isName = directive === "macro" ? position === 0 : directive === "foreach" && position === 1;
    if (ESCAPABLE.has(directive) && !isName) throw reader.unexpected("a value");
    reader.take();
    return { first, value: { type: "literal", value: null } };
  }

  /** `#foreach($variable in $list)`. Velocity looks at neither the second argument nor whether there are more than three. */
  private foreach(args: readonly DirectiveArgument[] | undefined, position: number): TemplateNode {
    const { lexer } = this.reader;
    const [variable, , list, ...more] = args ?? [];
    if (!variable || !args || args.length < 2) {
      throw lexer.mistake(position, "#foreach with a variable, in and a list");
    }
    const body = this.body();
    return {
      type: "foreach",
      variable: variable.reference?.reference.variable ?? variable.first.image.slice(1),
      list: list?.value ?? { type: "literal", value: null },
      // A fourth argument stands where Velocity expects the body.
      body: more[0] ? (more[0].reference?.printed ?? []) : body,
      place: lexer.place(position),
    };
  }

  private set(): TemplateNode {
    const { reader } = this;
    reader.take();
    reader.skipWhitespace();
    const kind = reader.kind();
    if (kind !== "IDENTIFIER" && kind !== "LCURLY") throw reader.unexpected("a reference to set");
    const target = this.expressions.reference().reference;
    reader.skipWhitespace();
    reader.expect("EQUALS", '"="');
    const value = this.expressions.expression();
    reader.expect("RPAREN", '")"');
    reader.lexer.inSet = false;
    return { type: "set", target, value };
  }

  private condition(): TemplateNode {
    const { reader } = this;
    const branches: Branch[] = [];
    do {
      reader.take();
      reader.skipWhitespace();
      reader.expect("LPAREN", '"("');
      const condition = this.expressions.expression();
      reader.expect("RPAREN", '")"');
      branches.push({ condition, body: this.block() });
    } while (reader.kind() === "ELSEIF_DIRECTIVE");
    const otherwise = reader.accept("ELSE_DIRECTIVE") ? this.block() : [];
    reader.expect("END", "#end");
    return { type: "if", branches, otherwise };
  }

  private body(): TemplateNode[] {
    const body = this.block();
    this.reader.expect("END", "#end");
    return body;
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
