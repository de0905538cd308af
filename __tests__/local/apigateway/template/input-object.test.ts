import { render } from "../../../support/render";
import { tries } from "../../../support/tries";

describe("$input.body", () => {
  test.each(['{"some": "value"}', "raw text", '{"a":1.0}', " \n\t"])("is the text as it came: %j", (body) => {
    expect(render("$input.body", { body })).toBe(body);
  });
});

describe("$input.path", () => {
  const body = JSON.stringify({
    list: [{ foo: "bar" }, { foo: "baz" }],
    map: { a: 1, "b-c": { "d.e": true } },
    nested: { foo: [{ nested: "bar" }] },
    nil: null,
    text: "Grüße 😀",
    urls: ["https://a.example/"],
  });

  test.each([
    ["$.list", '[{"foo":"bar"},{"foo":"baz"}]'],
    ["$.list[0]", "{foo=bar}"],
    ["$.list[0].foo", "bar"],
    ["$.list[-1].foo", "baz"],
    ["$.list[9]", ""],
    ["$.nested", '{foo=[{"nested":"bar"}]}'],
    ["$['map']['b-c']['d.e']", "true"],
    ["$.map.b-c", "{d.e=true}"],
    ["map.a", "1"],
    ["$.nil", ""],
    ["$.missing.more", ""],
    ["$.text", "Grüße 😀"],
    ["$.urls", String.raw`["https:\/\/a.example\/"]`],
    ["$..foo", '["bar","baz",[{"nested":"bar"}]]'],
    ["$.list[*].foo", '["bar","baz"]'],
    ["$.list[0,1].foo", '["bar","baz"]'],
    ["$.list[0:1].foo", '["bar"]'],
    ["$..missing", "[]"],
    ["$.list.length()", "2"],
    ["$.list[?(@.foo == 'baz')].foo", '["baz"]'],
    ["$.map.keys()", "[a, b-c]"],
    ["$.missing[*].more", ""],
    ["['nil','text']", "{nil=null, text=Grüße 😀}"],
  ])("%s", (path, expected) => {
    expect(render(`$input.path("${path}")`, { body })).toBe(expected);
  });

  test("gives values with Java's methods", () => {
    expect(render("$input.path('$.list').size() $input.path('$.map').keySet()", { body })).toBe("2 [a, b-c]");
  });

  test.each([
    "a=1&b=x+y",
    "<order><id>1</id></order>",
    "plain text, more",
    "--boundary\r\nContent-Type: text/plain\r\n\r\n1\r\n--boundary--",
    "{ unfinished",
    "[a",
    '"open',
    "}",
  ])("is the text of what is no JSON: %j", (body) => {
    expect(render("$input.path('$')|$input.path('$.a')|$input.json('$.a')", { body })).toBe(`${body}||""`);
    expect(render("$input.json('$')", { body })).toBe(JSON.stringify(body));
  });

  test("gives a form's fields", () => {
    const template = "#foreach($pair in $input.path('$').split('&'))$pair.split('=')[0],#end";
    expect(render(template, { body: "a=1&b=2" })).toBe("a,b,");
  });

  test.each(["$.list[(@.length-1)]", "$.list[?(@.foo == process.exit(1))]", "$.list[?(process.exit(1))]"])(
    "refuses to run %s",
    (path) => {
      expect(() => render(`#set($p = '${path.replaceAll("'", "''")}')$input.path($p)`, { body })).toThrow(
        "JSONPath",
      );
    },
  );
});

describe("$input.json", () => {
  test.each([
    ['{"a": [1, 2.50, "x/y", null, true]}', "$", '{"a":[1,2.5,"x/y",null,true]}'],
    ['{"a": "é\\n"}', "$.a", '"é\\n"'],
    ['{"2": 1, "1": 1.0}', "$", '{"2":1,"1":1.0}'],
    ['{"a": 12345678901234567890}', "$.a", "12345678901234567890"],
    ['{"a": 1}', "$.b", '""'],
    ['{"a": 1}', "$..a", "[1]"],
    ['"text"', "$.message", '""'],
    ["not json", "$.message", '""'],
    ["{'a': b,}", "$", '{"a":"b"}'],
    ['{"a":1} rest', "$", '{"a":1}'],
    ['["€\\u2028/\\u001f"]', "$", '["\\u20AC\\u2028/\\u001F"]'],
    ['{"a":0.12345678901234567890,"b":1e400}', "$", '{"a":0.12345678901234567890,"b":null}'],
  ])("of %s at %s", (body, path, expected) => {
    expect(render(`$input.json('${path}')`, { body })).toBe(expected);
  });
});

const ESCAPED = `${"x".repeat(9_000_000)}${'\n"'.repeat(225_000)}`;

test.each([
  ["a string in an object", JSON.stringify({ a: ESCAPED })],
  ["one string", JSON.stringify(ESCAPED)],
  ["one string of escapes", JSON.stringify("\n".repeat(4_950_000))],
  ["a list of numbers", `[${"1,".repeat(tries(999_999))}1]`],
  ["a list of strings", `[${'"a",'.repeat(tries(499_999))}"a"]`],
  ["lists within lists", `[${`${"[".repeat(399)}${"]".repeat(399)},`.repeat(tries(1_000))}0]`],
])("megabytes go through $input.json and $input.path: %s", (_what, body) => {
  // toBe would take minutes to tell a difference.
  expect(render("$input.json('$')", { body }) === body).toBe(true);
  expect(render("$input.path('$').size()$input.path('$').length()", { body })).toMatch(/^\d*$/);
});

test("a payload that is nested too deep for JSON's reader is its text", () => {
  const body = `${"[".repeat(4_950_000)}${"]".repeat(4_950_000)}`;
  expect(render("$input.json('$')", { body }) === `"${body}"`).toBe(true);
});

describe("$input.params", () => {
  const given = {
    path: { id: "p" },
    querystring: { id: "q", page: "2" },
    header: { id: "h", page: "h", "X-GitHub-Event": "push" },
  };

  test.each([
    ["$input.params('id')", "p"],
    ["$input.params('page')", "2"],
    ["$input.params('X-GitHub-Event')", "push"],
    ["$input.params('x-github-event')", "push"],
    ["$input.params('none')", ""],
    ["$input.params('constructor')", ""],
    ["$input.params().path.id", "p"],
    ["$input.params().querystring.get('id')", "q"],
    ["$input.params().header.get('X-GitHub-Event')", "push"],
    ["$input.params().keySet()", "[path, querystring, header]"],
    ["$input.params().get('querystring')", "{id=q, page=2}"],
    ["#foreach($k in $input.params().header.keySet())$k,#end", "id,page,X-GitHub-Event,"],
  ])("%s", (template, expected) => {
    expect(render(template, given)).toBe(expected);
  });

  test("templates change a copy", () => {
    const header = { a: "1" };
    expect(render("$input.params().header.put('a', '2')$input.params('a')", { header })).toBe("11");
    expect(header).toEqual({ a: "1" });
  });
});
