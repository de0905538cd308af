import { render } from "../../support/render";

test.each([
  ["length()", "11"],
  ["isEmpty()", "false"],
  ["empty", "false"],
  ["toUpperCase()", "HELLO WORLD"],
  ["toLowerCase()", "hello world"],
  ["concat('!').concat('?')", "Hello World!?"],
  ["contains('lo W')", "true"],
  ["contains('.')", "false"],
  ["startsWith('Hello')", "true"],
  ["endsWith('World')", "true"],
  ["equals('Hello World')", "true"],
  ["equalsIgnoreCase('hello world')", "true"],
  ["indexOf('o')", "4"],
  ["indexOf('o', 5)", "7"],
  ["indexOf('z')", "-1"],
  ["lastIndexOf('o')", "7"],
  ["lastIndexOf('o', 5)", "4"],
  ["substring(6)", "World"],
  ["substring(0, 5)", "Hello"],
  ["substring(11)", ""],
  ["charAt(1)", "e"],
  ["replace('o', '$1')", "Hell$1 W$1rld"],
  ["replaceAll('[aeiou]', '_')", "H_ll_ W_rld"],
  ["replaceFirst('o', '0')", "Hell0 World"],
  ["matches('Hello')", "false"],
  ["matches('Hello.*')", "true"],
  ["split(' ').size()", "2"],
  ["split(' ')[1]", "World"],
  ["toString()", "Hello World"],
  ["compareTo('Hello')", "6"],
  ["hashCode()", "-862545276"],
])(".%s is %s", (call, expected) => {
  expect(render(`#set($s = 'Hello World')$s.${call}`)).toBe(expected);
});

test("trim takes control characters, and no other spaces than the space", () => {
  expect(render("[$input.path('$').trim()]", { body: String.raw`" \t\n a\u00a0 "` })).toBe("[a\u00a0]");
});

test.each(["substring(12)", "substring(-1)", "substring(3, 2)", "charAt(11)"])(
  "%s is out of bounds",
  (call) => {
    expect(() => render(`#set($s = 'Hello World')$s.${call}`)).toThrow("out of bounds");
  },
);
