import { render } from "../../support/render";

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
  test.each(["$x", "$m", "$input", "$util", "$context", "$context.a", "$stageVariables", "$input.params()"])(
    "is no property of %s",
    (target) => {
      expect(render(`${DATA}[${target}.${name} $!{none}]`, { context: { a: {} } })).toBe("[ ]");
      expect(render(`${DATA}[${target}.${name}() $!{none}]`, { context: { a: {} } })).toBe("[ ]");
    },
  );
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
