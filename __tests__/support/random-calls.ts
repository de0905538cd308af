import fc from "fast-check";

const CHARACTERS = Array.from("abAB01 -_.,:/é😀ß\n\"'$%{}").concat("👨‍👩‍👧", "\r\n");
const text = fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 10 });
const TEXT = text.map(quoted);
const INTEGER = fc.integer({ min: -12, max: 12 }).map(String);
const NUMBER = fc.oneof(
  INTEGER,
  fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 8 })).map(decimal),
  fc.constantFrom("0", "1e6", "123456789", "1e-7", "1e21", "0.5", "2.5", "1e15", "999999.5"),
);
const VALUE = fc.oneof(TEXT, NUMBER, fc.constantFrom("true", "[1]", '{a = "b"}', "null"));

const VERB = fc
  .tuple(
    fc.subarray(["-", "+", "0", "#", " "]),
    fc.constantFrom("", "", "3", "12"),
    fc.constantFrom("", "", ".", ".0", ".1", ".3", ".15"),
    fc.constantFrom("", "", "", "[1]", "[2]", "[3]"),
    fc.constantFrom(...Array.from("vtbdoxXeEfgGsqz")),
  )
  .map((parts) => `%${parts.join("")}`);
const PATTERN = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: VERB }, { weight: 1, arbitrary: fc.constantFrom("x", "%%", "é|") }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((parts) => quoted(parts.join("")));

const TIME = fc
  .tuple(
    fc.date({
      min: new Date("0001-01-02T00:00:00Z"),
      max: new Date("9998-12-30T00:00:00Z"),
      noInvalidDate: true,
    }),
    fc.constantFrom("Z", "+00:00", "-00:00", "+05:30", "-11:45", "+24:00", ""),
    fc.constantFrom("", ".5", ".123456789", ".1234567899"),
  )
  .map(([date, zone, fraction]) => quoted(date.toISOString().replace(/\.\d+Z$/, fraction + zone)));
const DATE_FORMAT = fc
  .array(
    fc.constantFrom(
      ...["YY", "YYYY", "M", "MM", "MMM", "MMMM", "D", "DD", "EEE", "EEEE", "h", "hh", "H", "HH", "AA", "aa"],
      ...[
        "m",
        "mm",
        "s",
        "ss",
        "Z",
        "ZZZ",
        "ZZZZ",
        "ZZZZZ",
        "-",
        " ",
        ":",
        "'T'",
        "''",
        "'it''s'",
        "é",
        "Q",
        "'",
      ],
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => quoted(parts.join("")));
const DURATION = fc
  .array(
    fc.tuple(
      fc.constantFrom("0", "1", "90", "1.5", ".25", "1.", ""),
      fc.constantFrom("h", "m", "s", "ms", "us", "µs", "ns", "d", ""),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .chain((parts) => fc.constantFrom("", "-", "+").map((sign) => quoted(sign + parts.flat().join(""))));

const PREFIX = fc
  .oneof(
    fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 33 })),
    fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 129 })),
    fc.tuple(
      fc.constantFrom("10.0.0.0", "::", "0.0.0.0", "fd00::", "::ffff:1.2.3.4"),
      fc.integer({ min: 0, max: 64 }),
    ),
  )
  .map(([address, length]) => quoted(`${address}/${length}`));
const BITS = fc.integer({ min: -1, max: 34 }).map(String);
const MORE_BITS = fc.integer({ min: 0, max: 34 }).map(String);
/** Below 2^53; and not negative for a subnet, of which Terraform makes a network elsewhere. */
const COUNT = fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 5_000_000 })).map(String);

const GO_PATTERN = fc.constantFrom(
  ...[
    "a",
    "[a-c]+",
    "(a)(b)?",
    "(?P<x>[a-z])",
    "\\d*",
    "(?i)B",
    "^",
    "$",
    "",
    ".",
    "\\s",
    "(a|b)*",
    "[",
    "\\pL",
    "(?s).",
    "é",
  ],
);
const SEARCH = fc.oneof(
  TEXT,
  GO_PATTERN.map((pattern) => quoted(`/${pattern}/`)),
);
const REPLACEMENT = fc.oneof(TEXT, fc.constantFrom("<$0>", "$1", "$1x", "${1}x", "$$", "${x}").map(quoted));
const SIMPLE = fc.string({ unit: fc.constantFrom(...Array.from("abAB1é \n")), maxLength: 8 }).map(quoted);
const TEXTS = fc.array(fc.oneof(TEXT, INTEGER), { maxLength: 6 }).map((items) => `[${items.join(", ")}]`);

/** Numbers with more digits than doubles keep are known to differ. */
const JSON_VALUE = fc
  .jsonValue({ maxDepth: 3 })
  .filter((value) => !/\d{16}|\de[-+]/.test(JSON.stringify(value)));

/** Random calls whose answers are compared with Terraform's, by function. */
export const RANDOM_CALLS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  cidrhost: call("cidrhost", PREFIX, fc.oneof(COUNT, INTEGER)),
  cidrnetmask: call("cidrnetmask", PREFIX),
  cidrsubnet: call("cidrsubnet", PREFIX, MORE_BITS, COUNT),
  cidrsubnets: call("cidrsubnets", PREFIX, BITS, BITS, BITS),
  format: fc
    .tuple(PATTERN, fc.array(VALUE, { minLength: 1, maxLength: 3 }))
    .map(([pattern, values]) => `format(${[pattern, ...values].join(", ")})`)
    .map((expression) => expression.replaceAll("null", "tostring(null)")),
  formatdate: call("formatdate", DATE_FORMAT, TIME),
  range: fc
    .array(
      NUMBER.filter((number) => !number.includes("e") && Math.abs(Number(number)) < 1000 && isExact(number)),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map((numbers) => `range(${numbers.join(", ")})`),
  regex: call("regex", GO_PATTERN.map(quoted), SIMPLE),
  regexall: call("regexall", GO_PATTERN.map(quoted), SIMPLE),
  replace: call("replace", SIMPLE, SEARCH, REPLACEMENT),
  slice: call("slice", TEXTS, INTEGER, INTEGER),
  sort: call("sort", TEXTS),
  substr: call("substr", TEXT, INTEGER, INTEGER),
  timeadd: call("timeadd", TIME, DURATION),
  timecmp: call("timecmp", TIME, TIME),
  yamlencode: JSON_VALUE.map((value) => `yamlencode(jsondecode(${quoted(JSON.stringify(value))}))`),
  yamlencodeLines: fc
    .dictionary(text, fc.oneof(text, fc.array(text, { maxLength: 2 })), { maxKeys: 3 })
    .map((value) => `yamlencode(jsondecode(${quoted(JSON.stringify(value))}))`),
};

function call(name: string, ...kinds: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...kinds).map((values) => `${name}(${values.join(", ")})`);
}

/** A string of Terraform's language. */
function quoted(value: string): string {
  return JSON.stringify(value)
    .replaceAll(/\\[bf]/g, (escape) => (escape === "\\b" ? "\\u0008" : "\\u000c"))
    .replaceAll(/[$%](?=\{)/g, "$&$&");
}

function decimal([digits, places]: readonly [number, number]): string {
  return (digits / 10 ** places).toFixed(places);
}

/** Exact in binary: sums of others differ from Terraform's in the last digits. */
function isExact(number: string): boolean {
  return Number.isInteger(Number(number) * 4);
}
