import fc from "fast-check";

/** Files that the generated expressions read, by name. */
export const EXPRESSION_FILES: Readonly<Record<string, string>> = {
  "plain.txt": "one\ntwo é\n",
  "empty.txt": "",
  "greeting.tftpl": 'Hello ${name}, ${upper("you")} have ${n + 1}!',
};

/** What texts are made of: what JSON, HTML, URLs and patterns treat on its own, and letters beyond ASCII. */
const CHARACTERS = [
  ...Array.from("abAB01 -_.,:/+*&<>\"'\\\n\r\t$%{}()éßñЖ中😀\u2028"),
  ...["👨‍👩‍👧", "ﬀ", "${", "%{", "\r\n"],
];

const TEXT = fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 8 }).map(quoted);
const WORD = fc.constantFrom("a", "b", "B", "é", "10", "9", "").map(quoted);
/** Exact in binary, and so are their sums and products. */
const NUMBER = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.constantFrom("0.5", "1.25", "-3.75", "0.125", "1e3", "1000000", "4294967296"),
);
const OTHER_NUMBER = fc.constantFrom("0.1", "123456.789", "1e-9", "1e21", "-12345678901234567890");
const BOOL = fc.constantFrom("true", "false");
const NULL = fc.constant("null");
const PRIMITIVE = fc.oneof(TEXT, NUMBER, BOOL);
const NAME = fc.constantFrom("name", "a", "b", "n", "key-1", "Z");
const VALUE = fc.oneof(PRIMITIVE, listOf(PRIMITIVE), mapOf(PRIMITIVE));

/** What an expression without operators or calls may be, by what it stands for. */
const LITERALS = {
  any: fc.oneof(VALUE, NULL),
  base64: fc.constantFrom("", "YQ==", "w6k=", "eyJhIjoxfQ==", "a", "?").map(quoted),
  bool: BOOL,
  boolish: fc.oneof(BOOL, BOOL.map(quoted), WORD, NULL),
  bools: listOf(BOOL),
  few: fc.array(NUMBER, { maxLength: 2 }).map(bracketed),
  json: fc.jsonValue({ maxDepth: 2 }).map((value) => quoted(JSON.stringify(value))),
  key: NAME.map(quoted),
  lines: fc.tuple(fc.constantFrom("", "a"), fc.constantFrom("", "\n", "\r\n", "\n\n", "\r")).map(joinedLines),
  list: listOf(PRIMITIVE),
  map: mapOf(PRIMITIVE),
  nested: listOf(fc.oneof(PRIMITIVE, listOf(PRIMITIVE), listOf(listOf(NUMBER)))),
  number: NUMBER,
  numbers: listOf(NUMBER),
  numeric: fc.oneof(
    NUMBER,
    NUMBER.map(quoted),
    fc.constantFrom("0x1f", "1e3", "5.", ".5", "+5", " 5", "1_0", "ten", "Infinity").map(quoted),
    NULL,
  ),
  path: fc.constantFrom(...Object.keys(EXPRESSION_FILES), "missing.txt").map(quoted),
  pattern: fc
    .constantFrom(
      "%s",
      "%s-%s",
      "%v",
      "%d",
      "%5.2f",
      "%05d",
      "%-5s|",
      "%q",
      "%t",
      "%x",
      "%X",
      "100%%",
      "%+d",
      "%z",
    )
    .map(quoted),
  position: fc.integer({ min: 0, max: 4 }).map(String),
  primitive: fc.oneof(PRIMITIVE, PRIMITIVE, OTHER_NUMBER),
  regex: fc.constantFrom("[a-b]+", "(a)(b)?", "(?P<first>[a-z])", "\\d", "(?i)B", "^$", "[", ".").map(quoted),
  replacement: fc.oneof(WORD, fc.constantFrom("<$0>", "$1", "${x}", "$$").map(quoted)),
  search: fc.oneof(WORD, fc.constantFrom("/a+/", "/[aA](b?)/", "/", "//", "/(?P<x>b)/").map(quoted)),
  secret: TEXT.map((text) => `sensitive(${text})`),
  sized: fc.oneof(TEXT, listOf(PRIMITIVE), mapOf(PRIMITIVE)),
  template: fc.constantFrom("greeting.tftpl", "plain.txt", "empty.txt").map(quoted),
  text: fc.oneof(TEXT, WORD),
  textMap: mapOf(TEXT),
  texts: listOf(fc.oneof(WORD, TEXT)),
  value: VALUE,
} satisfies Readonly<Record<string, fc.Arbitrary<string>>>;

/** What an argument or a result stands for. */
type Kind = keyof typeof LITERALS;

/** Parameters and result of each function: `text...` is any number of texts, `number?` one or none. */
export const SIGNATURES: Readonly<Record<string, string>> = {
  abs: "number -> number",
  alltrue: "bools -> bool",
  anytrue: "bools -> bool",
  base64decode: "base64 -> text",
  base64encode: "text -> text",
  base64sha256: "text -> text",
  can: "any -> bool",
  ceil: "number -> number",
  chomp: "lines -> text",
  coalesce: "primitive primitive... -> primitive",
  coalescelist: "list list... -> list",
  compact: "list -> texts",
  concat: "list list... -> list",
  contains: "list any -> bool",
  distinct: "list -> list",
  element: "list number -> primitive",
  endswith: "text text -> bool",
  file: "path -> text",
  filebase64: "path -> text",
  flatten: "nested -> list",
  floor: "number -> number",
  format: "pattern value... -> text",
  index: "list primitive -> number",
  join: "text list texts... -> text",
  jsondecode: "json -> any",
  jsonencode: "any -> text",
  keys: "map -> texts",
  length: "sized -> number",
  lookup: "map key primitive? -> primitive",
  lower: "text -> text",
  max: "number number... -> number",
  md5: "text -> text",
  merge: "map map... -> map",
  min: "number number... -> number",
  nonsensitive: "secret -> text",
  one: "few -> any",
  range: "number number? number? -> numbers",
  regex: "regex text -> any",
  regexall: "regex text -> matches",
  replace: "text search replacement -> text",
  reverse: "list -> list",
  setintersection: "list list... -> list",
  setsubtract: "list list -> list",
  setunion: "list list... -> list",
  sha1: "text -> text",
  sha256: "text -> text",
  sha512: "text -> text",
  slice: "list position position -> list",
  sort: "list -> texts",
  split: "text text -> texts",
  startswith: "text text -> bool",
  strcontains: "text text -> bool",
  substr: "text number number -> text",
  templatefile: "template map -> text",
  title: "text -> text",
  tobool: "boolish -> bool",
  tolist: "list -> list",
  tomap: "map -> map",
  tonumber: "numeric -> number",
  toset: "list -> list",
  tostring: "primitive -> text",
  trim: "text text -> text",
  trimprefix: "text text -> text",
  trimspace: "text -> text",
  trimsuffix: "text text -> text",
  try: "any any... -> any",
  upper: "text -> text",
  urlencode: "text -> text",
  values: "map -> list",
  zipmap: "texts list -> map",
};

/** What else serves where a kind is asked for. */
const ALSO: Partial<Record<Kind, readonly Kind[]>> = {
  any: ["number", "text", "bool", "texts", "numbers", "list", "map"],
  list: ["texts", "numbers"],
  map: ["textMap"],
  nested: ["list"],
  primitive: ["number", "text", "bool"],
  sized: ["text", "texts", "map"],
};

/** Calls of one function; their arguments may be calls themselves, `depth` of them within each other. */
export function callsOf(name: string, depth: number): fc.Arbitrary<string> {
  const { parameters } = signatureOf(name);
  const given = parameters.map((parameter) => {
    const [kind = ""] = /^\w+/.exec(parameter) ?? [];
    const one = expressionOf(kind as Kind, depth);
    if (parameter.endsWith("...")) return fc.array(one, { maxLength: 2 });
    return parameter.endsWith("?") ? fc.array(one, { maxLength: 1 }) : one.map((text) => [text]);
  });
  return fc.tuple(...given).map((values) => `${name}(${values.flat().join(", ")})`);
}

/** Expressions of all shapes. */
export function anyExpression(depth: number): fc.Arbitrary<string> {
  return fc.oneof(...SHAPES.map((shape) => expressionOf(shape, depth)));
}

const SHAPES: readonly Kind[] = ["number", "text", "bool", "texts", "numbers", "list", "map", "any"];

const KNOWN = new Map<string, fc.Arbitrary<string>>();

function expressionOf(kind: Kind, depth: number): fc.Arbitrary<string> {
  const key = `${kind} ${depth}`;
  const before = KNOWN.get(key);
  if (before !== undefined) return before;
  const made = depth === 0 ? LITERALS[kind] : deeper(kind, depth - 1);
  KNOWN.set(key, made);
  return made;
}

function deeper(kind: Kind, depth: number): fc.Arbitrary<string> {
  const kinds = [kind, ...(ALSO[kind] ?? [])];
  const calls = Object.keys(SIGNATURES)
    .filter((name) => kinds.includes(signatureOf(name).result as Kind))
    .map((name) => callsOf(name, depth));
  const compound = kinds.flatMap((one) => compoundOf(one, depth));
  const called = calls.length === 0 ? [] : [{ weight: 6, arbitrary: fc.oneof(...calls) }];
  const composed = compound.length === 0 ? [] : [{ weight: 6, arbitrary: fc.oneof(...compound) }];
  const literal = { weight: 6, arbitrary: LITERALS[kind] };
  const wrong = { weight: 1, arbitrary: VALUE };
  return fc.oneof(literal, wrong, ...called, ...composed);
}

/** Operators, conditionals, templates, `for` expressions, parts and splats that give a kind. */
function compoundOf(kind: Kind, depth: number): fc.Arbitrary<string>[] {
  const of = (one: Kind): fc.Arbitrary<string> => expressionOf(one, depth);
  const operator = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
  switch (kind) {
    case "number":
      return [
        written`(${of("number")} ${operator("+", "-", "*", "%")} ${of("number")})`,
        written`(${of("number")} / ${operator("2", "-4", "0.5", "0")})`,
        written`-${of("number")}`,
        written`(${of("bool")} ? ${of("number")} : ${of("number")})`,
        written`${of("numbers")}[${of("position")}]`,
        written`{n = ${of("number")}, "b" : 1}${operator(".n", '["n"]', ".b", ".c")}`,
      ];
    case "bool":
      return [
        written`(${of("number")} ${operator("<", ">", "<=", ">=", "==", "!=")} ${of("number")})`,
        written`(${of("any")} ${operator("==", "!=")} ${of("any")})`,
        written`(${of("bool")} ${operator("&&", "||")} ${of("bool")})`,
        written`!${of("bool")}`,
      ];
    case "text":
      return [
        written`"a${"$"}{${of("primitive")}}é${"$"}{~ ${of("text")} ~} "`,
        written`"${"$"}{${of("number")}}"`,
        written`(${of("bool")} ? ${of("text")} : ${of("text")})`,
        written`${of("textMap")}${operator(".a", '["name"]', ".key-1")}`,
      ];
    case "texts":
      return [
        written`[for s in ${of("texts")} : upper(s) if s != ${of("text")}]`,
        written`[for i, v in ${of("list")} : "${"$"}{i}=${"$"}{v}"]`,
        written`[for k, v in ${of("map")} : k]`,
        written`[{n = ${of("text")}}, {n = ${of("text")}}]${operator("[*].n", ".*.n")}`,
      ];
    case "numbers":
      return [
        written`[for n in ${of("numbers")} : n ${operator("+", "-", "*")} ${of("number")}]`,
        written`[for s in ${of("texts")} : length(s)]`,
        written`${of("number")}[*]`,
      ];
    case "map":
      return [
        written`{for k, v in ${of("map")} : upper(k) => v if v != ${of("primitive")}}`,
        written`{for v in ${of("texts")} : v => length(v)...}`,
        written`{for i, v in ${of("list")} : i => v}`,
        written`{(${of("text")}) = ${of("any")}, b : ${of("any")}}`,
      ];
    case "list":
      return [
        written`concat([${of("list")}, ${of("texts")}]...)`,
        written`[${of("any")}, ${of("any")}]`,
        written`${of("any")}[*]`,
        written`[for x in [for y in ${of("list")} : [y, ${of("any")}]] : x[0]]`,
      ];
    case "any":
      return [
        written`(${of("bool")} ? ${of("any")} : ${of("any")})`,
        written`${of("nested")}${operator("[0]", ".0", "[1]", '["1"]', "[*][0]", ".*.0")}`,
        written`${of("any")}${operator(".a", '["a"]', "[0]", "[*].a", ".length")}`,
      ];
    default:
      return [];
  }
}

/** A template whose holes are filled by other expressions. */
function written(
  texts: TemplateStringsArray,
  ...holes: readonly (string | fc.Arbitrary<string>)[]
): fc.Arbitrary<string> {
  const filled = holes.map((hole) => (typeof hole === "string" ? fc.constant(hole) : hole));
  return fc.tuple(...filled).map((values) => String.raw({ raw: texts }, ...values));
}

interface Signature {
  readonly parameters: readonly string[];
  readonly result: string;
}

function signatureOf(name: string): Signature {
  const [parameters = "", result = ""] = (SIGNATURES[name] ?? "").split(" -> ");
  return { parameters: parameters.split(" "), result };
}

/** A string of Terraform's language. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[$%](?=\{)/g, "$&$&");
}

function joinedLines([text, end]: readonly [string, string]): string {
  return quoted(text + end);
}

function bracketed(items: readonly string[]): string {
  return `[${items.join(", ")}]`;
}

function listOf(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(item, { maxLength: 4 }).map(bracketed);
}

function mapOf(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .uniqueArray(fc.tuple(NAME, value), { maxLength: 3, selector: ([name]) => name })
    .map((entries) => `{${entries.map(([name, one]) => `${name} = ${one}`).join(", ")}}`);
}
