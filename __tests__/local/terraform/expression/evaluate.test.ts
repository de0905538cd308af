import { evaluate } from "../../../../local/terraform/expression/evaluate";
import type { Scope } from "../../../../local/terraform/expression/expression";
import { ExpressionError, UnknownValueError } from "../../../../local/terraform/expression/expression-error";
import { functionTable } from "../../../../local/terraform/expression/functions/function-table";
import { parseTemplate } from "../../../../local/terraform/expression/parse";
import { LazyObject } from "../../../../local/terraform/expression/value";

const NAMES: Readonly<Record<string, unknown>> = {
  "var.list": ["b", "a", "b"],
  "var.map": { z: 1, a: 2 },
  "var.name": "Orders",
  "var.nothing": null,
  "aws_x.y": new LazyObject("aws_x.y", (name) => {
    if (name === "id") return "i-1";
    throw new UnknownValueError(`aws_x.y.${name}`);
  }),
};

const SCOPE: Scope = {
  functions: functionTable(__dirname),
  resolve([first = "", second = ""]) {
    const name = `${first}.${second}`;
    if (!(name in NAMES)) throw new ExpressionError(`there is no ${name}`);
    return { value: NAMES[name], used: 2 };
  },
};

function valueOf(template: string): unknown {
  return evaluate(parseTemplate(template), SCOPE);
}

describe("templates", () => {
  it.each([
    ["plain text", "plain text"],
    ["", ""],
    ["a${var.name}b", "aOrdersb"],
    ["${var.name}${1}", "Orders1"],
    ["$${var.name} and %%{ if }", "${var.name} and %{ if }"],
    ["$$ 100% $x %", "$$ 100% $x %"],
    ['C:\\dir \\n \\"', 'C:\\dir \\n \\"'],
    ["$context.error.messageString", "$context.error.messageString"],
    ["a  ${~ var.name ~}  b", "aOrdersb"],
    ['${"q\\"\\n\\u00e9${"in-${var.name}"}"}', 'q"\né' + "in-Orders"],
    ['${"$${x}"}', "${x}"],
  ])("%j gives %j", (template, expected) => {
    expect(valueOf(template)).toBe(expected);
  });

  it("keeps the type of a lone interpolation", () => {
    expect(valueOf("${var.list}")).toEqual(["b", "a", "b"]);
    expect(valueOf("${var.nothing}")).toBeNull();
  });

  it.each([
    ["%{ if true }x", "%{ if … } has no %{ endif }"],
    ["%{ for x in [1] }x%{ endif }", "%{ for … } has no %{ endfor }"],
    ["x%{ endif }", "unexpected %{ endif }"],
    ["%{ unless true }x%{ endif }", "%{ unless … } is no directive"],
    ["%{ if true }x%{ else 1 }%{ endif }", "%{ else } takes nothing"],
    ["${var.name", "no closing }"],
    ["${1 +}", "unexpected the end"],
    ["${foo(1)}", "the function foo is not supported"],
    ["${var.other}", "there is no var.other"],
    ["x${var.list}", "a string is needed here, not a list"],
    ["${<<EOF\nx\n}", "no line with EOF alone ends <<EOF"],
    ['${"a\nb"}', "no closing quote"],
    ["${{a = 1 b = 2}}", "instead of a comma or a line break"],
    ["${[[1, 2]].0.1}", "unexpected"],
    ["${var.map.b}", "no attribute b in an object"],
    ["${var.list[3]}", "no index 3 in a list of 3"],
    ["${1 / 0}", "division by zero"],
    ["${1 2}", 'unexpected "2"'],
    ["${'x'}", "unexpected"],
  ])("refuses %j: %s", (template, message) => {
    expect(() => valueOf(template)).toThrow(message);
  });
});

describe("operators and access", () => {
  it.each<[string, unknown]>([
    ["1 + 2 * 3 - 4 / 2", 5],
    ["(1 + 2) * 3 % 5", 4],
    ["-2 + 3", 1],
    ["10 - 3 - 2", 5],
    ["!true || 1 < 2 && 2 >= 2", true],
    ['1 == 1 ? "yes" : "no"', "yes"],
    ["false ? 1 : true ? 2 : 3", 2],
    ['"a" != "b"', true],
    ['1 == "1"', false],
    ["[1, [2]] == [1, [2]]", true],
    ["var.list[0]", "b"],
    ['var.map["z"]', 1],
    ["var.map.a", 2],
    ["[1, 2,][1]", 2],
    ['{ a = 1, "b" : 2, (var.name) = 3 }', { a: 1, b: 2, Orders: 3 }],
    ["[{ id = 1 }, { id = 2 }][*].id", [1, 2]],
    ["[{ id = 1 }, { id = 2 }].*.id", [1, 2]],
    ["aws_x.y[*].id", ["i-1"]],
    ["var.nothing[*].id", []],
    ['[for v in var.list : upper(v) if v != "a"]', ["B", "B"]],
    ['[for i, v in var.list : "${i}${v}"]', ["0b", "1a", "2b"]],
    ["[for k, v in var.map : k]", ["a", "z"]],
    ["{ for k, v in var.map : v => k }", { 1: "z", 2: "a" }],
    ["{ for i, v in var.list : v => i... }", { b: [0, 2], a: [1] }],
    ["{\n a = 1\n b = 2 # note\n}", { a: 1, b: 2 }],
    ["1e3", 1000],
  ])("%s", (expression, expected) => {
    expect(valueOf(`\${${expression}}`)).toEqual(expected);
  });
});

describe("functions", () => {
  it.each<[string, unknown]>([
    ['jsonencode({"9" = 1, "" = 2})', '{"":2,"9":1}'],
    [
      "jsonencode([1e21, 1e-9, 4294967296 * 4294967296])",
      "[1000000000000000000000,0.000000001,18446744073709551616]",
    ],
    ['upper("straße")', "STRAßE"],
    ['title("it\'s a-b éa")', "It'S A-B Éa"],
    ['length("👨‍👩‍👧e")', 2],
    ['chomp("a\\r")', "a"],
    ['coalesce("", 1)', "1"],
    ["toset([10, 9, null])", [9, 10, null]],
    ['setsubtract(["b", "a", "1"], [1])', ["a", "b"]],
    ['tomap({a = 1, b = "x"})', { a: "1", b: "x" }],
    ['tobool("1")', true],
    ['jsonencode({ b = "<&>", a = [1, null, true] })', '{"a":[1,null,true],"b":"\\u003c\\u0026\\u003e"}'],
    ['jsondecode("{\\"a\\":[1]}").a[0]', 1],
    ['format("%s-%03d %5.1f%% %q %v", "a", 7, 2.26, "x", [1])', 'a-007   2.3% "x" [1]'],
    ['join(",", ["a", 1], ["b"])', "a,1,b"],
    ['split("/", "a/b/c")', ["a", "b", "c"]],
    ['element(["a", "b"], 3)', "b"],
    ['replace("a.b.c", ".", "$0")', "a$0b$0c"],
    ['replace("hello", "/l(l)o/", "<$1>")', "he<l>"],
    ['replace("a-b", "/(?P<l>a)-(?P<r>b)/", "${"$${r}"}-${"$${l}"}")', "b-a"],
    ['regex("^(\\\\w+)@(\\\\w+)$", "me@here")', ["me", "here"]],
    ['regex("[a-z]+", "12ab")', "ab"],
    ['regexall("(?i)A", "aA")', ["a", "A"]],
    ['regex("(?P<word>\\\\pL+)|(?P<number>\\\\d+)", "7é")', { word: null, number: "7" }],
    ['regexall("a*", "baaac")', ["", "aaa", ""]],
    ['regex("a|ab", "ab")', "a"],
    ['regex("\\\\Aa\\\\z", "a")', "a"],
    ['replace("baaac", "/a*/", "-")', "-b-c-"],
    ['replace("ab", "/(a)(b)?/", "$2$1x$$0")', "b$0"],
    ['chomp("a\\n\\r\\n\\n")', "a"],
    ['lower(upper(trimspace(" aB ")))', "ab"],
    ['urlencode("a b&c=é*~")', "a+b%26c%3D%C3%A9%2A~"],
    ['base64decode(base64encode("é"))', "é"],
    ['sha1("a")', "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"],
    ['md5("a")', "0cc175b9c0f1b6a831c399e269772661"],
    ['sha256("")', "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["concat([1], [2, 3])", [1, 2, 3]],
    ["concat([[1], [2]]...)", [1, 2]],
    ["merge({ a = 1 }, null, { a = 2, b = 3 })", { a: 2, b: 3 }],
    ['length("é😀")', 2],
    ["length(var.map)", 2],
    ['lookup(var.map, "q", 9)', 9],
    ['try(var.map.q, var.list[9], "fallback")', "fallback"],
    ["can(var.map.q)", false],
    ["can(var.map.a)", true],
    ['coalesce(null, "", "x")', "x"],
    ["toset(var.list)", ["a", "b"]],
    ["tostring(12)", "12"],
    ['tonumber("1.5")', 1.5],
    ['tobool("true")', true],
    ["keys(var.map)", ["a", "z"]],
    ["values(var.map)", [2, 1]],
    ['contains(var.list, "a")', true],
    ['substr("hello", -3, 2)', "ll"],
    ['substr("hello", 1, -1)', "ello"],
    ['trimprefix("/a", "/")', "a"],
    ['trimsuffix("a.fifo", ".fifo")', "a"],
    ['startswith("abc", "ab") && endswith("abc", "bc")', true],
    ["max(1, 3, 2) - min(4, 2)", 1],
    ["flatten([[1], [[2]], []])", [1, 2]],
    ["distinct(var.list)", ["b", "a"]],
    ["sort(var.list)", ["a", "b", "b"]],
    ["reverse([1, 2])", [2, 1]],
    ['zipmap(["a", "b"], [1, 2])', { a: 1, b: 2 }],
    ["one([])", null],
    ['compact(["a", "", null])', ["a"]],
    ["range(1, 4)", [1, 2, 3]],
    ["range(4, 1)", [4, 3, 2]],
    ["range(2, 2, 5)", []],
    ["length(range(1024))", 1024],
  ])("%s", (expression, expected) => {
    expect(valueOf(`\${${expression}}`)).toEqual(expected);
  });

  it.each([
    ['base64decode("a")', "the text is not base 64"],
    ['base64decode("/w==")', "the bytes are not UTF-8"],
    ["slice([1], 1, 0)", "there is no 1 to 0 in a list of 1"],
    ['substr("abc", 0.5, 1)', "a whole number is needed here, not 0.5"],
    ["contains([1], null)", "argument 2 is null"],
    ["tolist([true, 1])", "the values differ in type"],
    ['format("%s", 1, 2)', "only 1 of 2 arguments are used"],
    ['tonumber("0x1f")', "a number is needed here"],
    ["one([1, 2])", "one(): the list has 2 items"],
    ['jsondecode("{")', "jsondecode(): "],
    ['tonumber("x")', 'tonumber(): a number is needed here, not "x"'],
    ['regex("a", "b")', "the pattern does not match"],
    ['regex("(", "b")', "regex(): error parsing regexp: missing closing )"],
    ['regex("(?=a)", "a")', "invalid or unsupported Perl syntax"],
    ["range(1025)", "more than 1,024 values, which Terraform refuses"],
    ["range(0, 1, 0.0000001)", "more than 1,024 values"],
    ["range(4, 1, 1)", "the step leads away from the end"],
    ['format("%2000000d", 1)', "%2000000d is wider than 1000000"],
    ["concat([for a in range(1000) : [for b in range(11) : a]]...)", "a list of more than 10000 values"],
    ['file("../evaluate.ts")', "outside the stack's folder"],
    ['file("/etc/hostname")', "outside the stack's folder"],
    ['lookup(var.map, "q")', "there is no key"],
  ])("%s is refused", (expression, message) => {
    expect(() => valueOf(`\${${expression}}`)).toThrow(message);
  });

  it.each([
    ['regexall("(a+)+$", text)', []],
    ['replace(text, "/(a|aa)+c/", "")', "a".repeat(50_000) + "b"],
    ['can(regex("(.*)*x", text))', false],
  ])("no pattern hangs: %s", (expression, expected) => {
    const started = Date.now();
    const text = `${"a".repeat(50_000)}b`;
    expect(valueOf(`\${${expression.replace("text", JSON.stringify(text))}}`)).toEqual(expected);
    expect(Date.now() - started).toBeLessThan(3000);
  });

  it("does not take a value that only AWS knows for a failure", () => {
    expect(() => valueOf('${try(aws_x.y.arn, "fallback")}')).toThrow(UnknownValueError);
    expect(() => valueOf("${jsonencode(aws_x.y)}")).toThrow(UnknownValueError);
  });

  it("does not look at what is not needed", () => {
    expect(valueOf('${true ? "a" : foo()}')).toBe("a");
  });
});
