import { render } from "../../support/render";

describe("a condition holds", () => {
  test.each([
    ["$undefined", true],
    ["!$undefined", false],
    ["$input.path('$.nil')", true],
    ["$input.path('$.no')", false],
    ["$input.path('$.zero')", true],
    ["$input.path('$.empty')", true],
    ["true", true],
    ["false", false],
    ["$undefined && $undefined != ''", false],
    ["$undefined == $null", true],
    ["$undefined == ''", true],
    ['"$undefined" == ""', true],
    ["1 == 1.0", true],
    ["1 == '1'", true],
    ["true == 'true'", true],
    ["'a' == \"a\"", true],
    ["'a' != 'b'", true],
    ["[1, 2] == [1, 2]", true],
    ["{'a': 1} == {'a': 2}", false],
    ["2 > 1 && 1 < 2 && 2 >= 2 && 2 <= 2", true],
    ["2 gt 1 and 1 lt 2 and 2 ge 2 and 2 le 2", true],
    ["1 eq 1 and 1 ne 2", true],
    ["'a' < 'b'", false],
    ["false || true && false", false],
    ["(false || true) && true", true],
    ["false or not false", true],
    ["!(true && false)", true],
    ["!true == false", true],
    ["1 + 1 == 2", true],
    ["0", false],
    ["'text'", false],
  ])("%s: %s", (condition, expected) => {
    const body = '{"nil": null, "no": false, "zero": 0, "empty": ""}';
    expect(render(`#if(${condition})yes#{else}no#end`, { body })).toBe(expected ? "yes" : "no");
  });

  test("in the first branch that does", () => {
    expect(render("#if(false)a#elseif(true)b#elseif(true)c#{else}d#end")).toBe("b");
    expect(render("#if(false)a#elseif(false)b#{else}d#end")).toBe("d");
    expect(render("[#if(false)a#elseif(false)b#end]")).toBe("[]");
  });
});

describe("values", () => {
  test.each([
    ["5 * 4 - 2", "18"],
    ["2 + 3 * 4", "14"],
    ["(2 + 3) * 4", "20"],
    ["7 / 2", "3"],
    ["-7 / 2", "-3"],
    ["7 % 3", "1"],
    ["-7 % 3", "-1"],
    ["100.0 / 50", "2.0"],
    [".5*.1", "0.05"],
    ["1.5e3", "1500.0"],
    ["5.5 + 1", "6.5"],
    ["10 / 4.0", "2.5"],
    ["$seven - 1", "6"],
    ["2147483647 + 1", "2147483648"],
    ["9223372036854775807 + 1", "9223372036854775808"],
    ["'a' + 1 + 2", "a12"],
    ["1 + 2 + 'a'", "3a"],
    ["$undefined + 1", "1"],
    ["$seven == 7", "true"],
    ["!true", "false"],
    ["[1, 'a', $seven, [2]]", "[1, a, 7, [2]]"],
    ["{'a': 1, \"b\": {'c': $seven}}", "{a=1, b={c=7}}"],
    ["{}", "{}"],
    ["[]", "[]"],
    ["[1..3]", "[1, 2, 3]"],
    ["[3..1]", "[3, 2, 1]"],
    ["[-1..$one]", "[-1, 0, 1]"],
    ["''", ""],
    ["'it''s $seven'", "it's $seven"],
    ['"a ""b"" $seven"', 'a "b" 7'],
    [String.raw`"a\nb"`, String.raw`a\nb`],
    [String.raw`"\$seven \\$seven"`, String.raw`$seven \7`],
    ['"${seven}th#if(true) yes#end"', "7th yes"],
    ['"#foreach($i in [1..3])$i,#end"', "1,2,3,"],
    ['"US$"', "US$"],
    ['"a#"', "a#"],
    ['"$undefined"', ""],
  ])("%s is %s", (expression, expected) => {
    expect(render(`#set($seven = 7)#set($one = 1)#set($v = ${expression})$v`)).toBe(expected);
  });

  test.each(["1 / 0", "1 % 0", "true + 1", "'a' - 1"])("%s has none and sets nothing", (expression) => {
    expect(render(`#set($v = 'before')#set($v = ${expression})$v`)).toBe("before");
  });
});

describe("references", () => {
  const DATA = "#set($m = {'k': 'v', 'n': {'d': [1, 2, 3]}})#set($x = 'X')#set($l = ['a', 'b'])";

  test.each([
    ["$x", "X"],
    ["${x}y", "Xy"],
    ["$!x $!{x}", "X X"],
    ["$m.k", "v"],
    ["$m.k.", "v."],
    ["$m. k", "{k=v, n={d=[1, 2, 3]}}. k"],
    ['$m["k"] $m[\'k\'] $m[ "k" ]', "v v v"],
    ["$m.n.d[1]", "2"],
    ["$m.n.d[-1]", "3"],
    ["$m.get('k').length()", "1"],
    ["${m.k}.z ${m.get('k').length()}", "v.z 1"],
    ["#set($key = 'k')$m[$key] $m[\"$key\"]", "v v"],
    ["$x$x", "XX"],
    ["$x.$x", "X.X"],
    ['($x) "$x" {$x}', '(X) "X" {X}'],
    ["$x-y", ""],
    ["$l [0]", "[a, b] [0]"],
    ["$x.concat(", "("],
  ])("%s gives %j", (template, expected) => {
    expect(render(DATA + template)).toBe(expected);
  });

  test.each([
    "$u",
    "$!u",
    "${u}",
    "$u.a.b",
    "${u.a}",
    "$u.length()",
    "$u.a('b').c[0]",
    "$m.none",
    "$m.none.more",
    "$m.none()",
    "$x.none",
    "$x.none()",
    "$x[0]",
    "$input.body.foo",
    "$stageVariables.none",
    "$util",
  ])("%s has no value and prints nothing", (template) => {
    expect(render(`${DATA}[${template} ]`)).toBe("[ ]");
  });

  describe.each(["constructor", "prototype", "hasOwnProperty", "isPrototypeOf"])("%s", (name) => {
    test.each([
      "$x",
      "$m",
      "$input",
      "$util",
      "$context",
      "$context.a",
      "$stageVariables",
      "$input.params()",
    ])("is no property of %s", (target) => {
      expect(render(`${DATA}[${target}.${name} $!{none}]`, { context: { a: {} } })).toBe("[ ]");
      expect(render(`${DATA}[${target}.${name}() $!{none}]`, { context: { a: {} } })).toBe("[ ]");
    });
  });

  test("a property's name begins with a letter: behind a dot, __proto__ is text", () => {
    expect(render(`${DATA}$x.__proto__ $m["__proto__"]`)).toBe("X.__proto__ ");
  });

  test("a key named __proto__ is kept and changes no prototype", () => {
    const body = '{"__proto__": {"polluted": 1}}';
    expect(render("$input.path('$')", { body })).toBe("{__proto__={polluted=1}}");
    render(
      "#set($context['__proto__'] = {'polluted': 1})#set($context.responseOverride['__proto__'].polluted = 1)",
      { body },
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
