import { MappingTemplateError } from "../../../../aws/velocity/mapping-template-error";
import { render } from "../../../support/render";

const TEXTS = [
  " ",
  "a ",
  "\n",
  "\t\r\n",
  "0",
  "1.",
  "-",
  "%",
  "$",
  "$1",
  "\\",
  "+",
  "a,",
  '"',
  "'",
  "é",
  "\ud800",
  "&",
  "=",
  "{",
];

const USES = [
  "$b.trim()$b.strip()$b.stripTrailing()$b.stripIndent()$b.indent(-1)$b.isBlank()",
  "$b.split(' ')$b.split(',', 3)$b.replace(' ', '_')$b.replaceAll('\\s+$', '')$b.toUpperCase().hashCode()",
  "$x.replaceAll('x', $b)",
  "$x.format($b)",
  '$x.format("%$b")',
  "$b.translateEscapes()",
  "$n.parseInt($b)",
  "$n.parseDouble($b)",
  "$util.urlEncode($b)$util.urlDecode($b)$util.escapeJavaScript($b)$util.base64Decode($b)",
  "$util.parseJson($b)$input.json('$')",
];

/** What is quadratic takes 2 s and more for such a text; what is not, some milliseconds. */
test.each(TEXTS)("no method takes more than time in the measure of its text: %j, 80,000 times", (part) => {
  for (const use of USES) {
    const started = performance.now();
    try {
      render(`#set($x = 'x')#set($n = 1.5)#set($n = 1)#set($b = $input.body)${use}`, {
        body: part.repeat(80_000),
      });
    } catch (error) {
      if (!(error instanceof MappingTemplateError)) throw error;
    }
    expect([use, performance.now() - started < 1500]).toEqual([use, true]);
  }
});
