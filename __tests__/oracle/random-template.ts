import fc from "fast-check";

/** What every template starts with: a value of each kind. */
const PREAMBLE = [
  "#set($s = 'a-B c')",
  "#set($e = '')",
  "#set($i = 7)",
  "#set($n = -3)",
  "#set($d = 2.5)",
  "#set($b = true)",
  "#set($f = false)",
  "#set($l = ['x', 2, 'y', 2])",
  "#set($m = {'k': 'v', 'n': {'a': [1, 2]}, 'z': 3})",
].join("");

const VARIABLES = ["s", "e", "i", "n", "d", "b", "f", "l", "m", "u"] as const;

const METHODS = {
  s: [
    "length()",
    "isEmpty()",
    "trim()",
    "toUpperCase()",
    "hashCode()",
    "toString()",
    "substring(1)",
    "substring(1, 3)",
    "indexOf('B')",
    "lastIndexOf('c', 3)",
    "charAt(0)",
    "concat('d')",
    "concat(1)",
    "replace('a', 'b')",
    "contains('B')",
    "replaceAll('[a-c]', '<$0>')",
    "replaceFirst('\\W', '_')",
    "matches('.*c')",
    "split('[ -]').size()",
    "startsWith('a')",
    "endsWith(7)",
    "equals('a-B c')",
    "equalsIgnoreCase('A-b C')",
    "compareTo('b')",
    "format('%s|%d', 'x', 3)",
    "valueOf(3)",
    "valueOf(2.5)",
    "join('-', ['p', 'q'])",
    "repeat(2)",
    "strip()",
    "isBlank()",
    "charAt(99)",
    "codePointAt(0)",
  ],
  i: [
    "toString()",
    "intValue()",
    "doubleValue()",
    "hashCode()",
    "equals(7)",
    "compareTo(8)",
    "parseInt('12')",
    "valueOf('9')",
    "toHexString(255)",
    "max(1, 2)",
    "min(3, $i)",
    "sum(1, 2)",
    "toBinaryString(5)",
    "parseInt('x')",
    "signum(-4)",
    "bitCount(7)",
  ],
  d: [
    "toString()",
    "intValue()",
    "compareTo(2.5)",
    "isNaN()",
    "parseDouble('1.5')",
    "valueOf('3')",
    "max(1.0, 2.5)",
    "equals(2.5)",
  ],
  b: [
    "toString()",
    "booleanValue()",
    "parseBoolean('TRUE')",
    "equals(true)",
    "compareTo(false)",
    "logicalAnd(true, false)",
    "hashCode()",
  ],
  l: [
    "size()",
    "isEmpty()",
    "get(0)",
    "get(9)",
    "get('0')",
    "add('z')",
    "add(0, 'z')",
    "remove(1)",
    "remove('x')",
    "contains(2)",
    "indexOf(2)",
    "lastIndexOf(2)",
    "subList(1, 3)",
    "set(0, 'w')",
    "addAll(['p'])",
    "containsAll([2])",
    "toArray().size()",
    "removeAll([2])",
    "retainAll([2])",
    "equals(['x', 2, 'y', 2])",
    "hashCode()",
    "iterator().next()",
    "clear()",
    "toString()",
  ],
  m: [
    "size()",
    "isEmpty()",
    "get('k')",
    "get('none')",
    "put('k', 1)",
    "put('new', 2)",
    "remove('k')",
    "containsKey('k')",
    "containsValue('v')",
    "keySet()",
    "values()",
    "entrySet()",
    "entrySet().iterator().next().key",
    "getOrDefault('q', 1)",
    "putIfAbsent('k', 2)",
    "replace('k', 'w')",
    "keySet().contains('k')",
    "values().size()",
    "putAll({'p': 1})",
    "toString()",
    "hashCode()",
  ],
} as const;

const of = (...values: readonly string[]) => fc.constantFrom(...values);

const call = fc
  .constantFrom(...(Object.keys(METHODS) as (keyof typeof METHODS)[]))
  .chain((name) => fc.constantFrom<string>(...METHODS[name]).map((method) => `$${name}.${method}`));

const property = of(
  "$m.k",
  "$m.n.a",
  "$m['k']",
  "$m.n.a[0]",
  "$m.n.a[-1]",
  "$l[0]",
  "$l[-1]",
  "$l[1]",
  "$l[9]",
  "$s.class.name",
  "$s.bytes.size()",
  "$m.none",
  "$u.a.b",
  "$l.empty",
  "$s.empty",
  "$m.empty",
  "$m.entrySet().class.simpleName",
  "${m.k}",
  "$!m.k",
  "$!{m.n}",
  "$d.naN",
);

const variable = fc
  .constantFrom(...VARIABLES)
  .chain((name) => of(`$${name}`, `$!${name}`, `\${${name}}`, `$!{${name}}`));
const reference = fc.oneof(variable, call, property);

const literal = of(
  "1",
  "0",
  "-2",
  "2.0",
  ".5",
  "1.5e3",
  "'t'",
  '"q $s"',
  '"$i#if($b)!#end"',
  "true",
  "false",
  "[1..3]",
  "[3..$i]",
  "[]",
  "{}",
  '"a""b"',
  "'a''b'",
);

const value = fc.oneof({ weight: 3, arbitrary: reference }, { weight: 3, arbitrary: literal });

const operator = of(
  "+",
  "-",
  "*",
  "/",
  "%",
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "&&",
  "||",
  "eq",
  "ne",
  "lt",
  "and",
  "or",
);

const number = of("1", "0", "-2", "2.0", ".5", "$i", "$n", "$d", "${i}", "$l[1]", "$m.z", "$s.length()");

const expression = fc.oneof(
  value,
  fc.tuple(value, operator, value).map(([left, sign, right]) => `${left} ${sign} ${right}`),
  fc.tuple(number, operator, number, operator, number).map((parts) => parts.join(" ")),
  value.map((operand) => `!${operand}`),
  fc.tuple(value, operator, value).map((parts) => `(${parts.join(" ")})`),
);

/** Pieces that make sense only together, and mostly stand where they make none. */
const debris = of(
  "$",
  "$!",
  "${",
  "$!{",
  "}",
  "{",
  "[",
  "]",
  "(",
  ")",
  ".",
  ",",
  "..",
  ":",
  "#",
  "##",
  "#*",
  "*#",
  "#[[",
  "]]#",
  "\\",
  "\\\\",
  '"',
  "'",
  "#if",
  "#if(",
  "#else",
  "#elseif(",
  "#end",
  "#{end}",
  "#{else}",
  "#set",
  "#set(",
  "#foreach",
  "#foreach(",
  "#stop",
  "#break",
  "#define(",
  "$s",
  "${s}",
  "$s.",
  "$s.length(",
  "$s[",
  "$l[0",
  "$l[x]",
  "$m.k",
  "in",
  "null",
  "true",
  "not",
  "and",
  "=",
  "==",
  "!",
  "-",
  "1",
  "-1",
  "1.",
  "x",
  "$true",
  "$s.true",
  "$_a",
  "$s-b",
  "$s._a",
  "@",
  "#@a",
  "#a",
  "#a(",
  "#{a}",
  "#5",
  "$5",
  "$.",
  "$[",
  "$s.x(y)",
  "$s.concat( )",
  "$s.a(b c)",
);

const space = of("", " ", "  ", "\n", "\t", " \n", "\r\n", "x", " y ");

const block = (body: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.tuple(expression, body, body).map(([condition, yes, no]) => `#if(${condition})${yes}#else${no}#end`),
    fc.tuple(value, body).map(([list, inner]) => `#foreach($x in ${list})${inner}$x$foreach.count#end`),
    fc.tuple(body, space).map(([inner, between]) => `#define($q)${inner}#end${between}$q`),
    fc
      .tuple(of("p", "s", "l[0]", "m.k", "m['j']", "u.a"), expression)
      .map(([name, right]) => `#set($${name} = ${right})$${name}`),
    body.map((inner) => `"${inner}"`).map((inner) => `#set($p = ${inner})$p`),
  );

const sane: fc.Arbitrary<string> = fc.letrec((tie) => ({
  body: fc
    .array(
      fc.oneof({ maxDepth: 3 }, space, reference, fc.oneof(block(tie("body") as fc.Arbitrary<string>))),
      { maxLength: 4 },
    )
    .map((parts) => parts.join("")),
})).body;

const broken = fc
  .array(fc.oneof(debris, space, reference), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(""));

/**
 * Templates that make sense and templates that do not. Left out is what API Gateway is recorded, or assumed, to do otherwise than
 * plain Velocity: calls of macros that were defined, `#parse`, `#include`, `#evaluate`, `#literal`, an escaped reference without
 * a value, lists out of JSON. Nor are there arrays' texts, which hold an address, or
 * calculations without a result that are added to text, for which Velocity prints a part of their source.
 */
export const randomTemplate = fc
  .oneof(
    sane,
    broken,
    fc.tuple(sane, broken).map((parts) => parts.join("")),
  )
  .map((text) => PREAMBLE + text);
