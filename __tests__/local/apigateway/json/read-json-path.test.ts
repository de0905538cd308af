import { MappingTemplateError } from "../../../../aws/velocity/mapping-template-error";
import { jsonText } from "../../../../local/velocity/value-text";
import { readJsonPath } from "../../../../local/apigateway/json/read-json-path";
import { payloadValue } from "../../../../local/apigateway/json/parse-json";

const DOCUMENT = JSON.stringify({
  s: "abc",
  n: 2,
  d: 2.5,
  t: true,
  z: null,
  e: [],
  m: { a: 1, b: { a: 2 } },
  l: ["x", "y", "z"],
  nums: [3, 1, -2, 4.5],
  lo: [
    { id: 1, name: "one", tags: ["p", "q"] },
    { id: 2, name: "two", tags: [] },
    { id: "2", name: null, a: { b: 3 } },
    { "x y": 9 },
  ],
  ll: [[1, 2], [3, [4, 5]], []],
  odd: { "a.b": 4, "it's": 5, 'q"': 6, "a]": 7 },
});

function read(path: string, body = DOCUMENT): string | undefined {
  const found = readJsonPath(path, payloadValue(body));
  return found === undefined ? undefined : jsonText(found);
}

/** What JsonPath 2.10.0 with json-smart 2.6.0 finds, on Java 17. */
test.each([
  ["s", String.raw`"abc"`],
  ["m.b.a", "2"],
  [String.raw`$.m['b']["a"]`, "2"],
  ["$.z", "null"],
  ["$.l[0]", String.raw`"x"`],
  ["$.l[-1]", String.raw`"z"`],
  ["$.l[0,2]", String.raw`["x","z"]`],
  ["$.l[0,5]", String.raw`["x"]`],
  ["$.l[-1,0]", String.raw`["z","x"]`],
  ["$.l[5,6]", "[]"],
  ["$.l[1:]", String.raw`["y","z"]`],
  ["$.l[:2]", String.raw`["x","y"]`],
  ["$.l[:-1]", String.raw`["x","y"]`],
  ["$.l[-2:]", String.raw`["y","z"]`],
  ["$.l[0:2]", String.raw`["x","y"]`],
  ["$.l[-2:1]", String.raw`["y","z","x"]`],
  ["$.l[2:1]", "[]"],
  ["$.l[0:3:2]", String.raw`["x","y","z"]`],
  ["$.e[*].id", "[]"],
  ["$.m[*]", String.raw`[1,{"a":2}]`],
  ["$.m.*", String.raw`[1,{"a":2}]`],
  ["$.s.*", "[]"],
  ["$.l[*].x", "[]"],
  ["$.lo[*].name", String.raw`["one","two",null]`],
  ["$.lo[*].nope", "[]"],
  ["$.lo[*].a.b", "[3]"],
  ["$.ll[*][-1]", "[2,[4,5]]"],
  ["$.ll[*][0]", "[1,3]"],
  ["$.ll[*][*]", "[1,2,3,[4,5]]"],
  ["$['s','n']", String.raw`{"s":"abc","n":2}`],
  ["$['s','nope']", String.raw`{"s":"abc"}`],
  ["$['nope','none']", "{}"],
  [
    "$.lo[*]['id','name']",
    String.raw`[{"id":1,"name":"one"},{"id":2,"name":"two"},{"id":"2","name":null},{}]`,
  ],
  ["$['m','odd'].a", "[1]"],
  ["$['m','nope']['a']", "[1]"],
  ["$..a", String.raw`[1,2,{"b":3}]`],
  ["$..nope", "[]"],
  ["$..a.b", "[3]"],
  ["$..['id','name']", String.raw`[{"id":1,"name":"one"},{"id":2,"name":"two"},{"id":"2","name":null}]`],
  ["$..[0]", String.raw`["x",3,{"id":1,"name":"one","tags":["p","q"]},"p",[1,2],1,3,4]`],
  ["$..[-1]", String.raw`["z",4.5,{"x y":9},"q",[],2,[4,5],5]`],
  ["$..[0].id", "[1]"],
  ["$..[1].id", "[2]"],
  ["$..[*].id", "[]"],
  ["$.odd['a.b']", "4"],
  [String.raw`$.odd['it\'s']`, "5"],
  [String.raw`$.odd["it's"]`, "5"],
  [String.raw`$.odd['q"']`, "6"],
  ["$.odd['a]']", "7"],
  ["$.lo[?(@.id==2)]", String.raw`[{"id":2,"name":"two","tags":[]},{"id":"2","name":null,"a":{"b":3}}]`],
  ["$.lo[?(@.id=='2')]", String.raw`[{"id":2,"name":"two","tags":[]},{"id":"2","name":null,"a":{"b":3}}]`],
  ["$.lo[?(@.id===2)]", String.raw`[{"id":2,"name":"two","tags":[]}]`],
  ["$.lo[?(@.id!=2)].name", String.raw`["one"]`],
  ["$.lo[?(@.id<2)].id", "[1]"],
  ["$.lo[?(@.id>=1)].id", "[1,2]"],
  ["$.nums[?(@>2)]", "[3,4.5]"],
  ["$.nums[?(@<=1.0)]", "[1,-2]"],
  ["$.l[?(@>'x')]", String.raw`["y","z"]`],
  ["$.lo[?(@.name)].id", String.raw`[1,2,"2"]`],
  ["$.lo[?(!@.name)]", String.raw`[{"x y":9}]`],
  ["$.lo[?(@.a.b)].id", String.raw`["2"]`],
  ["$.lo[?(@['x_y'])]", "[]"],
  ["$.m[?(@.a==1)]", String.raw`[{"a":1,"b":{"a":2}}]`],
  ["$.m.b[?(@.a==1)]", "[]"],
  ["$..[?(@.a)]", String.raw`[{"a":1,"b":{"a":2}},{"a":2},{"id":"2","name":null,"a":{"b":3}}]`],
  ["$..[?(@.b)].a", "[1]"],
  ["$.lo[?(@.tags[0]=='p')].id", "[1]"],
  ["$.lo[?(@.id==$.n)].id", String.raw`[2,"2"]`],
  ["$.lo[?(@.tags.length()==2)].id", "[1]"],
  ["$.lo[?($.n==2)].id", String.raw`[1,2,"2"]`],
  ["$.lo[?(@.name=~/t.*/)].id", "[2]"],
  ["$.lo[?(@.name=~/T.*/i)].id", "[2]"],
  ["$.lo[?(@.name=~/w/)].id", "[]"],
  ["$.lo[?(/o.e/=~@.name)].id", "[1]"],
  ["$.lo[?(@.tags=~/p/)].id", "[1]"],
  ["$.l[?(@.length-1)]", "[]"],
  ["$.lo[?(@.id)][0]", "[]"],
  ["$.l[?('x'==@)]", String.raw`["x"]`],
  ["$.l[?(@=={})]", "[]"],
  ["$.lo[?(@.name==null)]", String.raw`[{"id":"2","name":null,"a":{"b":3}}]`],
  ["$.lo[?(@.nope==null)]", "[]"],
  ["$.lo[?(@.tags==['p','q'])].id", "[1]"],
  [String.raw`$.lo[?(@.a=={"b":3})].id`, String.raw`["2"]`],
  ["$.lo[?((@.id==1||@.id==2)&&@.name!='two')].name", String.raw`["one",null]`],
  ["$.lo[?(!(@.id==1))].id", String.raw`[2,"2"]`],
  ["$.l.length()", "3"],
  ["$.m.length()", "2"],
  ["$.s.length()", "null"],
  ["$.l.size()", "3"],
  ["$.nums.min()", "-2.0"],
  ["$.nums.max()", "4.5"],
  ["$.nums.avg()", "1.625"],
  ["$.nums.sum()", "6.5"],
  ["$.nums.stddev()", "2.433490291741473"],
  ["$.l.concat()", String.raw`"xyz"`],
  [String.raw`$.l.append("w")`, String.raw`["x","y","z","w"]`],
  [String.raw`$.l.append(1,{"a":2})`, String.raw`["x","y","z",1,{"a":2}]`],
  ["$.s.append(1)", String.raw`"abc"`],
  ["$.m.keys()", String.raw`["a","b"]`],
  ["$.l.keys()", "null"],
  ["$.l.first()", String.raw`"x"`],
  ["$.l.last()", String.raw`"z"`],
  ["$.l.index(1)", String.raw`"y"`],
  ["$.l.index(-1)", String.raw`"z"`],
  ["$.nums.sum(10)", "16.5"],
  ["$.sum($.nums,$.n)", "8.5"],
  [String.raw`$.concat($.s,"-",$.n)`, String.raw`"abc-2"`],
  ["$..id.sum()", "3.0"],
  ["$..tags.length()", "2"],
  ["$.length($.l)", "12"],
  ["$.m[", String.raw`{"a":1,"b":{"a":2}}`],
  ["$.m['a']x", "1"],
  [".s", String.raw`["abc"]`],
  ["$.s ", String.raw`"abc"`],
  ["$[ 's' ]", String.raw`"abc"`],
  ["$.l[ 0 , 2 ]", String.raw`["x","z"]`],
  ["$.l[ * ]", String.raw`["x","y","z"]`],
  ["$.lo[ ?( @.id == 1 ) ].name", String.raw`["one"]`],
  ["$.lo[?(@['x y'] == 9)]", String.raw`[{"x y":9}]`],
  ["$.lo[?(@.id in [1, '2'])].name", String.raw`["one","two",null]`],
  ["$.lo[?(@.id nin [1, 2])]", String.raw`[{"x y":9}]`],
  ["$.lo[?(@.id IN $.nums)].id", "[1]"],
  ["$.lo[?('p' in @.tags)].id", "[1]"],
  ["$.lo[?(@.tags contains 'p')].id", "[1]"],
  ["$.lo[?(@.name contains 'w')].id", "[2]"],
  ["$.lo[?(@.tags subsetof ['p','q','r'])].id", "[1,2]"],
  ["$.lo[?(@.tags anyof ['q'])].id", "[1]"],
  ["$.lo[?(@.tags noneof ['q'])].id", "[2]"],
  ["$.lo[?(@.tags size 2)].id", "[1]"],
  ["$.lo[?(@.name size 3)].id", "[1,2]"],
  ["$.lo[?(@.tags empty true)].id", "[2]"],
  ["$.lo[?(@.tags empty false)].id", "[1]"],
  ["$.lo[?(@.tags all ['p'])].id", "[]"],
  ["$.lo[?(@.id type 'number')]", "[]"],
  ["$.lo[?(@.id == 1 && @.name == 'one')].name", String.raw`["one"]`],
  [String.raw`$.lo[?(@.name == "two")].id`, "[2]"],
  [String.raw`$.lo[?(@.name == 't\u0077o')].id`, "[2]"],
  ["$.m[?(@ == true)]", "[]"],
])("%s finds %s", (path, expected) => {
  expect(read(path)).toBe(expected);
});

/** Where it throws PathNotFoundException. */
test.each([
  "[0]",
  "$.m.nope",
  "$.s.a",
  "$.s[0]",
  "$.z.a",
  "$.l[3]",
  "$.l[-4]",
  "$.s[0:1]",
  "$.nope[0:1]",
  "$.nope[*]",
  "$.nope[*].id",
  "$.nope..id",
  "$.s['a','b']",
  "$.nope.length()",
  "$.ll[2].first()",
  "$.lo.first().id",
  "$['']",
  "$.m['a']xy",
])("%s finds nothing", (path) => {
  expect(read(path)).toBeUndefined();
});

/** Where it throws another exception. */
test.each([
  "..id",
  "$.m[b]",
  "$.s[?(@.a)]",
  "$.l[(@.length-1)]",
  "$.lo[?]",
  "$.lo[?(@.id]",
  "$.lo[?()]",
  "$.l[?('x')]",
  "$.e.sum()",
  "$.l.sum()",
  "$.e.last()",
  "$.e.first()",
  "$.l.index(9)",
  "$.l.index(-9)",
  "$.l.nofn()",
  "$.",
  "$..",
  "$[",
  "$]",
  "$x",
  "$['a",
  "$[]",
  "$['a',]",
  "$['a'b]",
  "$[a]",
  "$[1:x]",
  "$[:]",
  "$[-]",
  "$[1.5]",
  "$[99999999999]",
  "$...s",
  "$.l.append(",
  "$.l[*",
  "",
  " $.s",
  "$. s",
  "$.m. a",
  "$ ['s']",
  "$.lo[?(@ empty true)]",
  "$.lo[?(@.id unknown 1)]",
  "$.lo[?(@.id == )]",
  "$.lo[?(@.id == 1 @.id)]",
  "$.ll[?(@ contains 1)]",
  "$.ll[?(@ contains 3)]",
  "$.lo[?(@.name =~ /[/)]",
])("%j is refused", (path) => {
  expect(() => read(path)).toThrow(MappingTemplateError);
});

test("what is wrong names the path", () => {
  expect(() => read("$.m[b]")).toThrow(/^JSONPath \$\.m\[b\]: .*character 4/);
});

test.each([
  ["text", "$", '"text"'],
  ["text", "$..a", "[]"],
  ["text", "$.*", "[]"],
  ["text", "$.a", undefined],
  ["text", "$[0:1]", undefined],
  ["null", "$", "null"],
  ["null", "$.a", undefined],
  ['[[{"a":1}],2]', "$..*", '[[{"a":1}],2,{"a":1},1]'],
  ['[[{"a":1}],2]', "[0][0].a", "1"],
  ['{"a":12345678901234567890,"b":1.10}', "$['b','a']", '{"b":1.1,"a":12345678901234567890}'],
  ['[1,1.0,"1","1.0",1.00000000000000000001]', "$[?(@ == 1)]", '[1,1.0,"1"]'],
  ['["$.a","a"]', "$[?(@ in ['$.a','a'])]", '["a"]'],
  [
    '{"__proto__":1,"constructor":2}',
    "$['__proto__','constructor','toString']",
    '{"__proto__":1,"constructor":2}',
  ],
])("in %s, %s finds %s", (body, path, expected) => {
  expect(read(path, body)).toBe(expected);
});

test("it finds the document's own values", () => {
  const document = payloadValue('{"a":[{"b":{}}]}') as Map<string, { items: Map<string, unknown>[] }>;
  expect(readJsonPath("$.a[*].b", document)).toMatchObject({ items: [{}] });
  const [found] = (readJsonPath("$..b", document) as { items: unknown[] }).items;
  expect(found).toBe(document.get("a")?.items[0]?.get("b"));
});

test("append leaves the document as it is", () => {
  const document = payloadValue("[1]");
  expect(jsonText(readJsonPath("$.append(2)", document))).toBe("[1,2]");
  expect(jsonText(document)).toBe("[1]");
});

describe("takes its time by the payload's length", () => {
  const items = Array.from({ length: 15_000 }, (_, id) => ({ id, name: `n${id}`, more: { x: { y: id } } }));
  const large = payloadValue(JSON.stringify(items));

  test.each(["$..y", "$..*", "$..[?(@.id == 7 || @.name =~ /n1.*/)]", "$[*].more.x.y", "$[?(@.id > 7)].id"])(
    "%s",
    (path) => {
      const start = performance.now();
      expect(readJsonPath(path, large)).toBeDefined();
      expect(performance.now() - start).toBeLessThan(3_000);
    },
  );

  const deep = payloadValue(`${'{"a":'.repeat(399)}1${"}".repeat(399)}`);

  test.each([
    ["$..a..a..a..a..a..a..a", deep, "steps"],
    ["$[?(@.id in $..id)]", large, "steps"],
    ["$[?($..id anyof $..name)]", large, "steps"],
  ])("and is bounded: %s", (path, document, reason) => {
    expect(() => readJsonPath(path, document)).toThrow(new RegExp(reason));
  });

  test("and refuses a path that is too long", () => {
    expect(() => readJsonPath("a".repeat(4001), deep)).toThrow("longer than");
  });

  test.each(
    [
      `$${".a".repeat(1900)}`,
      `$${"[0]".repeat(1300)}`,
      `$[?${"(".repeat(1900)}@.a${")".repeat(1900)}]`,
      `$[?(${"!(".repeat(1200)}@.a${")".repeat(1201)}]`,
      `$${"[?(@".repeat(600)}${")]".repeat(600)}`,
      `$${".sum($".repeat(500)}${")".repeat(500)}`,
      `$['${"\\".repeat(3900)}']`,
      `$[0${" ".repeat(3900)}x`,
    ].map((path) => [path.slice(0, 20), path]),
  )("or of the path, %s…", (_start, path) => {
    const start = performance.now();
    try {
      readJsonPath(path, deep);
    } catch (error) {
      expect(error).toBeInstanceOf(MappingTemplateError);
    }
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
