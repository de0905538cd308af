import fc from "fast-check";
import { jsonText } from "../../../../local/velocity/value-text";
import { parseJson } from "../../../../local/apigateway/json/parse-json";

/** What json-smart 2.6.0 reads in its permissive mode, written as JSON again. */
test.each([
  ["{a:1,'b':\"c\",}", '{"a":1,"b":"c"}'],
  ["{,,a:b c ,}", '{"a":"b c"}'],
  ["{a:,b:1}", '{"a":"","b":1}'],
  ["{a b:true,c:tru,d:null}", '{"a b":true,"c":"tru","d":null}'],
  ["[1,,2,]", "[1,2]"],
  ["[ a b , 'c' ]", '["a b","c"]'],
  ['["a" "b"]', '["a","b"]'],
  ["[1é]", '[1,"é"]'],
  ['{"a":1,"b":2,"a":3}', '{"a":3,"b":2}'],
  ['{"2":0,"1":0,"__proto__":{"x":1}}', '{"2":0,"1":0,"__proto__":{"x":1}}'],
  ['{"a":1} rest', '{"a":1}'],
  ["'it''s'", '"it"'],
  [String.raw`"\x41\u0042\q\/\'"`, `"AB/'"`],
  ['"a\u0001\u007f"', String.raw`"a\u0001\u007F"`],
  ['"\\t\u0001"', String.raw`"\t"`],
  ["007", "7"],
  ["-", "0"],
  ["-0", "0"],
  ["1.", "1.0"],
  ["-.5", "-0.5"],
  ["1e5", "100000.0"],
  ["1e", '"1e"'],
  ["1.5f", '"1.5f"'],
  ["0x10", '"0x10"'],
  ["2024-01-02T03:04", '"2024-01-02T03:04"'],
  ["9223372036854775808", "9223372036854775808"],
  ["1".repeat(5000), "1".repeat(5000)],
  ["1.12345678901234567890", "1.12345678901234567890"],
  ["0.00000012345678901234567", "1.2345678901234567E-7"],
  ["123456789012345678.0e10", "1.234567890123456780E+27"],
  ["-0.0000000000000000000", "0E-19"],
  ["1e999", "null"],
  ["NaN", "NaN"],
  ["null", "null"],
  ["\u2003null", '"null"'],
  [" \n text \u2003", '"text"'],
  ["", '""'],
  ["// no comments\n{}", String.raw`"// no comments\n{}"`],
  ['\ufeff{"a":1}', String.raw`"` + "\ufeff" + String.raw`{\"a\":1}"`],
  ['{"a":"\ud800"}', '{"a":"\ud800"}'],
  ["[".repeat(400) + "]".repeat(400), "[".repeat(400) + "]".repeat(400)],
])("%j reads as %s", (text, expected) => {
  expect(jsonText(parseJson(text))).toBe(expected);
});

test.each([
  "{",
  "[",
  '"',
  "'",
  "}",
  "]",
  ":",
  '{"a":',
  '{"a"}',
  '{"a" "b"}',
  '{"a":}',
  "{[}",
  "[1}",
  "[:]",
  '"a\\"',
  String.raw`"\u12"`,
  String.raw`"\xg1"`,
  "1e+",
  "-.",
  "1.000000000000000000e99999999999",
  "[".repeat(401) + "]".repeat(401),
  "[".repeat(100_000),
])("%j is no JSON, however lenient", (text) => {
  expect(parseJson(text)).toBeUndefined();
});

test("reads all JSON as it is", () => {
  const json = fc
    .json({ stringUnit: "binary" })
    // What has another text in Java.
    .filter((text) => !/[eE.]|-0|[\u007f-\u009f\u2000-\u20ff]|\\u00[\da-f]{2}/.test(text));
  fc.assert(
    fc.property(json, (text) => {
      expect(jsonText(parseJson(text))).toBe(text);
    }),
  );
});

test("any text is read as it was written, escaped or not", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      // JSON.stringify leaves U+007F raw, beside escapes; the second has each character escaped.
      expect(parseJson(JSON.stringify(`\n${text}\u007f`))).toBe(`\n${text}\u007f`);
      const escaped = text.replace(
        /[^]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
      expect(parseJson(`"${escaped}"`)).toBe(text);
    }),
  );
});

test.each([
  ["quotes", `"${'\\"'.repeat(1_000_000)}"`],
  ["backslashes", `"${"\\".repeat(2_000_000)}"`],
  ["white space", ` ${"\u2003 ".repeat(1_000_000)}a${" \u2003".repeat(1_000_000)}é`],
  ["brackets", "[".repeat(2_000_000)],
  ["commas", `[${",".repeat(2_000_000)}]`],
  ["digits", "1".repeat(2_000_000)],
  ["apostrophes", "{'".repeat(1_000_000)],
])("takes its time by the length: %s", (_what, text) => {
  const start = performance.now();
  jsonText(parseJson(text));
  expect(performance.now() - start).toBeLessThan(5_000);
});
