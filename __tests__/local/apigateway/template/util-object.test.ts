import { MappingTemplateError } from "../../../../aws/velocity/mapping-template-error";
import { render } from "../../../support/render";

test.each([
  ["urlEncode", '{"some": "value"}', "%7B%22some%22%3A+%22value%22%7D"],
  ["urlEncode", "a-b_c.d*e", "a-b_c.d*e"],
  ["urlEncode", "~!'()&=+%\n", "%7E%21%27%28%29%26%3D%2B%25%0A"],
  ["urlEncode", "é€😀", "%C3%A9%E2%82%AC%F0%9F%98%80"],
  ["urlEncode", "a\ud800b\udc00", "a%3Fb%3F"],
  ["urlDecode", "a+b%20%C3%A9%2B", "a b é+"],
  ["urlDecode", "%ff", "\ufffd"],
  ["base64Encode", "é", "w6k="],
  ["base64Decode", "w6k=", "é"],
  ["escapeJavaScript", 'it\'s "a"\\/\n\t\r\b\f', String.raw`it\'s \"a\"\\\/\n\t\r\b\f`],
  ["escapeJavaScript", "é😀\u0001", String.raw`\u00e9\ud83d\ude00\u0001`],
  ["parseJson", '{"a": [1, {"b": 2}]}', '{a=[1,{"b":2}]}'],
  ["parseJson", "not json", "not json"],
  ["parseJson", '{"a":', ""],
])("$util.%s(%j)", (method, body, expected) => {
  expect(render(`$util.${method}($input.body)`, { body })).toBe(expected);
});

test("what parseJson gives can be walked", () => {
  expect(render("#set($p = $util.parseJson('[1, {\"a\": 2}]'))$p.size() $p[1].a")).toBe("2 2");
});

test("the documented repair of escapeJavaScript", () => {
  const template = String.raw`$util.escapeJavaScript($input.body).replaceAll("\\'", "'")`;
  expect(render(template, { body: "it's" })).toBe("it's");
});

test("urlDecode refuses what Java refuses", () => {
  expect(() => render("$util.urlDecode('%z')")).toThrow(MappingTemplateError);
});

test.each(["$util.urlEncode($undefined)", "$util.urlEncode()", "$util.none('a')", "$util.none"])(
  "%s is empty",
  (template) => {
    expect(render(`[${template} ]`)).toBe("[ ]");
  },
);
