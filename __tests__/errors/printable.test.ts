import { oneLine, printable } from "../../errors/printable";

test.each([
  ["an escape sequence", "\u001b[2J", String.raw`\u001b[2J`],
  ["a C1 control character, as good as one", "\u009b2J", String.raw`\u009b2J`],
  ["line breaks", "a\r\nb\u2028c", String.raw`a\u000d\u000ab\u2028c`],
  ["bidirectional marks", "a\u202ec\u2066", String.raw`a\u202ec\u2066`],
  ["what has no width", "a\u200bb\ufeff", String.raw`a\u200bb\ufeff`],
  ["half a character", "a\ud800", String.raw`a\ud800`],
  ["tags, two units each", "\u{e0041}", String.raw`\udb40\udc41`],
])("%s can't reach a terminal", (_, text, shown) => {
  expect(oneLine(text)).toBe(shown);
});

test("what a terminal shows stays: letters of any script, emoji, quotes", () => {
  const text = "größer 你好 😀 \"'`$(x)";
  expect(oneLine(text)).toBe(text);
});

test("JSON stays the same JSON", () => {
  const value = { name: "\u001b\u0085\u202e\u{e0041}\n" };
  expect(JSON.parse(oneLine(JSON.stringify(value)))).toEqual(value);
});

test("several lines keep their breaks and their indentation", () => {
  expect(printable("a\n\tb\u0007")).toBe("a\n\tb\\u0007");
});
