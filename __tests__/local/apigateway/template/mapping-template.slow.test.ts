import { MappingTemplateError } from "../../../../aws/velocity/mapping-template-error";
import { RenderingLimitError } from "../../../../local/velocity/rendering-limits";
import { render } from "../../../support/render";

/** Ends in a limit, which the message names with its figure, within a second on an idle machine. */
function limitOf(template: string, body = "{}"): string {
  const started = performance.now();
  let message = "none";
  try {
    render(template, { body });
  } catch (error) {
    if (!(error instanceof RenderingLimitError)) throw error;
    ({ message } = error);
  }
  expect(performance.now() - started).toBeLessThan(30_000);
  return message;
}

describe("limits", () => {
  const loop = (body: string) => `#foreach($i in [1..1000])#foreach($j in [1..1000])${body}#end#end`;
  const doubled = (value: string) => `#set($s = 'xx')#foreach($i in [1..100])#set($s = ${value})#end$s`;
  const nested = (use: string) => `#set($l = [1])#foreach($i in [1..40])#set($l = [$l, $l])#end${use}`;
  const steps =
    "more than 10,000,000 steps of rendering, this gateway's limit, in the #foreach at line 1, column";
  const text = "a text of more than 32 Mi characters, this gateway's limit";
  const items = "a list or an array of more than 1,000,000 items, this gateway's limit";
  const within = "a value of more than 8,000,000 items within each other, this gateway's limit";

  test.each([
    ["loops in loops", loop("#foreach($k in [1..1000])#end"), steps],
    ["blocks in loops", `#define($d)a#end${loop("#set($x = $d)$x.length() $x.length()")}`, steps],
    ["ranges in loops", loop("#set($r = [1..100000])"), steps],
    ["a string that doubles, in quotes", doubled('"$s$s"'), "renders to more than 10 MiB (10485760 bytes)"],
    ["by +", doubled("$s + $s"), text],
    ["by concat", doubled("$s.concat($s)"), text],
    ["by replaceAll", doubled("$s.replaceAll('x', $s)"), text],
    ["by replace", doubled("$s.replace('x', $s)"), text],
    ["by join", doubled("$s.join($s, [$s, $s])"), text],
    ["by format", doubled("$s.format('%s%s', $s, $s)"), text],
    ["a repeated string", "$input.body.repeat(2000000000)", text],
    ["an indented string", "$input.body.indent(2000000000)", text],
    ["a list that doubles", "#set($l = [1])#foreach($i in [1..100])#set($x = $l.addAll($l))#end", items],
    ["a list that doubles itself when printed", nested("$l"), within],
    ["when compared", nested("#if($l == $l.clone())#end"), within],
    ["when hashed", nested("$l.hashCode()"), within],
    ["when set in $context", nested("#set($context.requestOverride.header.a = $l)"), within],
    [
      "an integer that is multiplied by itself",
      "#set($n = 3)#foreach($i in [1..99])#set($n = $n * $n)#end",
      "10,000 bits",
    ],
  ])("%s", (_, template, limit) => {
    expect(limitOf(template)).toContain(limit);
  });

  test.each([
    ["a text of 10 MiB that is changed again and again", "#set($x = $input.body.toUpperCase())", steps],
    ["searched", "#set($x = $input.body.matches('y'))", steps],
    ["trimmed", "#set($x = $input.body.trim())", steps],
    ["parsed", "#set($x = $util.parseJson($input.body))", steps],
    ["written", "#set($x = $input.json('$'))", steps],
    ["encoded", "#set($x = $util.urlEncode($input.body))", steps],
    ["split", "#set($x = $input.body.split(''))", items],
    ["turned into characters", "#set($x = $input.body.toCharArray())", items],
    ["turned into bytes", "#set($x = $input.body.bytes)", items],
  ])("%s", (_, use, limit) => {
    expect(limitOf(`#foreach($i in [1..1000])${use}#end`, `"${" ".repeat(10_485_000)}"`)).toContain(limit);
  });

  test("a define that contains others many times over", () => {
    const blocks = Array.from({ length: 9 }, (_, n) => `#define($d${n + 1})${`$d${n}`.repeat(10)}#end`);
    expect(limitOf(`#define($d0)#end${blocks.join("")}$d9`)).toMatch(
      /10,000,000 steps .* in the #define at line 1/,
    );
  });

  test.each(["a b", "é*~'€", "\ud800"])("a long text is encoded as a short one is: %j", (part) => {
    expect(render("$util.urlEncode($input.body)", { body: part.repeat(2000) })).toBe(
      render("$util.urlEncode($input.body)", { body: part }).repeat(2000),
    );
  });

  test("the bytes of the output count, not its characters", () => {
    const body = "é".repeat(5_242_880);
    expect(render("$input.body", { body })).toBe(body);
    expect(limitOf("$input.body$input.body.substring(0, 1)", { body }.body)).toContain("10485760 bytes");
  });

  test.each([
    ["a million turns of a small loop", loop("#set($x = $j + $i)") + "$x", "2000"],
    ["10 MiB as JSON", "$util.parseJson($input.json('$')).length()", "10484000"],
    [
      "a thousand uses of a large body",
      "#foreach($i in [1..1000])#set($x = $input.body.substring($i, 10000).trim())#end$x.length()",
      "9000",
    ],
  ])("what a template may need is allowed: %s", (_, template, expected) => {
    expect(render(template, { body: `"${"x".repeat(10_484_000)}"` }).trim()).toBe(expected);
  });
});

describe("time", () => {
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
});
