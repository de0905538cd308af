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
