import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluate } from "../../../../../local/terraform/expression/evaluate";
import type { Scope } from "../../../../../local/terraform/expression/expression";
import {
  ExpressionError,
  UnknownValueError,
} from "../../../../../local/terraform/expression/expression-error";
import { APPLY_TIME_FUNCTIONS } from "../../../../../local/terraform/expression/functions/apply-time-functions";
import { functionTable } from "../../../../../local/terraform/expression/functions/function-table";
import { parseExpression } from "../../../../../local/terraform/expression/parse";

const table = functionTable(tmpdir());

function called(name: string, ...values: readonly unknown[]): unknown {
  const run = table.get(name);
  if (run === undefined) throw new Error(`no function ${name}`);
  return run(...values);
}

function valueOf(expression: string, functions = table): unknown {
  const scope: Scope = {
    functions,
    resolve() {
      throw new ExpressionError("there are no names");
    },
  };
  return evaluate(parseExpression(expression), scope);
}

it.each(APPLY_TIME_FUNCTIONS)("%s() is known only after an apply", (name) => {
  expect(() => called(name)).toThrow(UnknownValueError);
  expect(() => called(name)).toThrow(name);
});

it.each([
  ["nosuch()", "the function nosuch is not supported by the local gateway: Terraform 1.11 has none"],
  [
    "provider::acme::f(1)",
    "the function provider::acme::f is not supported by the local gateway: it is one of",
  ],
  ['base64gzip("a")', "only Go's own compressor"],
  ['rsadecrypt("a", "b")', "it needs a private key"],
  ['list("a")', "tolist([…]) is the same"],
  ['map("a", 1)', "tomap({…}) is the same"],
  ["issensitive(1)", "does not keep which values are sensitive"],
  ["upper()", "upper(): it takes 1 arguments, not 0"],
  ["join(1)", "join(): it takes at least 2 arguments, not 1"],
  ["upper(null)", "upper(): argument 1 is null"],
  ['parseint("99999999999999999999", 10)', "more digits than the local gateway keeps"],
])("%s is refused with a reason", (expression, message) => {
  expect(() => valueOf(expression)).toThrow(message);
});

/** Answers of the AWS provider 5.100.0. */
it.each<[name: string, values: readonly string[], answer: unknown]>([
  [
    "arn_parse",
    ["arn:aws:sqs:us-east-1:123456789012:q:x"],
    { partition: "aws", service: "sqs", region: "us-east-1", account_id: "123456789012", resource: "q:x" },
  ],
  ["arn_build", ["aws", "iam", "", "444455556666", "role/example"], "arn:aws:iam::444455556666:role/example"],
  ["trim_iam_role_path", ["arn:aws:iam::444455556666:role/a/b"], "arn:aws:iam::444455556666:role/b"],
  ["trim_iam_role_path", ["arn:aws:iam::444455556666:role/"], "arn:aws:iam::444455556666:role/"],
  ["arn_parse", ["arn:aws:s3"], undefined],
  ["arn_parse", ["nope:aws:s3:::b"], undefined],
  ["trim_iam_role_path", ["arn:aws:iam::444455556666:user/x/y"], undefined],
  ["trim_iam_role_path", ["arn:aws:iam:us-east-1:444455556666:role/a/b"], undefined],
])("provider::aws::%s%j answers as the provider does", (name, values, answer) => {
  const call = (): unknown => called(`provider::aws::${name}`, ...values);
  if (answer === undefined) expect(call).toThrow(ExpressionError);
  else expect(call()).toEqual(answer);
});

/** Answers of Terraform 1.11.4. */
it.each<[name: string, value: unknown, answer: unknown]>([
  [
    "encode_expr",
    { a: 1, b: ["x", true, null], "c d": 'q\n${a}%{b}"é😀\u0001\u00a0', l: [], m: [{ a: 1 }], n: {} },
    '{\n  a     = 1\n  b     = ["x", true, null]\n  "c d" = "q\\n$${a}%%{b}\\"é😀\\u0001\\u00a0"\n  l     = []\n  m = [{\n    a = 1\n  }]\n  n = {}\n}',
  ],
  [
    "encode_expr",
    { a: { bb: 1, c: { d: "x" } }, eee: 2, f: 3 },
    '{\n  a = {\n    bb = 1\n    c = {\n      d = "x"\n    }\n  }\n  eee = 2\n  f   = 3\n}',
  ],
  ["encode_expr", [{ a: 1 }, { bb: [{ c: 1 }] }], "[{\n  a = 1\n  }, {\n  bb = [{\n    c = 1\n  }]\n}]"],
  ["encode_expr", { "1a": 1, "a-b": 2, é: 3 }, '{\n  "1a" = 1\n  a-b  = 2\n  é    = 3\n}'],
  ["encode_expr", "a\tb\\\r", '"a\\tb\\\\\\r"'],
  ["encode_tfvars", {}, ""],
  [
    "encode_tfvars",
    { a: 1, bbb: ["x", true, null], cdd: { x: "q\n", y: {} } },
    'a   = 1\nbbb = ["x", true, null]\ncdd = {\n  x = "q\\n"\n  y = {}\n}\n',
  ],
  ["encode_tfvars", { "a b": 1 }, undefined],
  ["decode_tfvars", 'a = 1\nb = "x"\nc = {\n d = [1, 2]\n}\n', { a: 1, b: "x", c: { d: [1, 2] } }],
  ["decode_tfvars", "a = 1 + 1 # two\n", { a: 2 }],
  ["decode_tfvars", "", {}],
  ["decode_tfvars", 'a = upper("x")', undefined],
  ["decode_tfvars", "a = b", undefined],
  ["decode_tfvars", "a {\n}\n", undefined],
])("provider::terraform::%s(%j) answers as Terraform does", (name, value, answer) => {
  const call = (): unknown => called(`provider::terraform::${name}`, value);
  if (answer === undefined) expect(call).toThrow(ExpressionError);
  else expect(call()).toEqual(answer);
});

describe("files", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "readable-files-"));
    for (const name of ["root", "modules/m", "secret"]) {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, "a.txt"), name);
    }
    symlinkSync("../secret/a.txt", join(folder, "root/link.txt"));
    symlinkSync("../secret", join(folder, "root/link"));
    symlinkSync("a.txt", join(folder, "root/inner.txt"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function read(expression: string): unknown {
    const root = join(folder, "root");
    return valueOf(expression, functionTable(root, [root, join(folder, "modules/m")]));
  }

  it.each([
    ['file("a.txt")', "root"],
    ['file("inner.txt")', "root"],
    ['file("../modules/m/a.txt")', "modules/m"],
    ['fileexists("../modules/m/b.txt")', false],
    ['fileset("../modules/m", "*")', ["a.txt"]],
  ])("%s is read", (expression, expected) => {
    expect(read(expression)).toEqual(expected);
  });

  it.each([
    'file("../secret/a.txt")',
    'file("link.txt")',
    'file("link/a.txt")',
    'file("/etc/hostname")',
    'file("~/.profile")',
    'filemd5("../modules/a.txt")',
    'fileexists("../secret/a.txt")',
    'fileexists("link/a.txt")',
    'fileset("..", "**")',
    'fileset(".", "../secret/*")',
    'fileset("link", "*")',
    'templatefile("link.txt", {})',
  ])("%s is outside", (expression) => {
    expect(() => read(expression)).toThrow("is outside the stack's folder");
  });
});

/** None of them may hold the gateway up. */
it.each([
  "setproduct(range(1000), range(1000))",
  "setproduct([for _ in range(14) : range(2)]...)",
  'format("%.999999f", 0.1)',
  'format("%999999.9d", 1)',
  'indent(100000000, "a\\nb")',
  `yamldecode(${JSON.stringify(`a: &a [x,x,x,x,x,x,x,x,x]\n${billionLaughs()}`)})`,
  `fileset(".", "${"*a".repeat(50)}")`,
  `parseint("${"9".repeat(100_000)}", 10)`,
  `formatdate(${JSON.stringify("'".repeat(50_001))}, "2018-01-02T03:04:05Z")`,
  `csvdecode(${JSON.stringify(`a\n${'"x\n'.repeat(20_000)}`)})`,
])("hostile call %# ends soon", (expression) => {
  const started = Date.now();
  try {
    valueOf(expression);
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError);
  }
  expect(Date.now() - started).toBeLessThan(2000);
});

function billionLaughs(): string {
  return Array.from("bcdefghij", (name, index) => {
    const before = String.fromCharCode(name.charCodeAt(0) - 1);
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}] # ${index}`;
  }).join("\n");
}
