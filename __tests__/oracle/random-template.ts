import fc from "fast-check";
import { DEBRIS, METHODS, PREAMBLE, PROPERTIES, VARIABLES } from "./template-pieces";

const of = (...values: readonly string[]) => fc.constantFrom(...values);

const call = fc
  .constantFrom(...(Object.keys(METHODS) as (keyof typeof METHODS)[]))
  .chain((name) => fc.constantFrom<string>(...METHODS[name]).map((method) => `$${name}.${method}`));

const property = of(...PROPERTIES);
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

const debris = of(...DEBRIS);
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
