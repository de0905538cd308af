import { MappingTemplate } from "../../../../local/apigateway/template/mapping-template";
import { MappingTemplateError } from "../../../../aws/velocity/mapping-template-error";
import { render } from "../../../support/render";

test("a template is prepared once and rendered for each request anew", () => {
  const template = MappingTemplate.parse("#set($n = $n + 1)$n$input.body");
  const params = { path: {}, querystring: {}, header: {} };
  const first = template.render({ input: { body: "a", params }, context: {}, stageVariables: {} });
  const second = template.render({ input: { body: "b", params }, context: {}, stageVariables: {} });
  expect([first, second]).toEqual(["1a", "1b"]);
});

test("a syntax error is known at once and thrown by each rendering", () => {
  const template = MappingTemplate.parse("#if(");
  expect(template.mistakes).toEqual(["line 1, column 5: expected a value, found the end"]);
  expect(() => render("#if(")).toThrow(MappingTemplateError);
  expect(MappingTemplate.parse("fine").mistakes).toEqual([]);
});

test("stage variables", () => {
  const stageVariables = { version: "1.0" };
  expect(
    render("$stageVariables.version $stageVariables['version'] $stageVariables.get('version')", {
      stageVariables,
    }),
  ).toBe("1.0 1.0 1.0");
  render("$stageVariables.put('version', '2')", { stageVariables });
  expect(stageVariables).toEqual({ version: "1.0" });
});

describe("what a caller sends is never evaluated", () => {
  const hostile = [
    "$input.body",
    "#set($x = 1)",
    "${7*7}",
    "$util.urlEncode('a')",
    "#foreach($i in [1..5])x#end",
    "#stop",
    "## comment",
    "\\$x \\\\$x",
    '"); #set($context.responseOverride.status = 200) ("',
    "${context.requestId}",
    "#[[",
    "$",
    "#",
  ];

  test.each(hostile)("%s", (text) => {
    const given = {
      body: JSON.stringify({ text }),
      header: { "X-Hostile": text },
      querystring: { q: text },
      path: { p: text },
      stageVariables: { s: text },
      context: { requestId: text },
    };
    const references = [
      "$input.params('X-Hostile')",
      "$input.params('q')",
      "$input.params().path.p",
      "$stageVariables.s",
      "$context.requestId",
      "$input.path('$.text')",
    ];
    for (const reference of references) {
      expect(render(`[${reference}]`, given)).toBe(`[${text}]`);
      expect(render(`#set($v = "[${reference}]")#set($w = "$v")$w`, given)).toBe(`[${text}]`);
      expect(render(`#define($d)[${reference}]#end$d`, given)).toBe(`[${text}]`);
    }
    expect(render("$input.body", given)).toBe(given.body);
    expect(render("$input.json('$.text')", given)).toBe(JSON.stringify(text));
    expect(
      decodeURIComponent(render("$util.urlEncode($input.params('q'))", given).replaceAll("+", " ")),
    ).toBe(text);
  });
});

describe("no template takes the gateway down", () => {
  test.each([
    ["a string that doubles", "#set($s = 'xxxxxxxxxx')#foreach($i in [1..100])#set($s = \"$s$s\")#end$s"],
    ["endless output", "#foreach($i in [1..1000])#foreach($j in [1..1000])xxxxxxxxxxxxxxxxxxxx#end#end"],
    ["a huge range", "#set($r = [1..2000000000])"],
    ["a map inside one that it holds", "#set($m = {})#set($n = {'m': $m})#set($m.n = $n)$m"],
  ])("%s", (_, template) => {
    expect(() => render(template)).toThrow(MappingTemplateError);
  });
});
