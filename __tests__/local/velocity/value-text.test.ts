import { render } from "../../support/render";

test.each([
  ['{"a": "b", "c": {"d": "e"}}', "{a=b, c={d=e}}"],
  ['{"b": 1, "10": 2, "9": 3}', "{b=1, 10=2, 9=3}"],
  ['[{"foo": "bar"}]', '[{"foo":"bar"}]'],
  ['{"foo": [{"nested": "bar"}]}', '{foo=[{"nested":"bar"}]}'],
  ["[]", "[]"],
  ["{}", "{}"],
  ['[1, 1.0, 1e10, true, null, "a"]', '[1,1.0,1.0E10,true,null,"a"]'],
  ['{"a": null}', "{a=null}"],
  ["1.0", "1.0"],
  ["0.00001", "1.0E-5"],
  ["12345678.5", "1.23456785E7"],
  ["100", "100"],
  ["-0.5", "-0.5"],
])("%s prints %s", (body, expected) => {
  expect(render("$input.path('$')", { body })).toBe(expected);
});
