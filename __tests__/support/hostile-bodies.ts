import fc from "fast-check";
import { HOSTILE_TEXTS } from "./hostile-texts";

/** Text of any UTF-16 units, halves of pairs included, in the bytes that a careless encoder makes of it. */
const brokenText = fc
  .array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { minLength: 1, maxLength: 5 })
  .map((units) => Buffer.concat(units.map(threeBytes)));

function threeBytes(unit: number): Buffer {
  return Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]);
}

const controls = fc.string({
  unit: fc.constantFrom(
    "\u0000",
    "\u0007",
    "\b",
    "\t",
    "\n",
    "\r",
    "\u001f",
    "\u007f",
    "\u0085",
    "\ufffe",
    "\uffff",
    "a",
  ),
});

const SIGNS = [
  ...Array.from("&=+%#$'\"\\/{}[]()!.,:;<>?@*~^|`- \n\r\t01aé€👍"),
  "%41",
  "${",
  "#if",
  "#end",
  "$input",
  "\u2028",
  "\ufeff",
];

const signs = fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 60 });

/** JSON with spaces, escapes and numbers as people write them, and not as a serializer would. */
const handWrittenJson = fc
  .tuple(
    fc.json({ stringUnit: "binary" }),
    fc.constantFrom("", " ", "\n\t", "\r\n"),
    fc.constantFrom("1.0", "1e400", "-0", "9007199254740993", '"\\ud83d"', '"\\/"'),
  )
  .map(([json, space, value]) => `${space}{"a":${space}${value},"a":${json}${space}}${space}`);

const form = fc
  .array(fc.tuple(fc.string(), fc.string({ unit: "grapheme" })), { maxLength: 8 })
  .map((pairs) =>
    new URLSearchParams(pairs.map(([name, value]) => [name, value] satisfies [string, string])).toString(),
  );

const xml = fc
  .tuple(signs, fc.string({ unit: "grapheme" }))
  .map(([attribute, text]) => `<?xml version="1.0"?>\n<a b="${attribute}"><![CDATA[${text}]]>&amp;&#13;</a>`);

const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  signs,
  controls,
  fc.array(fc.constantFrom(...HOSTILE_TEXTS), { minLength: 1, maxLength: 4 }).map((all) => all.join("")),
  handWrittenJson,
  form,
  xml,
);

/** Any body, as bytes: text of all kinds, broken text, and bytes that are no text. */
export const anyBody: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 12, arbitrary: texts.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: brokenText },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 64 }) },
);

/** Any text of whole characters. */
export const anyHostileText: fc.Arbitrary<string> = texts;

/** Takes SQS such a text? */
export function isAllowed(text: string): boolean {
  return !/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(text);
}
