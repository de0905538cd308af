// A parser of our own, and not velocityjs's, because the output must be AWS's to the byte and the syntax tree of velocityjs 2.1.7
// no longer holds what decides it: the backslash of `\#unknown`, the `\r\n` that goes with a directive, the `#stop` of
// `#stop world`, and all that follows a stray `#end`. It takes a lone `$` or `#` at the end, on which AWS fails, and refuses what AWS
// takes: `""` and `''` inside strings, `.5`, `1.5e3`. Mending that needs a scanner of the whole language in front of it:
// this file, without the library.
import { ExpressionParser } from "./expression-parser";
import { SourceReader } from "./source-reader";
import type { Branch, TemplateNode } from "./template-node";

/** Spaces and the line's end after a directive, which Velocity takes for a part of the directive. */
const REST_OF_LINE = /[ \t]*(?:\r\n|\n|\r)/y;

const DIRECTIVE = /#(?:(@?[a-zA-Z_]\w*)|\{(@?[a-zA-Z_]\w*)\})/y;

/** The directives before which backslashes are escapes. */
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

/** What can close or continue a block. */
type BlockEnd = "else" | "elseif" | "end" | "eof";

/**
 * Parses a mapping template as Velocity 1.7 does. `#macro`, `#evaluate` and unknown directives are text, as on AWS.
 *
 * @throws MappingTemplateError what is wrong, with line and column
 */
export function parseTemplate(source: string): TemplateNode[] {
  return new TemplateParser(source, false).template();
}

/** What stands in double quotes is a template too, except that it may end in `$` or `#`. */
function parseQuoted(source: string): TemplateNode[] {
  return new TemplateParser(source, true).template();
}

class TemplateParser {
  private readonly reader: SourceReader;
  private readonly expressions: ExpressionParser;

  constructor(
    source: string,
    private readonly quoted: boolean,
  ) {
    this.reader = new SourceReader(source);
    this.expressions = new ExpressionParser(this.reader, parseQuoted);
  }

  template(): TemplateNode[] {
    const [nodes, end] = this.block();
    if (end !== "eof") {
      throw this.reader.unexpected(`no #${end} outside a block before here`);
    }
    return nodes;
  }

  /** The nodes up to `#end`, `#else`, `#elseif` or the template's end, whichever of them it was, and moves past it. */
  private block(): [TemplateNode[], BlockEnd] {
    const nodes: TemplateNode[] = [];
    for (;;) {
      if (this.reader.atEnd) {
        return [nodes, "eof"];
      }
      const next = this.next();
      if (typeof next === "string") {
        return [nodes, next];
      }
      append(nodes, next);
    }
  }

  /** The next node, or nodes, or the end of the block. */
  private next(): TemplateNode | TemplateNode[] | BlockEnd {
    const { reader } = this;
    // Spaces before #set belong to it, unless they follow other text.
    if (reader.match(/[ \t]*#(?:set|\{set\})[ \t]*\(/y)) {
      return this.set();
    }
    const text = reader.match(/[^$#\\]+/y);
    if (text) {
      return { type: "text", text: text[0] };
    }
    return reader.startsWith("#") ? this.hash() : this.escapeOrReference();
  }

  private escapeOrReference(): TemplateNode | TemplateNode[] {
    const { reader } = this;
    const backslashes = reader.match(/\\*/y)?.[0].length ?? 0;
    if (reader.startsWith("$")) {
      return this.dollar(backslashes);
    }
    return reader.startsWith("#") ? this.escapedHash(backslashes) : textNode("\\".repeat(backslashes));
  }

  private dollar(backslashes: number): TemplateNode | TemplateNode[] {
    const reference = this.expressions.reference();
    if (!reference) {
      return this.loneDollar(backslashes);
    }
    const prefix = textNode("\\".repeat(backslashes >> 1));
    if (backslashes % 2 === 1) {
      return [prefix, textNode(reference.source)];
    }
    // Velocity sees no comment right behind `$reference.property`.
    const isProperty = reference.steps.at(-1)?.type === "property" && !reference.source.endsWith("}");
    const noComment = isProperty && this.reader.accept("##") ? "##" : "";
    return [prefix, { type: "print", reference }, textNode(noComment)];
  }

  /** A `$` before no name is text, and swallows a `!`. */
  private loneDollar(backslashes: number): TemplateNode {
    this.reader.match(/\$!?/y);
    this.refuseEnd("$");
    return textNode(`${"\\".repeat(backslashes)}$`);
  }

  /** Velocity fails on a template whose last character promises more. */
  private refuseEnd(last: string): void {
    if (this.reader.atEnd && !this.quoted) {
      throw this.reader.unexpected(`more after the last ${last}`);
    }
  }

  /** Backslashes before `#`: pairs escape each other, a single one the directive. */
  private escapedHash(backslashes: number): TemplateNode {
    const { reader } = this;
    const start = reader.position;
    const found = reader.match(DIRECTIVE);
    const name = found?.[1] ?? found?.[2] ?? "";
    const known = ESCAPABLE.has(name);
    if (backslashes % 2 === 1) {
      // The directive is text, and what follows its name is the template's again.
      const kept = known ? (backslashes - 1) >> 1 : backslashes;
      return textNode("\\".repeat(kept) + (found?.[0] ?? ""));
    }
    reader.position = start;
    return textNode("\\".repeat(known && name !== "set" ? backslashes >> 1 : backslashes));
  }

  private hash(): TemplateNode | TemplateNode[] | BlockEnd {
    const { reader } = this;
    const verbatim = reader.match(/#\[\[([^]*?)\]\]#/y);
    if (verbatim) {
      return textNode(verbatim[1] ?? "");
    }
    if (reader.match(/##[^\r\n]*(?:\r\n|\n|\r)?/y) ?? reader.match(/#\*[^]*?\*#/y)) {
      return [];
    }
    const start = reader.position;
    const found = reader.match(DIRECTIVE);
    if (!found) {
      reader.expect("#");
      this.refuseEnd("#");
      return textNode("#");
    }
    return this.directive(found[1] ?? found[2] ?? "") ?? this.unknownDirective(start);
  }

  /** The directive of that name; undefined if there is none. */
  private directive(name: string): TemplateNode | TemplateNode[] | BlockEnd | undefined {
    switch (name) {
      case "if":
        return this.condition();
      case "foreach":
        return this.foreach();
      case "define":
        return this.define();
      case "macro":
        return this.macro();
      case "else":
      case "end":
        this.reader.match(REST_OF_LINE);
        return name;
      case "elseif":
        return name;
      case "stop":
      case "break":
        this.reader.match(/[ \t]*\([ \t]*\)/y);
        return { type: name };
      default:
        return undefined;
    }
  }

  /** A directive that AWS does not know is printed as it stands, its arguments included. */
  private unknownDirective(start: number): TemplateNode {
    const { reader } = this;
    reader.match(/[ \t]*\((?:[^()"']|"[^"]*"|'[^']*')*\)/y);
    if (reader.source[start + 1] === "@") {
      this.body();
    }
    return textNode(reader.source.slice(start, reader.position));
  }

  private set(): TemplateNode {
    const { reader } = this;
    reader.skipWhitespace();
    const target = this.expressions.reference();
    if (!target) {
      throw reader.unexpected("a reference to set");
    }
    reader.skipWhitespace();
    reader.expect("=");
    const value = this.expressions.expression();
    this.closeParenthesis();
    return { type: "set", target, value };
  }

  private closeParenthesis(): void {
    this.reader.skipWhitespace();
    this.reader.expect(")");
    this.reader.match(REST_OF_LINE);
  }

  private openParenthesis(): void {
    this.reader.match(/[ \t]*/y);
    this.reader.expect("(");
    this.reader.skipWhitespace();
  }

  private condition(): TemplateNode {
    const branches: Branch[] = [];
    let otherwise: TemplateNode[] = [];
    let end: BlockEnd = "elseif";
    while (end === "elseif") {
      this.openParenthesis();
      const condition = this.expressions.expression();
      this.closeParenthesis();
      const [body, bodyEnd] = this.block();
      branches.push({ condition, body });
      end = bodyEnd;
    }
    if (end === "else") {
      [otherwise, end] = this.block();
    }
    this.expectEnd(end);
    return { type: "if", branches, otherwise };
  }

  private foreach(): TemplateNode {
    const { reader } = this;
    this.openParenthesis();
    const variable = this.variableName();
    reader.skipWhitespace();
    reader.expect("in");
    const list = this.expressions.expression();
    this.closeParenthesis();
    return { type: "foreach", variable, list, body: this.body() };
  }

  private define(): TemplateNode {
    this.openParenthesis();
    const variable = this.variableName();
    this.closeParenthesis();
    return { type: "define", variable, body: this.body() };
  }

  /** AWS takes a macro's definition and never defines it. */
  private macro(): TemplateNode[] {
    this.openParenthesis();
    this.reader.match(/[^)]*/y);
    this.closeParenthesis();
    this.body();
    return [];
  }

  private variableName(): string {
    const reference = this.expressions.reference();
    if (!reference || reference.steps.length > 0) {
      throw this.reader.unexpected("a variable");
    }
    return reference.variable;
  }

  private body(): TemplateNode[] {
    const [body, end] = this.block();
    this.expectEnd(end);
    return body;
  }

  private expectEnd(end: BlockEnd): void {
    if (end !== "end") {
      throw this.reader.unexpected(end === "eof" ? "#end" : `#end instead of #${end} before here`);
    }
  }
}

function textNode(text: string): TemplateNode {
  return { type: "text", text };
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
