import type { Token } from "./lexer";
import type { Expression, Reference, TemplateNode } from "./template-node";

/** A reference as a template's text has it: what it prints, and what it is elsewhere. */
export interface ParsedReference {
  readonly reference: Reference;
  readonly printed: TemplateNode[];
  readonly value: Expression;
}

const NOTHING: Expression = { type: "literal", value: null };

/**
 * Makes sense of a reference's first token, as Velocity's `ASTReference.getRoot` does: backslashes escape, `$` before the last
 * one are text, `$\!` is text with all that follows in the reference, and a name without `$`, which stands behind a call
 * or among arguments, is text and has no value.
 *
 * @param name the token that ends in the name: the first itself unless it is `${`
 * @param source the reference as written, from the first token on
 */
export function parsedReference(
  first: Token,
  name: Token,
  steps: Reference["steps"],
  source: () => string,
): ParsedReference {
  if (first.image.includes("\\!")) {
    const text = first.image.replace(/^([^$]*\$[^\\]*)\\/, "$1");
    return { reference: { variable: text, steps, source: text }, printed: [textNode(text)], value: NOTHING };
  }
  const slashes = /^\\*/.exec(first.image)?.[0].length ?? 0;
  const dollar = Math.max(first.image.lastIndexOf("$"), slashes);
  const before = "\\".repeat(slashes >> 1);
  const swallowed = first.image.slice(slashes, dollar);
  first.image = first.image.slice(dollar);
  const variable = first === name ? first.image.replace(/^\$!?/, "") : name.image;
  const reference = { variable, steps, source: source() };
  if (!first.image.startsWith("$")) return { reference, printed: [textNode(first.image)], value: NOTHING };
  const value: Expression = { type: "reference", reference };
  const isEscaped = slashes % 2 === 1;
  return isEscaped
    ? { reference, printed: [{ type: "print", reference, instead: before + reference.source }], value }
    : { reference, printed: [textNode(before + swallowed), { type: "print", reference }], value };
}

/** Text that is printed as it is. */
export function textNode(text: string): TemplateNode {
  return { type: "text", text };
}
