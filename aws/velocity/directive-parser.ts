import type { ExpressionParser } from "./expression-parser";
import type { Token } from "./lexer";
import { type ParsedReference, textNode } from "./parsed-reference";
import type { Branch, Expression, TemplateNode } from "./template-node";
import type { TokenReader } from "./token-reader";

/** The directives before which backslashes are escapes. That these are all that AWS knows is inferred. */
export const KNOWN_DIRECTIVES = new Set([
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

/** One of the things between a directive's parentheses. */
interface DirectiveArgument {
  /** Its first token, without what is escaped. */
  readonly first: Token;
  readonly reference?: ParsedReference;
  /** A bare word has none. */
  readonly value: Expression;
}

/** Parses directives with the blocks that belong to them. */
export class DirectiveParser {
  /** `block` parses up to what ends a block. */
  constructor(
    private readonly reader: TokenReader,
    private readonly expressions: ExpressionParser,
    private readonly block: () => TemplateNode[],
  ) {}

  public set(): TemplateNode {
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

  public condition(): TemplateNode {
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

  /** A directive that is a word to the lexer. */
  public directive(): TemplateNode | TemplateNode[] {
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
      case "define":
        return this.define(args, position);
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

  private define(args: readonly DirectiveArgument[] | undefined, position: number): TemplateNode {
    const { lexer } = this.reader;
    const [argument, ...more] = args ?? [];
    if (!argument || more.length > 0) throw lexer.mistake(position, "#define with one name");
    const variable = argument.first.image.slice(1);
    return { type: "define", variable, body: this.body(), place: lexer.place(position) };
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
    if (KNOWN_DIRECTIVES.has(directive) && !isName) throw reader.unexpected("a value");
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

  private body(): TemplateNode[] {
    const body = this.block();
    this.reader.expect("END", "#end");
    return body;
  }
}
