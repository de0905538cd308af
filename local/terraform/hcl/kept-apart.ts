/** An interpolation without others or objects in it, in which a text ends with a mark. */
const ENDS_WITH_MARK = /(?<!\$)(\$\{~?)([^{}\n]*[$%]"[^{}\n]*?)(~?\})/g;
/** Marks that come to stand before what is inserted, the white space between them taken away by `~`. */
const BEFORE_INSERTED = /(?<![$%])(?:[$%]*%(?=\$\{)|[$%]+(?=\s+[$%]\{~))/g;

/**
 * HCL of the same meaning in which no `$` or `%` comes to stand before a `{`, `${` or `%{` once constants are put together,
 * where it would mean something else: the parser makes `100%%{if c}…` of `100%${c ? … : …}`. It leaves parentheses as they
 * are.
 */
export function keptApart(text: string): string {
  return text.replace(ENDS_WITH_MARK, "$1($2)$3").replace(BEFORE_INSERTED, '${("$&")}');
}
