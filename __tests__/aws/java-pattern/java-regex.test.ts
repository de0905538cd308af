import { JavaRegex } from "../../../aws/java-pattern/java-regex";
import { JavaPatternError } from "../../../aws/java-pattern/java-pattern-error";

describe("matches the whole text", () => {
  test.each([
    [String.raw`^\d{4}-\d{2}-\d{2}$`, "2020-01-20", true],
    [String.raw`\d+`, "12a", false],
    ["a|ab", "ab", true],
    ["(?i)abc", "ABC", true],
    ["(?s)a.b", "a\nb", true],
    ["a.b", "a\nb", false],
    [String.raw`\p{Alpha}+\p{Punct}`, "abc!", true],
    [String.raw`[\p{Upper}&&[^A]]+`, "BCD", true],
    [String.raw`[\p{Upper}&&[^A]]+`, "ABC", false],
    ["[a-c[x-z]]+", "abxz", true],
    ["[a-z&&[def]]", "e", true],
    [String.raw`\p{L}+`, "Grüße", true],
    [String.raw`\p{IsGreek}`, "α", true],
    [String.raw`\w+`, "é", false],
    [String.raw`\s`, "\u00a0", false],
    [String.raw`\h`, "\u00a0", true],
    [String.raw`\Qa.b\E`, "a.b", true],
    [String.raw`\Qa.b\E`, "axb", false],
    [String.raw`[\w.-]+@[\w-]+\.com`, "a.b-c@d-e.com", true],
    [String.raw`[a\-z]+`, "a-z", true],
    [String.raw`[]a]+`, "]a", true],
    [String.raw`a++b*+`, "aab", true],
    [String.raw`(?<y>\d)\k<y>`, "11", true],
    [String.raw`(.)\1`, "aa", true],
    [String.raw`A\x41\u0041\x{1F600}`, "AAA😀", true],
    [String.raw`\A\w+\z`, "abc", true],
    [String.raw`[^"'/\\]+`, "a b", true],
    ["", "", true],
    [String.raw`5\p{Digit}{2}`, "502", true],
    [String.raw`5\d{1,2}+`, "502", true],
    [String.raw`\p{Alnum}+`, "aZ9", true],
    [String.raw`\p{Alnum}+`, "p{Alnum}", false],
    ["[a-c]??", "😀", false],
    ["(?is).*", "é\n😀", true],
    ["a.b", "a\u0085b", false],
    ["a$", "a\n", false],
    [String.raw`a$\n`, "a\n", true],
    [String.raw`a$\x0B`, "a\x0B", false],
    ["(?m)a$.*", "a", true],
    ["^+a$*", "a", true],
    ["(?=a)*a", "a", true],
    [String.raw`[\d-x]+`, "1-x", true],
    ["[ab-d-f]+", "d-f", true],
    ["[ab-d-f]+", "e", false],
    ["[&&a]", "a", true],
    ["a}]", "a}]", true],
  ])("%s on %j: %s", (pattern, text, expected) => {
    expect(JavaRegex.compile(pattern).matches(text)).toBe(expected);
  });
});

describe("replaceAll", () => {
  test.each([
    ["foobar123bab", "ba.", "foo", "foofoo123foo"],
    ["a b", String.raw`(\w) (\w)`, "$2 $1", "b a"],
    ["ab", "(?<x>a)", "${x}${x}", "aab"],
    ["ab", "(a)", "$12", "a2b"],
    ["a.b", String.raw`\.`, String.raw`\$`, "a$b"],
    [String.raw`it\'s`, String.raw`\\'`, "'", "it's"],
    ["abc", "", "-", "-a-b-c-"],
    ["a\nb\n", "(?m)^", "> ", "> a\n> b\n"],
    ["ab", "(a)|(b)", "[$2]", "[][b]"],
  ])("%j, %s by %s gives %j", (text, pattern, replacement, expected) => {
    expect(JavaRegex.compile(pattern).replaceAll(text, replacement)).toBe(expected);
  });

  test.each(["$", "$9", "${none}", "\\"])("refuses the replacement %s", (replacement) => {
    expect(() => JavaRegex.compile("a").replaceAll("a", replacement)).toThrow(JavaPatternError);
  });
});

describe("split", () => {
  test.each([
    ["a,b,,c,,", ",", 0, ["a", "b", "", "c"]],
    ["a,b,,c,,", ",", -1, ["a", "b", "", "c", "", ""]],
    ["a,b,c", ",", 2, ["a", "b,c"]],
    ["a.b", String.raw`\.`, 0, ["a", "b"]],
    ["a.b", ".", 0, []],
    ["abc", "", 0, ["a", "b", "c"]],
    ["", ",", 0, [""]],
    ["abc", ",", 0, ["abc"]],
  ])("%j by %s, limit %d", (text, pattern, limit, expected) => {
    expect(JavaRegex.compile(pattern).split(text, limit)).toEqual(expected);
  });
});

test.each([
  ["(", "Unterminated group"],
  [")", "Unmatched"],
  ["[a", "expected ], found the end, at character 3"],
  ["a{2,1}", "out of order"],
  ["*a", "Nothing to repeat"],
  ["\\", "expected what \\ escapes, found the end, at character 2"],
  ["a{b", 'expected a repetition such as {2} or {1,3}, found "{b", at character 2'],
  ["{", "expected a repetition"],
  [String.raw`[a-\d]`, "expected the range's last character"],
  ["[b-a]", "out of order"],
  [String.raw`\G`, "expected an escape that is supported"],
  ["(?x)a b", "expected a kind of group that is supported"],
  ["a(?i)b", "expected a kind of group that is supported"],
  [String.raw`\p{None}`, "Invalid property name"],
])("%s is refused, with the reason", (pattern, reason) => {
  const compile = () => JavaRegex.compile(pattern);
  expect(compile).toThrow(JavaPatternError);
  expect(compile).toThrow(`regular expression ${pattern}: `);
  expect(compile).toThrow(reason);
});

test("no call leaves anything to the next", () => {
  const dash = JavaRegex.compile("-");
  const calls: (() => unknown)[] = [
    () => dash.replaceFirst("1-2-3", "/"),
    () => dash.replaceAll("1-2-3", "/"),
    () => dash.split("1-2-3", 0).join("|"),
    () => dash.split("1-2-3", 2).join("|"),
    () => dash.matches("-"),
    () => {
      expect(() => dash.replaceAll("1-2-3", "$9")).toThrow(JavaPatternError);
    },
  ];
  const expected = ["1/2-3", "1/2/3", "1|2|3", "1|2-3", true, undefined];
  for (const before of calls) {
    before();
    expect(calls.map((call) => call())).toEqual(expected);
  }
});
